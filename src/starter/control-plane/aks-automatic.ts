/** AKS Automatic: Azure runs the nodes too. Network, identities and stores are those of AKS Standard. */
import { hcl } from '../../files/hcl.ts';
import { automaticCluster } from './aks/automatic.ts';
import { tenantPoolsOfAutomatic } from './aks/automatic-pools.ts';
import { AUTOMATIC_RUNS } from './aks/automatic-runs.ts';
import { aksControlPlane } from './aks/control-plane.ts';
import { backupThroughDriver } from './aks/driver-snapshots.ts';
import { FOLDER } from './aks/title.ts';
import type { ControlPlane } from './control-plane.ts';

export const aksAutomatic = (): ControlPlane =>
  aksControlPlane(input => ({
    // Azure makes nodes for the pods at hand, and lets nobody onto those of its own.
    systemPool: { nodeSelector: { 'kubernetes.io/os': 'linux' }, tolerations: [] },
    groupRoles: 'infrastructure',
    resolvers: NODE_RESOLVERS,
    givenNamespaces: [
      {
        name: 'gatekeeper-system',
        owner: 'Azure',
        says: 'Azure Policy judges objects there by the safeguards of this mode, which cannot be turned off.',
      },
    ],
    carriesOut: { upgrades: ['release-channel'], 'tenant-isolation': ['node-pool'] },
    config: tenantPoolsOfAutomatic(input),
    startupTaints: [],
    // The group of the disks is locked in this mode: nobody but the cluster itself puts a restored disk into it.
    backup: backupThroughDriver,
    cluster: automaticCluster(input),
    nodeVariables: hcl``,
    says: 'AKS Automatic: Azure runs control plane and nodes, these are the settings that it leaves open.',
    runs: AUTOMATIC_RUNS,
    steps: { before: BEFORE, after: SAFEGUARDS },
    locked: {
      says: 'The cluster is one of AKS Automatic, and is locked against deletion.',
      command: `grep -q 'name = "Automatic"' ${FOLDER}/cluster.tf`,
    },
    runBy:
      'Nodes and control plane are run by Azure, there are no local accounts, and the tests of the module pass.',
  }));

/** Every node of this mode answers questions for names itself, at these addresses. */
const NODE_RESOLVERS = ['169.254.10.10/32', '169.254.10.11/32'].map(cidr => ({
  kind: 'address' as const,
  cidr,
}));

const BEFORE = [
  'Quotas of the subscription in the region of the cluster, which has three zones: 16 processors of general-purpose machines for the pool of Azure, and as many again for what runs in the cluster.',
  'Azure may assign policies in the subscription: it holds the cluster to the safeguards of this mode.',
];

const SAFEGUARDS = `The safeguards of this mode refuse and change objects, and cannot be turned off. Namespaces of the platform are left out of them:
their charts set what they need, Pod Security and the policies of this repository hold there all the same, and what a safeguard had
changed delivery would put back again and again. Those of teams stay in.

\`\`\`sh
az aks safeguards update --resource-group "$name" --name "$name" --level Enforce \\
  --excluded-ns $(grep -l 'part-of: platform' platform/namespaces/*.yaml | xargs -n1 basename -s .yaml)
\`\`\`

`;
