/** Push: a pipeline applies what all tools of delivery share, step after step, with rights that it is lent for one run. */
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import type { Contribution } from '../contribution.ts';
import { commented, headline } from '../headline.ts';
import { hasGrafana } from '../metrics/data-source.ts';
import type { ModuleInput } from '../module.ts';
import { platformNamespace } from '../network/namespace.ts';
import { pickOf } from '../picks.ts';
import type { PipelineAccess } from '../pipeline-access.ts';
import { promotionByFolder } from '../promotion/folder-per-environment.ts';
import { script } from '../repository/common-files.ts';
import type { Delivery, Workplace } from './delivery.ts';
import { GRAFANA_PASSWORD } from './grafana-password.ts';
import { compareScript } from './push/compare-script.ts';
import { deliverScript } from './push/deliver-script.ts';
import { pushInstall } from './push/installs.ts';
import {
  ACCESS,
  COMPARE,
  COMPARE_WORKFLOW,
  DELIVER,
  DELIVER_WORKFLOW,
  DELIVERY_NAMESPACE,
  VALUES_PLACE,
} from './push/names.ts';
import { orderFiles } from './push/order.ts';
import { deliveryFailed, pushSteps } from './push/pages.ts';
import { rights, rightsFiles, subjectsNamed } from './push/rights.ts';
import { compareWorkflow, deliverWorkflow, type Part } from './push/workflows.ts';
import { THIS_REPOSITORY } from './this-repository.ts';
import { deliveredFiles, ownObjects } from './tree/delivered.ts';

const DECISION = 'gitops';
/** Why a pipeline would need a key of its own, and what is there instead. */
const NO_KEYS =
  'The API server of this cluster would have to fetch keys from whoever signs the tokens of pipelines, and nothing reaches the outside here; without that a pipeline would need a key of its own. Flux and Argo CD are generated.';
const ONE_ISSUER =
  'OpenShift takes tokens of its own OAuth server, or of one other issuer in its place, and people sign in by that: tokens of pipelines are believed by neither, and without that a pipeline would need a key of its own. Flux and Argo CD are generated.';

export const push: Delivery = {
  facts: {
    name: 'the pipeline',
    tools: ['yq', 'git'],
    node: 'pipeline(["pipeline"]) -->|applies to| cluster',
    state: 'kubectl -n delivery get configmaps -L commit',
    stop: 'gh workflow disable deliver.yaml && gh workflow disable compare.yaml',
    pauseApps: 'gh workflow disable deliver.yaml',
    resumeApps: 'gh workflow enable deliver.yaml && gh workflow run deliver.yaml',
    teamHas: ['its role and its binding in `delivery/access/apps.yaml`'],
    arrives: 'when the environment of the cluster lets it in, cluster after cluster',
    undone: 'until the next delivery; the comparison of every night says that it is there',
    reporter: null,
    token: null,
  },
  unfit: ({ foundation, stack }) =>
    foundation.pipelineAccess === undefined
      ? { notGenerated: pickOf(stack, 'distribution') === 'openshift' ? ONE_ISSUER : NO_KEYS }
      : null,
  contribution: input => ({
    namespaces: [platformNamespace(DELIVERY_NAMESPACE, DECISION)],
    runbooks: [deliveryFailed(input)],
    checks: checks(input),
  }),
  bootstrap: input => `echo "== Namespaces with their policies"
kustomize build "clusters/$cluster/namespaces" | kubectl apply --server-side --field-manager=delivery -f -
${hasGrafana(input) ? `\necho "== Secrets that lie in no file"\n${GRAFANA_PASSWORD}` : ''}
echo "== Everything, with the rights of whoever runs this; from here on the pipeline does it with its own"
scripts/deliver.sh "$cluster" all
kubectl -n delivery get configmaps -L commit
`,
  mentions: (input, gathered) => subjectsNamed(gathered, accessOf(input)),
  deliver: (input, workplace) => {
    const access = accessOf(input);
    const parts = partsOf(workplace);
    const own = ownObjects(input, workplace);
    return {
      files: mergeTrees(
        deliveredFiles(input, workplace, own, {
          install: installed => pushInstall(input, installed),
          configMaps: () => [],
          installs: 'apart',
          values: VALUES_PLACE,
          keep: { 'platform/removed-by': 'nobody' },
          more: rights(workplace, access, own).flatMap(({ objects }) => objects),
        }),
        orderFiles(input, workplace),
        rightsFiles(input, workplace, access, own),
        access.files,
        automation(input, access, parts),
      ),
      placeholders: [...THIS_REPOSITORY, ...access.placeholders],
      nextSteps: pushSteps(input, access, parts),
      runbooks: promotionByFolder(input, workplace, ({ id }, { name }) => ({
        folder: `clusters/${name}`,
        target: { ...VALUES_PLACE.target, name: id },
        path: '/spec/version',
      })),
    };
  },
};

function accessOf({ foundation: { pipelineAccess } }: ModuleInput): PipelineAccess {
  if (pipelineAccess === undefined) throw new Error('nothing gives the pipeline its way in');
  return pipelineAccess(DECISION);
}

/** Workloads come with rights of their own, where there are any. */
function partsOf({ apps }: Workplace): readonly Part[] {
  return apps.length === 0 ? ['platform'] : ['platform', 'apps'];
}

function automation(input: ModuleInput, access: PipelineAccess, parts: readonly Part[]): FileTree {
  const comment = commented(headline(input, DECISION));
  return new Map([
    [DELIVER, script(comment, deliverScript(input))],
    [COMPARE, script(comment, compareScript(input))],
    [DELIVER_WORKFLOW, deliverWorkflow(input, access, parts)],
    [COMPARE_WORKFLOW, compareWorkflow(input, access)],
  ]);
}

function checks({ clusters }: ModuleInput): Contribution['checks'] {
  return [
    {
      decision: DECISION,
      says: 'Every cluster has an order of delivery of its own.',
      command: `ls ${clusters.map(({ name }) => `clusters/${name}/steps.yaml`).join(' ')}`,
      path: `clusters/${clusters[0].name}/steps.yaml`,
    },
    {
      decision: DECISION,
      says: 'The pipeline holds no key: it proves who it is by a token of the run.',
      command: `grep -q '^      id-token: write$' ${DELIVER_WORKFLOW}`,
      path: DELIVER_WORKFLOW,
    },
    {
      decision: DECISION,
      says: 'What compares every night may change nothing.',
      command: `grep -q 'has(request.dryRun) && request.dryRun == true' ${ACCESS}/compare.yaml`,
      path: `${ACCESS}/compare.yaml`,
    },
    {
      decision: DECISION,
      says: 'The clusters hold what is in Git.',
      command: `${COMPARE} ${clusters[0].name}`,
      path: COMPARE,
    },
    {
      decision: 'topology',
      says: 'Every cluster has a folder, values and an overlay of its own.',
      command: `ls ${clusters.map(({ name }) => `clusters/${name}`).join(' ')}`,
      path: 'clusters',
    },
  ];
}
