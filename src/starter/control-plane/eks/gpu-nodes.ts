/** Nodes with a GPU on EKS: driver and device plugin are part of the image of AWS. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { GpuNodes } from '../../foundation.ts';
import { isNamed, pickOf } from '../../picks.ts';
import { type CommonToGroups, nodeGroup } from './node-group.ts';

const LABEL = { 'node-pool': 'gpu' } as const;

export function gpuNodes({ stack }: ClusterInput): GpuNodes | null {
  return isNamed(stack, 'workload-kinds', 'gpu') ? { nodeSelector: LABEL, plugin: 'brought' } : null;
}

/** Karpenter makes them by a pool of its own. */
export function gpuGroups(input: ClusterInput): 'none' | 'some' {
  return gpuNodes(input) === null || pickOf(input.stack, 'autoscaling') === 'karpenter' ? 'none' : 'some';
}

export function gpuGroup(common: CommonToGroups): HclExpression {
  return hcl`

# Of any zone: work on a GPU holds no volume, and machines with one are rare.
${nodeGroup({
  ...common,
  label: 'gpu',
  over: {
    each: hcl``,
    name: hcl`"gpu-"`,
    subnets: hcl`local.node_subnet_ids`,
  },
  image: hcl`"BOTTLEROCKET_x86_64_NVIDIA"`,
  sizes: { min: hcl`var.gpu_nodes.min_size`, max: hcl`var.gpu_nodes.max_size` },
  taint: TAINT,
})}`;
}

const TAINT = hcl`
  taint {
    key    = "nvidia.com/gpu"
    value  = "present"
    effect = "NO_SCHEDULE"
  }
`;

export const GPU_VARIABLE = hcl`variable "gpu_nodes" {
  description = "Nodes with a GPU, for work that asks for one. Their quota at AWS is one of its own, and zero in a new account."
  type = object({
    instance_types = list(string)
    min_size       = number
    max_size       = number
  })
  default = {
    instance_types = ["g6.xlarge"]
    min_size       = 1
    max_size       = 3
  }
}

`;
