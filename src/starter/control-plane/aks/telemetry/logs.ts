/** pod-logs.tf: logs of containers and events of the cluster, which the agent of Azure reads on the nodes. */
import type { Id } from '../../../../content/catalogue.ts';
import { hcl } from '../../../../files/hcl.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import type { Contribution, Runbook } from '../../../contribution.ts';
import { pickOf } from '../../../picks.ts';
import { terraformText } from '../../../terraform.ts';
import { FOLDER } from '../title.ts';

export function readsPodLogs({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'logs') === 'managed-logs';
}

export function aksLogs(input: ClusterInput, decision: Id): Contribution {
  const path = `${FOLDER}/pod-logs.tf`;
  return {
    files: new Map([
      [
        path,
        terraformText(
          input,
          decision,
          'The agent of Azure reads the logs of containers on every node, and this rule says what of it is kept.',
          RULE,
        ),
      ],
    ]),
    runbooks: [RUNBOOK],
    checks: [
      {
        decision,
        says: 'Logs of containers are collected by a rule that stands here.',
        command: `grep -q 'Microsoft-ContainerLogV2' ${path}`,
        path,
      },
      {
        decision,
        says: 'The agent that reads logs runs on every node.',
        command: 'kubectl -n kube-system rollout status daemonset/ama-logs --timeout=5m',
        path,
      },
    ],
  };
}

/** A block of the cluster. */
export const LOGS_ADD_ON = hcl`

# Reads what containers write, with an identity and without a key; pod-logs.tf says what is kept.
oms_agent {
  log_analytics_workspace_id      = azurerm_log_analytics_workspace.main.id
  msi_auth_for_monitoring_enabled = true
}`;

const RULE = hcl`
variable "unlogged_namespaces" {
  description = "Namespaces whose logs are not kept, by name: what is not kept is not paid for."
  type        = list(string)
  default     = ["kube-system"]
}

resource "azurerm_monitor_data_collection_rule" "logs" {
  name                = "\${var.cluster_name}-logs"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags

  destinations {
    log_analytics {
      name                  = "workspace"
      workspace_resource_id = azurerm_log_analytics_workspace.main.id
    }
  }

  data_flow {
    streams      = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"]
    destinations = ["workspace"]
  }

  data_sources {
    extension {
      name           = "ContainerInsightsExtension"
      extension_name = "ContainerInsights"
      streams        = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"]

      extension_json = jsonencode({
        dataCollectionSettings = {
          interval               = "1m"
          namespaceFilteringMode = "Exclude"
          namespaces             = var.unlogged_namespaces
          enableContainerLogV2   = true
        }
      })
    }
  }
}

# The agent looks for an association of this name.
resource "azurerm_monitor_data_collection_rule_association" "logs" {
  name                    = "ContainerInsightsExtension"
  target_resource_id      = local.cluster.id
  data_collection_rule_id = azurerm_monitor_data_collection_rule.logs.id
}
`;

const RUNBOOK: Runbook = {
  id: 'logs-missing',
  title: 'Logs are missing',
  text: `Logs of containers and events are kept in the Log Analytics workspace of the cluster, beside the audit log; the cluster holds none. Whoever may
read the cluster in the portal of Azure may read its logs there, under *Logs*. A query to begin with:

\`\`\`kusto
ContainerLogV2
| where TimeGenerated > ago(1h) and tostring(LogMessage) contains "error"
| summarize lines = count() by PodNamespace, PodName
| order by lines desc
\`\`\`

1. Are they missing for one namespace? \`unlogged_namespaces\` of the cluster's values says which are left out.
2. For all: \`kubectl -n kube-system get daemonset ama-logs\`, and its pods on the node. They are of Azure: delete one that hangs, it comes back. The
   rule reaches them by an association that must be called *ContainerInsightsExtension*: \`tofu plan\` shows whether it is gone.
3. For one pod: a pod that writes faster than the kubelet rotates loses lines; write less, or structured.
4. Traffic leaves through a firewall: the agent needs \`*.ods.opinsights.azure.com\`, \`*.monitor.azure.com\` and \`login.microsoftonline.com\` at 443.

The bill grows: \`ContainerLogV2 | summarize sum(_BilledSize) by PodNamespace\` says who writes. Logs are personal data sooner than one thinks: what
must not be kept must not be written.
`,
};
