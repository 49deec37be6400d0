/** logs.tf: what the control plane writes, audit among it, kept apart from the cluster. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { CLUSTER_LOGS, keptTables } from '../../azure/log-workspace.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf } from '../../picks.ts';
import { readsPodLogs } from './telemetry/logs.ts';

/** Reads are most of the audit log and cost accordingly; rules that ask for evidence ask for them too. */
export function logs(input: ClusterInput): HclExpression {
  const { stack } = input;
  const rules = answerOf(stack, 'compliance');
  const audit = Array.isArray(rules) && rules.length > 0 ? 'kube-audit' : 'kube-audit-admin';
  const categories = [
    'cloud-controller-manager',
    'cluster-autoscaler',
    'guard',
    'kube-apiserver',
    audit,
    'kube-controller-manager',
    'kube-scheduler',
  ];
  const tables = [
    audit === 'kube-audit' ? 'AKSAudit' : 'AKSAuditAdmin',
    'AKSControlPlane',
    ...(readsPodLogs(input) ? ['ContainerLogV2', 'KubeEvents'] : []),
  ];
  return hcl`
${CLUSTER_LOGS}

# guard is who signed in; ${{ kind: 'expression', code: audit }} is what they did.
resource "azurerm_monitor_diagnostic_setting" "cluster" {
  name                           = "control-plane"
  target_resource_id             = local.cluster.id
  log_analytics_workspace_id     = azurerm_log_analytics_workspace.main.id
  log_analytics_destination_type = "Dedicated"

  dynamic "enabled_log" {
    for_each = toset(${categories})

    content {
      category = enabled_log.value
    }
  }
}
${keptTables(input, tables, hcl`azurerm_monitor_diagnostic_setting.cluster`)}`;
}
