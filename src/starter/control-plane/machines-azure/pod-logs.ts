/** pod-logs.tf: a table of the workspace for logs of pods, and the rule by which they get in. On AKS an agent of Azure does this. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { mergeTrees } from '../../../files/tree.ts';
import { tableDays } from '../../azure/log-workspace.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { Foundation } from '../../foundation.ts';
import type { TelemetryService } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { assigned, give } from '../aks/rights.ts';
import { LOGS_NAMESPACE, logsWriter, STREAM, WRITER, WRITER_PODS, WRITER_PORT } from './logs-writer.ts';
import { MACHINES_FOLDER } from './place.ts';

const PATH = `${MACHINES_FOLDER}/pod-logs.tf`;

export function machineLogs(
  input: ClusterInput,
  foundation: Pick<Foundation, 'systemPool'>,
): TelemetryService {
  return {
    title: 'Azure Monitor, in the Log Analytics workspace of the cluster',
    sink: SINK,
    environment: { LOGS_URL: `http://${WRITER}.${LOGS_NAMESPACE}.svc:${WRITER_PORT}` },
    // The agent itself has none: what it hands its logs to has.
    rights: () => ({ files: new Map(), annotations: {}, podLabels: {} }),
    within: {
      peer: WRITER_PODS,
      port: WRITER_PORT,
      silent: `The agent hands on and nothing arrives: \`kubectl -n ${LOGS_NAMESPACE} logs deployment/${WRITER} --tail=50\`. *403* means that its identity has lost the role *Monitoring Metrics Publisher* on the rule, which \`tofu -chdir=${MACHINES_FOLDER} plan\` shows; *AADSTS*: see [no-azure-identity](no-azure-identity.md). Behind a firewall it needs \`*.ingest.monitor.azure.com\` and \`login.microsoftonline.com\` at 443.`,
    },
    beside: decision => {
      const grant = give(input, 'Writes logs of pods by one rule, into one table.', label =>
        assigned(
          label,
          hcl`azurerm_monitor_data_collection_rule.pod_logs.id`,
          'Monitoring Metrics Publisher',
        ),
      )(decision, { namespace: LOGS_NAMESPACE, name: WRITER });
      return collect([
        logsWriter(decision, foundation, grant),
        {
          files: mergeTrees(
            grant.files,
            new Map([
              [
                PATH,
                terraformText(
                  input,
                  decision,
                  'Where logs of pods and events are kept, beside the audit log, and the rule by which they get in: a token of Entra opens it, and nothing else.',
                  table(tableDays(input)),
                ),
              ],
            ]),
          ),
          checks: [
            {
              decision,
              says: 'Logs of pods are taken by a rule that stands here.',
              command: `grep -q '${STREAM}' ${PATH}`,
              path: PATH,
            },
          ],
          nextSteps: [
            'Ask for the first logs, in the portal of Azure at the workspace of the cluster: `PodLogs_CL | where TimeGenerated > ago(1h) | summarize lines = count() by PodNamespace, PodName`. What is new arrives within minutes.',
          ],
        },
      ]);
    },
  };
}

const SINK = `otelcol.processor.batch "store" {
  send_batch_size     = 500
  send_batch_max_size = 500

  output {
    logs = [otelcol.exporter.otlphttp.store.input]
  }
}

otelcol.exporter.otlphttp "store" {
  client {
    endpoint = sys.env("LOGS_URL")
  }
}
`;

const COLUMNS = {
  TimeGenerated: 'datetime',
  ClusterName: 'string',
  PodNamespace: 'string',
  PodName: 'string',
  ContainerName: 'string',
  LogMessage: 'string',
};

/** The provider changes tables and makes none, so a template of Azure does. */
const table = (days: number | null): HclExpression => hcl`
locals {
  log_columns = ${COLUMNS}
}

resource "azurerm_resource_group_template_deployment" "pod_logs" {
  name                = "pod-logs"
  resource_group_name = azurerm_resource_group.main.name
  deployment_mode     = "Incremental"
  tags                = local.tags

  template_content = jsonencode({
    "$schema"      = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    contentVersion = "1.0.0.0"
    resources = [{
      type       = "Microsoft.OperationalInsights/workspaces/tables"
      apiVersion = "2023-09-01"
      name       = "\${azurerm_log_analytics_workspace.main.name}/PodLogs_CL"

      properties = {
        plan            = "Analytics"
        retentionInDays = var.log_retention_days${
          days === null
            ? hcl``
            : hcl`

# Beyond what a workspace answers queries for.
totalRetentionInDays = ${days}`
        }
        schema = {
          name    = "PodLogs_CL"
          columns = [for name, type in local.log_columns : { name = name, type = type }]
        }
      }
    }]
  })
}

resource "azurerm_monitor_data_collection_endpoint" "pod_logs" {
  name                = "\${var.cluster_name}-pod-logs"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  description         = "Takes logs of pods; a token of Entra opens it, and nothing else."
  tags                = local.tags
}

resource "azurerm_monitor_data_collection_rule" "pod_logs" {
  name                        = "\${var.cluster_name}-pod-logs"
  resource_group_name         = azurerm_resource_group.main.name
  location                    = var.location
  data_collection_endpoint_id = azurerm_monitor_data_collection_endpoint.pod_logs.id
  tags                        = local.tags

  stream_declaration {
    stream_name = ${STREAM}

    dynamic "column" {
      for_each = local.log_columns

      content {
        name = column.key
        type = column.value
      }
    }
  }

  destinations {
    log_analytics {
      name                  = "workspace"
      workspace_resource_id = azurerm_log_analytics_workspace.main.id
    }
  }

  data_flow {
    streams       = [${STREAM}]
    destinations  = ["workspace"]
    output_stream = "${{ kind: 'expression', code: STREAM }}_CL"
    transform_kql = "source"
  }

  depends_on = [azurerm_resource_group_template_deployment.pod_logs]
}
`;
