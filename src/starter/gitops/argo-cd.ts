/** Argo CD: a root that applies one Application after the other, and waits for each wave. */
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import { writeYaml } from '../../files/yaml.ts';
import type { Cluster } from '../cluster-input.ts';
import { headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { promotionByFolder } from '../promotion/folder-per-environment.ts';
import { hasGates } from '../promotion/gate.ts';
import { argoAlerts, DELIVERY_FAILED } from './argo-cd/alerts.ts';
import { installApplication, rootApplication, stepApplication } from './argo-cd/applications.ts';
import { argoBootstrap } from './argo-cd/bootstrap.ts';
import { argoComponent } from './argo-cd/component.ts';
import { argoGround } from './argo-cd/ground.ts';
import { OPENING_ARGO_CD } from './argo-cd/interface-page.ts';
import { gitUrl, PROJECTS, READS_THIS, REVISION } from './argo-cd/names.ts';
import { projectFiles } from './argo-cd/projects.ts';
import type { Delivery, Workplace } from './delivery.ts';
import { READS_REPOSITORY } from './this-repository.ts';
import {
  deliveredFiles,
  type Form,
  hasInstalls,
  ownObjects,
  stepResources,
  valuesPatches,
} from './tree/delivered.ts';
import { kustomization } from './tree/kustomization.ts';
import { layerOf, steps } from './tree/steps.ts';
import { listedSteps, STEP_OF_TEAM, teamFolders, teamSteps } from './tree/teams.ts';

const APPLICATION = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application' } as const;

const pause = (application: string) =>
  `kubectl -n argocd patch application ${application} --type merge -p '{"spec":{"syncPolicy":{"automated":null}}}'`;

const pausedSteps = (listed: string | null) =>
  listed === null ? {} : { pauseApps: `for each in root ${listed}; do ${pause('"$each"')}; done` };

export const argoCd: Delivery = {
  facts: {
    name: 'Argo CD',
    tools: [],
    node: 'argo-cd',
    state: 'kubectl -n argocd get applications',
    stop: 'kubectl -n argocd delete application root --cascade=orphan && kubectl -n argocd scale statefulset argocd-application-controller --replicas=0',
    pauseApps: `${pause('root')} && ${pause('apps')}`,
    resumeApps: 'kubectl apply --server-side --field-manager=bootstrap -f clusters/NAME/root.yaml',
    teamHas: [
      ...STEP_OF_TEAM,
      '`delivery/projects/team-NAME.yaml`, named beside it, and its namespaces among the destinations of `platform.yaml` there',
      'its lines of `policy.csv` in `platform/argo-cd/values.yaml`',
    ],
    arrives: 'within minutes, wave after wave',
    undone: 'until Argo CD sees it, which is at once',
    reporter: null,
    token: READS_REPOSITORY,
  },
  otherFacts: input => ({
    ...(hasGates(input)
      ? { arrives: 'minutes after the gate of a cluster has opened, wave after wave' }
      : {}),
    ...pausedSteps(listedSteps(input, 'kubectl -n argocd get applications')),
  }),
  contribution: input => ({
    ...argoGround(),
    components: [argoComponent(input)],
    config: [argoAlerts(input)],
    runbooks: [DELIVERY_FAILED, OPENING_ARGO_CD],
    groundSteps: [
      'Make a public client for Argo CD at the identity provider (redirect address `https://localhost:8080/auth/callback`, PKCE, claim `groups`): PLACEHOLDERS.md asks for its name.',
    ],
    nextSteps: ['Open Argo CD as docs/runbooks/argo-cd-interface.md says.'],
    checks: [
      {
        decision: 'gitops',
        says: 'Every cluster has Argo CD read its own folder of this repository.',
        command: `ls ${input.clusters.map(({ name }) => `clusters/${name}/root.yaml`).join(' ')}`,
        path: `clusters/${input.clusters[0].name}/root.yaml`,
      },
      {
        decision: 'gitops',
        says: 'Argo CD waits for its children: without their health the waves would wait for nothing.',
        command: `grep -q 'resource.customizations.health.argoproj.io_Application' platform/argo-cd/values.yaml`,
        path: 'platform/argo-cd/values.yaml',
      },
      {
        decision: 'gitops',
        says: 'Nobody signs in to Argo CD but through the identity provider.',
        command: `grep -q '^    admin.enabled: false$' platform/argo-cd/values.yaml`,
        path: 'platform/argo-cd/values.yaml',
      },
      {
        decision: 'topology',
        says: 'Every cluster has a folder, values and an overlay of its own.',
        command: `ls ${input.clusters.map(({ name }) => `clusters/${name}`).join(' ')}`,
        path: 'clusters',
      },
    ],
  }),
  bootstrap: argoBootstrap,
  deliver: (input, workplace) => {
    const form: Form = {
      install: installed => [installApplication(input, installed)],
      configMaps: () => [],
      installs: 'apart',
      values: {
        target: APPLICATION,
        path: '/spec/sources/0/helm/valuesObject',
      },
      keep: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    };
    const own = ownObjects(input, workplace);
    return {
      files: mergeTrees(
        deliveredFiles(input, workplace, own, form),
        teamFolders(input, workplace),
        projectFiles(input, workplace, own),
        ...input.clusters.map(cluster => clusterFiles(input, workplace, cluster, form)),
      ),
      runbooks: promotionByFolder(input, workplace, ({ id }, { name }) => ({
        folder: `clusters/${name}`,
        target: { ...APPLICATION, name: id },
        path: '/spec/sources/0/targetRevision',
      })),
    };
  },
};

function clusterFiles(
  input: ModuleInput,
  workplace: Workplace,
  cluster: Cluster,
  form: Pick<Form, 'installs' | 'values'>,
): FileTree {
  const folder = `clusters/${cluster.name}`;
  const files = new Map<string, string>();
  const all = [...steps(workplace, cluster), ...teamSteps(input, workplace, cluster)];
  for (const step of all) {
    const hasFolder = layerOf(step) === null || stepResources(workplace, step, form).length > 0;
    if (!hasFolder) continue;
    files.set(
      `${folder}/${step.name}.yaml`,
      writeYaml([stepApplication(input, workplace, step)], { comment: headline(input, 'gitops', step.says) }),
    );
  }
  const layers = all.flatMap(step => {
    const layer = layerOf(step);
    return layer !== null && hasInstalls(workplace, layer) ? [layer] : [];
  });
  const patches = valuesPatches(workplace, cluster, layers, form);
  const names = [...files.keys()].map(path => path.slice(folder.length + 1)).sort();
  const index = kustomization(
    ['../../delivery/projects', ...layers.map(layer => `../../delivery/${layer}`), ...names],
    {
      components: ['./variables'],
      ...(patches.length === 0 ? {} : { patches }),
      replacements: [handOn(input)],
    },
  );
  const says = `All that the cluster ${cluster.name} is made of. Children stand at the commit of the root: a wave is never ahead of the one before it.`;
  files.set(
    `${folder}/kustomization.yaml`,
    writeYaml([index], { comment: headline(input, 'topology', says) }),
  );
  files.set(
    `${folder}/root.yaml`,
    writeYaml([rootApplication(input, cluster)], {
      comment: headline(input, 'gitops', 'Applied by scripts/bootstrap.sh; applies everything else.'),
    }),
  );
  return files;
}

/** The root is given its commit as an annotation of all that it applies; from there it goes to what reads this repository. */
function handOn(input: ModuleInput) {
  const [label = ''] = Object.entries(READS_THIS).map(([key, value]) => `${key}=${value}`);
  return {
    source: {
      group: 'argoproj.io',
      version: 'v1alpha1',
      kind: 'AppProject',
      name: PROJECTS.platform,
      fieldPath: `metadata.annotations.${REVISION}`,
    },
    targets: [
      {
        select: { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application', labelSelector: label },
        fieldPaths: [`spec.sources.[repoURL=${gitUrl(input)}].targetRevision`],
      },
    ],
  };
}
