/** What a cluster on GKE gives to all that runs in it. */

import type { ClusterInput } from '../../cluster-input.ts';
import { gatewayGoogle } from '../../edge/gateway-google.ts';
import type { Foundation, GpuNodes, Sandbox } from '../../foundation.ts';
import { FROM_ANY_REGION, WITHIN_REGION } from '../../google/balancers.ts';
import { RESTRICTED_RANGE } from '../../google/way-within.ts';
import { isNamed } from '../../picks.ts';
import { gkeApi } from './api-tunnel.ts';
import { gkeChoices } from './choices.ts';
import { googleParts } from './google-parts.ts';
import { GKE_GROUND } from './ground.ts';
import { podsBeside } from './joined.ts';
import type { GkeMode } from './mode.ts';
import { gkeGroupName, gkeSignIn, SIGN_IN_PLACEHOLDERS } from './people.ts';
import { gkePipelineAccess } from './pipeline-access.ts';
import { gkeBackup } from './rights.ts';
import { gkeServices } from './services.ts';
import { gkeShown } from './shown.ts';
import { machineOf, systemMachineOf } from './variables.ts';

export const STORAGE_CLASS_NAME = 'balanced';
/** Nodes that Autopilot makes for Arm take Hyperdisk alone, and those of the platform beside them do not. */
export const armStorageClass = (input: ClusterInput, mode: GkeMode): 'balanced-arm' | null =>
  mode === 'autopilot' && machineOf(input).architecture === 'arm64' ? 'balanced-arm' : null;
/** The agent on each node that hands out credentials; it answers names as well. */
const METADATA = '169.254.169.254/32';

const NO_WINDOWS = {
  notMade:
    'Pools with Windows are not generated on GKE: here all nodes run Linux. Whether such a pool may stand in a cluster with Dataplane V2, and whether policies hold there, could not be read at Google. Calico for Windows does not support GKE, and load balancers have no endpoint groups for pods on Windows. A control plane of your own with RKE2 and Calico on machines of Google Cloud has nodes with Windows.',
} as const;

/** GKE lets pods that name it onto nodes with Arm, and Autopilot makes such nodes for them. */
const ARM = { 'kubernetes.io/arch': 'arm64' } as const;

const PRIVATE_API =
  'A network without a way out keeps the API of its clusters private: it answers in it, and nowhere else.';

export function gkeFoundation(input: ClusterInput, mode: GkeMode): Foundation {
  const closed = gkeChoices(input).way === 'none';
  const ofArm = armStorageClass(input, mode);
  return {
    systemPool:
      mode === 'standard'
        ? {
            nodeSelector: { 'node-pool': 'system' },
            tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
          }
        : { nodeSelector: {}, tolerations: [] },
    ...(machineOf(input).architecture === 'arm64' ? { workloadNodes: ARM } : {}),
    ...(mode === 'standard' ? { nodePools: pools(input) } : { hostAccess: 'refused' as const }),
    ...(mode === 'standard' ? { windows: NO_WINDOWS } : { sandbox: AUTOPILOT_SANDBOX }),
    ...(gkeChoices(input).sandboxPool ? { sandbox: POOL_WITH_SANDBOX } : {}),
    criticalPods: 'by-quota',
    networkPlugins: '/home/kubernetes/bin',
    ...(isNamed(input.stack, 'workload-kinds', 'gpu') ? { gpu: gpuOf(mode) } : {}),
    startupTaints: [],
    gateway: gatewayGoogle(gkeChoices(input)),
    carriesOut: {
      network: ['existing-network'],
      egress: ['central-firewall'],
      autoscaling: ['cluster-autoscaler', 'provider-autoscaling'],
      upgrades: ['release-channel', 'extended-support'],
      // Autopilot makes a node for the selector and the toleration that a pod brings.
      'tenant-isolation': ['node-pool'],
      // Certificates of Google are for its own gateway alone.
      'dns-and-certificates': gkeChoices(input).gateway ? ['cloud-managed'] : [],
    },
    storageClass: STORAGE_CLASS_NAME,
    ...(ofArm === null ? {} : { workloadStorageClass: ofArm }),
    loadBalancer: {
      class: null,
      annotations: balancerOf(input),
      annotationsToNodes: balancerOf(input),
      annotationsWithin: FROM_ANY_REGION,
    },
    podsCallFrom: cluster => podsBeside(cluster),
    addresses: {
      apiServer: ['${KUBERNETES_SERVICE_ADDRESS}/32', '${VPC_CIDR}'],
      // The control plane has no way to pods of its own; its calls come out of these.
      apiServerRelays: [
        { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'konnectivity-agent' } },
      ],
      nodes: ['${VPC_CIDR}'],
      identityAgent: METADATA,
      ...(closed ? { servicesWithin: [RESTRICTED_RANGE] } : {}),
      // Cloud DNS answers on the node: at the cache where there is one, else where the metadata are.
      resolvers: [
        { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'node-local-dns' } },
        { kind: 'address', cidr: '169.254.20.10/32' },
        { kind: 'address', cidr: METADATA },
      ],
    },
    ...googleParts(input, GKE_GROUND),
    services: gkeServices(input),
    backup: gkeBackup(input),
    signIn: decision => gkeSignIn(input, decision),
    signInPlaceholders: SIGN_IN_PLACEHOLDERS,
    groupName: gkeGroupName,
    pipelineAccess: decision => gkePipelineAccess(input, decision),
    dnsProvider: {
      name: 'google',
      // Of several private zones of one name it writes into that of its own network.
      values: closed ? { extraArgs: ['--zone-id-filter=${CLUSTER_NAME}'] } : {},
      objects: {},
    },
    ...(closed ? { privateApi: PRIVATE_API } : {}),
    api: gkeApi(input),
    shown: gkeShown(input, mode),
    identityAgentPort: 80,
    givenNamespaces: [
      {
        name: 'kube-system',
        owner: 'Google',
        says: 'Parts of GKE live there; nothing of this repository is put into it.',
      },
      { name: 'gke-managed-*', owner: 'Google', says: 'Further parts of GKE, a namespace each.' },
      {
        name: 'gmp-system, gmp-public',
        owner: 'Google',
        says: 'Managed Prometheus, where it is switched on.',
      },
    ],
  };
}

/** Answers of a public one would leave by the firewall of the house, which has not seen the question. */
function balancerOf(input: ClusterInput): Readonly<Record<string, string>> {
  return gkeChoices(input).way === 'nat' ? { 'cloud.google.com/l4-rbs': 'enabled' } : WITHIN_REGION;
}

/** As variables.tf has them; what the kubelet and the system keep is Google's formula for four cores and 16 GB. */
function pools(input: ClusterInput): Foundation['nodePools'] {
  const { type, architecture } = machineOf(input);
  const allocatable = { millicores: 3920, mebibytes: 13_100, pods: 64 };
  // Machines of amd64 beside those with Arm have 15 GB, of which a tenth more is kept.
  const ofSystem = architecture === 'arm64' ? { ...allocatable, mebibytes: 12_180 } : allocatable;
  return [
    { pool: 'system', machine: systemMachineOf(input), nodes: 3, zones: 3, allocatable: ofSystem },
    { pool: 'workload', machine: type, nodes: 3, zones: 3, allocatable },
  ];
}

/** Google brings driver and plugin; Autopilot makes the node for the pod that names an accelerator. */
function gpuOf(mode: GkeMode): GpuNodes {
  return {
    nodeSelector:
      mode === 'standard' ? { 'node-pool': 'gpu' } : { 'cloud.google.com/gke-accelerator': 'nvidia-l4' },
    plugin: 'brought',
  };
}

const AUTOPILOT_SANDBOX: Sandbox = {
  runtimeClass: 'gvisor',
  kind: 'gvisor',
  broughtBy: 'GKE brings that class and makes nodes for it.',
  objects: {},
};

const POOL_WITH_SANDBOX: Sandbox = {
  ...AUTOPILOT_SANDBOX,
  broughtBy:
    'GKE brings that class along with the pool `sandbox` of `infra/gke/nodes.tf`, whose nodes run such pods and nothing else.',
};
