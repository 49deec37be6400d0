/** EKS Auto Mode: what AWS runs in it, and what is left to say. */
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1';
import { hcl } from '../../../files/hcl.ts';
import { poolWithGpus } from '../../autoscaling/gpu-pool.ts';
import { poolOfTenant } from '../../autoscaling/tenant-pool.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { ConfigFolder } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf } from '../../picks.ts';
import { tenantsWithNodes } from '../../tenant-isolation/spaces.ts';
import { gpuNodes } from './gpu-nodes.ts';

/** Of Foundation, what differs from node groups of one's own. */
export function autoFoundation(
  input: StarterInput,
  addresses: Foundation['addresses'],
): Pick<Foundation, 'systemPool' | 'loadBalancer' | 'addresses' | 'carriesOut'> {
  const annotations = {
    'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
    'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
    'service.beta.kubernetes.io/aws-load-balancer-attributes': 'load_balancing.cross_zone.enabled=true',
    'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes':
      'preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=60',
  };
  return {
    systemPool: {
      // The pool is AWS's own and has machines of both architectures.
      nodeSelector: { 'karpenter.sh/nodepool': 'system', 'kubernetes.io/arch': architecturesOf(input)[0] },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
    },
    loadBalancer: {
      class: 'eks.amazonaws.com/nlb',
      annotations,
      annotationsToNodes: {
        ...annotations,
        'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance',
      },
      annotationsWithin: {
        ...annotations,
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
      },
    },
    // Every node resolves names itself, at the address of the resolver's Service: no pod stands behind it.
    addresses: { ...addresses, resolvers: [{ kind: 'address', cidr: '${KUBERNETES_DNS_ADDRESS}/32' }] },
    carriesOut: { autoscaling: ['provider-autoscaling'] },
  };
}

function architecturesOf({ stack }: StarterInput): [string, ...string[]] {
  const answer = answerOf(stack, 'architecture');
  if (answer === 'both') return ['amd64', 'arm64'];
  return [answer === 'arm64' ? 'arm64' : 'amd64'];
}

/** The pool of the workloads; the one of the platform is AWS's own, and so is what its machines are. */
export function autoNodePool(input: ClusterInput): ConfigFolder {
  return {
    id: 'node-pools',
    decision: 'autoscaling',
    says: 'Machines for workloads, as many as they ask for and never more than the limit. AWS makes, patches and replaces them.',
    objects: {
      workload: [
        poolOf(input),
        ...tenantsWithNodes(input).map(tenant => poolOfTenant(poolOf(input), tenant)),
        ...(gpuNodes(input) === null ? [] : [poolWithGpus(poolOf(input), 'eks.amazonaws.com')]),
      ],
    },
  };
}

function poolOf(input: ClusterInput): INodePool {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'workload' },
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
          nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' },
          expireAfter: '336h',
          terminationGracePeriod: '1h',
          requirements: [
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: architecturesOf(input) },
            { key: 'eks.amazonaws.com/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
            { key: 'eks.amazonaws.com/instance-generation', operator: 'Gt', values: ['5'] },
            { key: 'eks.amazonaws.com/instance-cpu', operator: 'In', values: ['4', '8', '16'] },
          ],
        },
      },
    },
  };
}

export const AUTO_NODES = hcl`
data "aws_iam_policy_document" "node_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "node" {
  name_prefix        = "\${substr(var.cluster_name, 0, 29)}-node-"
  assume_role_policy = data.aws_iam_policy_document.node_trust.json
}

# The smallest set with which a node of Auto Mode joins; controllers get roles of their own.
resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"])

  role       = aws_iam_role.node.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/\${each.value}"
}
`;

export const AUTO_ADDONS = hcl`
# Not "latest": the default version is the one AWS tested with this minor. A new default shows up in the plan.
data "aws_eks_addon_version" "default" {
  for_each = toset(["metrics-server"])

  addon_name         = each.value
  kubernetes_version = aws_eks_cluster.main.version
}

# What Auto Mode does not bring along; names, disks, credentials and load balancers are part of it.
resource "aws_eks_addon" "metrics_server" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "metrics-server"
  addon_version               = data.aws_eks_addon_version.default["metrics-server"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  configuration_values = jsonencode({
    nodeSelector = { "karpenter.sh/nodepool" = "system" }
    tolerations  = [{ key = "CriticalAddonsOnly", operator = "Exists" }]
  })
}
`;
