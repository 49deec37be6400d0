/** AKS Standard: infrastructure, and what its cluster gives to everything in it. */
import type { Id } from '../../content/catalogue.ts';
import type { HclExpression } from '../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { type Cni, namespacesWith } from '../cni/cni.ts';
import type { Contribution } from '../contribution.ts';
import type { ObjectStore } from '../foundation.ts';
import { headline } from '../headline.ts';
import { script } from '../repository/common-files.ts';
import { terraformText } from '../terraform.ts';
import { aksAlarms } from './aks/alarms.ts';
import { AKS_PIPELINE, FILL_CLUSTER_VARS } from './aks/automation.ts';
import { cluster } from './aks/cluster.ts';
import { aksAddresses, aksFoundation, GIVEN_NAMESPACES, STORAGE } from './aks/foundation.ts';
import { aksBootstrap } from './aks/gateway.ts';
import { logs } from './aks/logs.ts';
import { clusterVariables } from './aks/names.ts';
import { network } from './aks/network.ts';
import { nodePools, nodeVariables } from './aks/nodes.ts';
import { aksPages } from './aks/pages.ts';
import { AKS_PLACEHOLDERS } from './aks/placeholders.ts';
import { aksRunbooks } from './aks/runbooks.ts';
import { settings } from './aks/settings.ts';
import { subscription } from './aks/subscription.ts';
import { moduleTests, STANDARD_RUNS } from './aks/tests.ts';
import { FOLDER } from './aks/title.ts';
import { environmentFiles } from './aks/values.ts';
import type { ControlPlane } from './control-plane.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';

export const aks: ControlPlane = {
  fallbackRegion: 'westeurope',
  build: (input, cni) => {
    const stores: ObjectStore[] = [];
    const foundation = aksFoundation(
      input,
      {
        systemPool: {
          nodeSelector: { 'kubernetes.azure.com/mode': 'system' },
          tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
        },
        nodePools: nodePools(input),
        addresses: aksAddresses(input),
        givenNamespaces: namespacesWith(GIVEN_NAMESPACES, cni),
        carriesOut: {
          network: ['existing-network'],
          egress: ['central-firewall'],
          autoscaling: ['provider-autoscaling'],
          upgrades: ['release-channel', 'extended-support'],
          'tenant-isolation': ['node-pool'],
        },
      },
      store => stores.push(store),
    );
    return {
      foundation: {
        ...foundation,
        startupTaints: cni.startupTaint === undefined ? [] : [cni.startupTaint],
      },
      contribution: contribution(input, cni),
      bootstrap: aksBootstrap(input),
      pipeline: AKS_PIPELINE,
      pages: aksPages(input),
      variables: used => clusterVariables(input, { stores }, used),
    };
  },
};

function contribution(input: ClusterInput, cni: Cni): Contribution {
  return {
    files: mergeTrees(
      rootModule(input),
      settings(input, nodeVariables(input)),
      moduleTests(input, STANDARD_RUNS),
      environmentFiles(input),
      cni.infrastructure(input).files,
      subscription(input),
      aksAlarms(input),
      fillScript(input),
    ),
    components: [STORAGE],
    placeholders: [...AKS_PLACEHOLDERS, ...ALARM_PLACEHOLDERS],
    runbooks: aksRunbooks(input, { before: BEFORE, after: '' }),
    checks: [
      {
        decision: 'control-plane',
        says: 'The cluster is locked against deletion.',
        command: `grep -q 'lock_level = "CanNotDelete"' ${FOLDER}/cluster.tf`,
        path: `${FOLDER}/cluster.tf`,
      },
      {
        decision: 'control-plane',
        says: 'The control plane is managed by Azure, has no local accounts, and the tests of its module pass.',
        command: `tofu -chdir=${FOLDER} init -backend=false && tofu -chdir=${FOLDER} test`,
        path: `${FOLDER}/cluster.tf`,
      },
      ...cni.checks,
    ],
  };
}

const BEFORE = [
  'Quotas of the subscription in the region of the cluster: 24 processors of the family of the machines, four public addresses in a row.',
  'Encryption at the host is allowed: `az feature register --namespace Microsoft.Compute --name EncryptionAtHost`, and a quarter of an hour later `az provider register --namespace Microsoft.Compute`.',
];

function rootModule(input: ClusterInput): FileTree {
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return new Map([
    file('network', 'network', 'Where the cluster stands, and how traffic leaves it.', network(input)),
    file(
      'cluster',
      'control-plane',
      'The control plane and its pools over three zones: Azure runs it, these are its settings.',
      cluster(input),
    ),
    file('logs', 'control-plane', 'What the control plane writes, audit among it.', logs(input)),
  ]);
}

/** `scripts/fill-cluster-vars.sh`, beside the scripts that every repository has. */
export function fillScript(input: ClusterInput): FileTree {
  const comment = headline(input, 'platform-defaults')
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n');
  return new Map([['scripts/fill-cluster-vars.sh', script(comment, FILL_CLUSTER_VARS)]]);
}
