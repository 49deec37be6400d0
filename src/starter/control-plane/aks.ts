/** AKS Standard: pools of its own, over three zones. */
import { isNamed } from '../picks.ts';
import { cluster } from './aks/cluster.ts';
import { aksControlPlane } from './aks/control-plane.ts';
import { nodePools, nodeVariables } from './aks/nodes.ts';
import { AKS_SANDBOX, isSandboxed } from './aks/sandbox.ts';
import { STANDARD_RUNS } from './aks/tests.ts';
import { FOLDER } from './aks/title.ts';
import { aksBackup } from './aks/velero.ts';
import type { ControlPlane } from './control-plane.ts';

export const aks = (): ControlPlane =>
  aksControlPlane((input, { startupTaint }) => ({
    systemPool: {
      nodeSelector: { 'kubernetes.azure.com/mode': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
    },
    nodePools: nodePools(input),
    ...(isNamed(input.stack, 'workload-kinds', 'gpu') ? { gpu: GPU_NODES } : {}),
    givenNamespaces: [],
    carriesOut: { upgrades: ['release-channel', 'extended-support'], 'tenant-isolation': ['node-pool'] },
    windows: WINDOWS_NODES,
    ...(isSandboxed(input) ? { sandbox: AKS_SANDBOX } : {}),
    startupTaints: startupTaint === undefined ? [] : [startupTaint],
    backup: aksBackup,
    cluster: cluster(input),
    nodeVariables: nodeVariables(input),
    says: 'The control plane and its pools over three zones: Azure runs it, these are its settings.',
    runs: STANDARD_RUNS,
    steps: { before: BEFORE, after: isSandboxed(input) ? CLASS_OF_SANDBOX : '' },
    locked: {
      says: 'The cluster is locked against deletion.',
      command: `grep -q 'lock_level = "CanNotDelete"' ${FOLDER}/cluster.tf`,
    },
    runBy: 'The control plane is managed by Azure, has no local accounts, and the tests of its module pass.',
  }));

const WINDOWS_NODES = {
  taint: { key: 'os', value: 'windows' },
  file: `${FOLDER}/cluster.tf`,
  release: 'Windows Server 2022 (`ltsc2022`)',
  says: [
    'Policies are enforced there as on Linux: Calico, which AKS runs, has an agent for both.',
    'Nodes are patched by new images as those with Linux are, within the same window.',
  ],
} as const;

/** The pool is in aks/nodes.ts; AKS brings the driver and no plugin. */
const GPU_NODES = { nodeSelector: { 'node-pool': 'gpu' }, plugin: 'to-install' } as const;

/** The pool alone does not bring it to a cluster that is there already. */
const CLASS_OF_SANDBOX = `The class that sandboxed pods name comes with an update that changes nothing else:

\`\`\`sh
az aks update --resource-group "$name" --name "$name"
kubectl get runtimeclass kata-vm-isolation
\`\`\`

`;

const BEFORE = [
  'Quotas of the subscription in the region of the cluster: 32 processors of the family of the machines, 24 for its nodes and the rest while an upgrade replaces them; four public addresses in a row, one for the gateway, and one for Azure Bastion where the API is private.',
  'Encryption at the host is allowed: `az feature register --namespace Microsoft.Compute --name EncryptionAtHost`, and a quarter of an hour later `az provider register --namespace Microsoft.Compute`.',
];
