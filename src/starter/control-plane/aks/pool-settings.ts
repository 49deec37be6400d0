/** What every pool of AKS Standard has, whatever its nodes are for. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { isOverlay } from './addresses.ts';

/** Without a stated architecture the one that every image exists for. */
export function machine({ stack }: ClusterInput): string {
  return answerOf(stack, 'architecture') === 'arm64' ? 'Standard_D4ps_v5' : 'Standard_D4s_v5';
}

export function isAutoscaled({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'autoscaling') === 'provider-autoscaling';
}

/** Whether AKS raises the minor by itself. */
export function followsChannel({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'upgrades') === 'release-channel';
}

/** Three attributes that a pool has with an autoscaler and without one. */
export function size(input: ClusterInput, pool: string): HclExpression {
  const min: HclExpression = { kind: 'expression', code: `${pool}.min_size` };
  const max: HclExpression = { kind: 'expression', code: `${pool}.max_size` };
  return isAutoscaled(input)
    ? hcl`auto_scaling_enabled        = true
min_count                   = ${min}
max_count                   = ${max}`
    : hcl`auto_scaling_enabled        = false
node_count                  = ${min}`;
}

/** Where its nodes and pods have their addresses, and which version it runs. */
export function network(input: ClusterInput): HclExpression {
  return hcl`vnet_subnet_id              = local.subnets.nodes
pod_subnet_id               = ${isOverlay(input) ? null : hcl`local.subnets.pods`}
orchestrator_version        = ${followsChannel(input) ? null : hcl`var.kubernetes_version`}`;
}

export const MACHINES = hcl`os_disk_type                = "Managed"
os_disk_size_gb             = 128
host_encryption_enabled     = true
max_pods                    = 110`;

export const UPGRADES = hcl`upgrade_settings {
  max_surge                = "33%"
  drain_timeout_in_minutes = 30
}`;
