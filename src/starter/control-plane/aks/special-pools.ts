/** Pools of AKS Standard for what asks for nodes of its own kind: GPUs, ARM, Windows, and capacity that may be taken away. */
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf } from '../../picks.ts';
import { kernelOfPool } from './kernel.ts';
import { isAutoscaled, MACHINES, network, UPGRADES } from './pool-settings.ts';

export function specialPools(input: ClusterInput): readonly HclExpression[] {
  return kinds(input).map(kind => pool(input, kind));
}

interface Kind {
  readonly name: string;
  readonly says: string;
  readonly machine: string;
  readonly label: string;
  readonly taint: string;
  readonly system: 'Linux' | 'Windows';
  readonly priority: 'Regular' | 'Spot';
}

function kinds({ stack }: ClusterInput): readonly Kind[] {
  const work = answerOf(stack, 'workload-kinds');
  const linux = { system: 'Linux', priority: 'Regular' } as const;
  return [
    ...(Array.isArray(work) && work.includes('gpu')
      ? [
          {
            ...linux,
            name: 'gpu',
            says: 'Only pods that ask for a GPU and tolerate the taint come here.',
            machine: 'Standard_NC4as_T4_v3',
            label: 'gpu',
            taint: 'nvidia.com/gpu=present:NoSchedule',
          },
        ]
      : []),
    ...(answerOf(stack, 'architecture') === 'both'
      ? [
          {
            ...linux,
            name: 'arm',
            says: 'Only pods whose image exists for ARM tolerate the taint.',
            machine: 'Standard_D4ps_v5',
            label: 'arm',
            taint: 'kubernetes.io/arch=arm64:NoSchedule',
          },
        ]
      : []),
    ...(answerOf(stack, 'windows') === 'yes'
      ? [
          {
            name: 'win',
            says: 'Windows beside Linux: its pods say so by selector and toleration.',
            machine: 'Standard_D4s_v5',
            label: 'windows',
            taint: 'os=windows:NoSchedule',
            system: 'Windows',
            priority: 'Regular',
          } as const,
        ]
      : []),
    ...(answerOf(stack, 'interruptible') === 'yes'
      ? [
          {
            name: 'spot',
            says: 'Cheaper, and taken away at any time: only work that may be interrupted tolerates the taint.',
            machine: 'Standard_D4s_v5',
            label: 'spot',
            taint: 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule',
            system: 'Linux',
            priority: 'Spot',
          } as const,
        ]
      : []),
  ];
}

/** Starts with no node where an autoscaler adds them, with one where nobody does. */
function pool(input: ClusterInput, kind: Kind): HclExpression {
  const scaled = isAutoscaled(input)
    ? hcl`auto_scaling_enabled        = true
min_count                   = 0
max_count                   = 6`
    : hcl`auto_scaling_enabled        = false
node_count                  = 1`;
  const spot =
    kind.priority === 'Spot'
      ? hcl`
priority                    = "Spot"
eviction_policy             = "Delete"
spot_max_price              = -1`
      : hcl``;
  const upgrade = kind.priority === 'Spot' ? hcl`` : hcl`\n\n${UPGRADES}`;
  return hcl`
# ${{ kind: 'expression', code: kind.says }}
resource "azurerm_kubernetes_cluster_node_pool" ${hclIdentifier(kind.name)} {
  name                        = ${kind.name}
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.main.id
  mode                        = "User"${spot}
  vm_size                     = ${kind.machine}
  ${scaled}
  zones                       = local.zones
  ${network(input)}
  os_type                     = ${kind.system}
  os_sku                      = ${kind.system === 'Windows' ? 'Windows2022' : 'AzureLinux'}
  ${MACHINES}
  node_labels                 = { node-pool = ${kind.label} }
  node_taints                 = [${kind.taint}]
  temporary_name_for_rotation = ${`${kind.name}n`}
  tags                        = local.tags${upgrade}${kind.system === 'Windows' ? hcl`` : kernelOfPool(input)}
}
`;
}
