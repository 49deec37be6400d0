/** The pool of nodes that Karpenter makes, and what its machines are. */
import type { IEC2NodeClass } from '@kubernetes-models/karpenter/karpenter.k8s.aws/v1';
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1';
import { tunesNodes } from '../../control-plane/node-control.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Foundation } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf } from '../../picks.ts';
import { tenantsWithNodes } from '../../tenant-isolation/spaces.ts';
import { poolWithGpus } from '../gpu-pool.ts';
import { poolOfTenant } from '../tenant-pool.ts';

const NAME = 'general';

export function nodePool(input: ModuleInput): readonly (IEC2NodeClass | INodePool)[] {
  const { stack, foundation } = input;
  const architecture = answerOf(stack, 'architecture');
  const architectures = architecture === 'arm64' || architecture === 'both' ? ['arm64'] : [];
  const general = poolOf(
    architecture === 'arm64' ? architectures : [...architectures, 'amd64'],
    foundation.startupTaints,
  );
  return [
    nodeClass(input),
    general,
    ...tenantsWithNodes(input).map(tenant => poolOfTenant(general, tenant)),
    ...(foundation.gpu === undefined ? [] : [poolWithGpus(general, 'karpenter.k8s.aws')]),
  ];
}

function nodeClass(input: ModuleInput): IEC2NodeClass {
  const way = wayOut(input);
  const spec = way === 'none' ? withProfile(NODE_CLASS.spec) : NODE_CLASS.spec;
  const told = [
    ...(way === 'proxy' ? ['${NODE_SETTINGS}'] : []),
    ...(tunesNodes(input.stack) ? [KERNEL] : []),
  ];
  return { ...NODE_CLASS, spec: told.length === 0 ? spec : { ...spec, userData: told.join('\n') } };
}

/** In the form of Bottlerocket. */
const KERNEL = `# Settings of the kernel, and a table for each module: the same as sysctls and kernel_modules in infra/eks/envs.
#   "net.core.somaxconn" = "8192"
#   [settings.kernel.modules.sctp]
#   allowed = true
#   autoload = true
[settings.kernel.sysctl]
`;

/** IAM is not asked for a profile where it has no address: the infrastructure makes it, under the name of the role. */
function withProfile({ role, ...spec }: typeof NODE_CLASS.spec) {
  return { ...spec, instanceProfile: role };
}

const NODE_CLASS = {
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: NAME },
  spec: {
    // The newest image of this family that fits the version of the cluster; the pool's budget says how fast nodes follow.
    amiSelectorTerms: [{ alias: 'bottlerocket@latest' }],
    role: '${CLUSTER_NAME}-karpenter-node',
    subnetSelectorTerms: [{ tags: { cluster: '${CLUSTER_NAME}', 'kubernetes.io/role/internal-elb': '1' } }],
    securityGroupSelectorTerms: [{ tags: { 'aws:eks:cluster-name': '${CLUSTER_NAME}' } }],
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: '/dev/xvdb',
        ebs: { volumeSize: '80Gi', volumeType: 'gp3', encrypted: true, deleteOnTermination: true },
      },
    ],
    tags: { cluster: '${CLUSTER_NAME}', environment: '${ENVIRONMENT}', 'managed-by': 'karpenter' },
  },
} satisfies IEC2NodeClass;

function poolOf(architectures: string[], startupTaints: Foundation['startupTaints']): INodePool {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: NAME },
    spec: {
      // So much and no more, whatever a mistake in a Deployment asks for.
      limits: { cpu: '200', memory: '800Gi' },
      disruption: {
        consolidationPolicy: 'WhenEmptyOrUnderutilized',
        consolidateAfter: '5m',
        budgets: [{ nodes: '10%' }],
      },
      template: {
        metadata: { labels: { 'node-pool': 'workload' } },
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: NAME },
          expireAfter: '720h',
          terminationGracePeriod: '1h',
          ...(startupTaints.length === 0
            ? {}
            : { startupTaints: startupTaints.map(taint => ({ ...taint })) }),
          requirements: [
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: architectures },
            { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
            { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['6'] },
            { key: 'karpenter.k8s.aws/instance-cpu', operator: 'In', values: ['4', '8', '16'] },
          ],
        },
      },
    },
  };
}
