/** metrics.tf: Azure Monitor keeps what the agent of the cluster measures; the agent writes as Prometheus does. */
import type { Id } from '../../../../content/catalogue.ts';
import { hcl } from '../../../../files/hcl.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import type { Contribution } from '../../../contribution.ts';
import { together } from '../../../serverless-service/code.ts';
import type { MetricsService, RuleFile } from '../../../services.ts';
import { terraformText } from '../../../terraform.ts';
import { signInByGroups } from '../people.ts';
import { isProxied } from '../proxy.ts';
import { assigned, give } from '../rights.ts';
import { folderOf } from '../title.ts';
import { metricRules } from './metric-rules.ts';

export function aksMetrics(input: ClusterInput): MetricsService {
  return {
    title: 'the managed Prometheus of Azure Monitor',
    sink: sink(input),
    environment: {
      METRICS_URL:
        '${METRICS_ENDPOINT}/dataCollectionRules/${METRICS_RULE}/streams/Microsoft-PrometheusMetrics/api/v1/write?api-version=2023-04-24',
    },
    rights: give(input, 'The agent of the metrics writes by one rule, into one workspace.', label =>
      assigned(label, hcl`azurerm_monitor_data_collection_rule.metrics.id`, 'Monitoring Metrics Publisher'),
    ),
    beside: decision => workspace(input, decision),
    rules: (decision: Id, rules: readonly RuleFile[]): Contribution => ({
      files: new Map([
        [
          `${folderOf(input)}/metric-rules.tf`,
          terraformText(
            input,
            decision,
            'The rules that stand in Git as objects, judged where the metrics are, and who hears of them.',
            metricRules(rules),
          ),
        ],
      ]),
    }),
  };
}

function workspace(input: ClusterInput, decision: Id): Contribution {
  const path = `${folderOf(input)}/metrics.tf`;
  return {
    files: new Map([
      [
        path,
        terraformText(
          input,
          decision,
          'Where metrics are kept for eighteen months. The agent reads the monitors in Git; the add-on of Azure would read a kind of monitor that only Azure knows.',
          together(WORKSPACE, signInByGroups(input) ? READERS : null),
        ),
      ],
    ]),
    checks: [
      {
        decision,
        says: 'The metrics of a cluster are kept in a workspace that nobody removes by accident.',
        command: `grep -qE '^ +prevent_destroy += true$' ${path}`,
        path,
      },
      {
        decision,
        says: 'A cluster that falls silent raises an alarm outside of it.',
        command: `grep -q 'absent(up{' ${folderOf(input)}/metric-rules.tf`,
        path: `${folderOf(input)}/metric-rules.tf`,
      },
    ],
    nextSteps: [
      'Look at the metrics in the portal of Azure: *Azure Monitor*, *Dashboards with Grafana*, with the workspace of the cluster as the source. A Grafana of its own (`azurerm_dashboard_grafana`) costs extra and is worth it for data from outside Azure.',
    ],
  };
}

const URL = 'url = sys.env("METRICS_URL")';
const BY_PROXY = `url                    = sys.env("METRICS_URL")
    proxy_from_environment = true`;

/** Unlike other exporters this one asks the environment for a proxy only when it is told to. */
const sink = (input: ClusterInput) => `prometheus.remote_write "store" {
  endpoint {
    ${isProxied(input) ? BY_PROXY : URL}

    azuread {
      workload_identity {
        client_id       = sys.env("AZURE_CLIENT_ID")
        tenant_id       = sys.env("AZURE_TENANT_ID")
        token_file_path = sys.env("AZURE_FEDERATED_TOKEN_FILE")
      }
    }

    queue_config {
      max_samples_per_send = 1000
      max_shards           = 50
    }
  }
}
`;

const WORKSPACE = hcl`
resource "azurerm_monitor_workspace" "main" {
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "metrics" {
  name       = "keep"
  scope      = azurerm_monitor_workspace.main.id
  lock_level = "CanNotDelete"
  notes      = "Holds the metrics, and with them what an error budget is counted from."
}

# Where the agent writes to, and where from there it goes.
resource "azurerm_monitor_data_collection_endpoint" "metrics" {
  name                = "\${var.cluster_name}-metrics"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  description         = "Takes what the agent of the cluster measures; a token of Entra opens it, and nothing else."
  tags                = local.tags
}

resource "azurerm_monitor_data_collection_rule" "metrics" {
  name                        = "\${var.cluster_name}-metrics"
  resource_group_name         = azurerm_resource_group.main.name
  location                    = var.location
  data_collection_endpoint_id = azurerm_monitor_data_collection_endpoint.metrics.id
  tags                        = local.tags

  destinations {
    monitor_account {
      name               = "workspace"
      monitor_account_id = azurerm_monitor_workspace.main.id
    }
  }

  data_flow {
    streams      = ["Microsoft-PrometheusMetrics"]
    destinations = ["workspace"]
  }

  data_sources {
    prometheus_forwarder {
      name    = "agent"
      streams = ["Microsoft-PrometheusMetrics"]
    }
  }
}
`;

const READERS = hcl`
# Reading the API of the workspace, which dashboards ask.
resource "azurerm_role_assignment" "metrics_readers" {
  for_each = { for name, id in var.groups : name => id if name != "break_glass" }

  scope                = azurerm_monitor_workspace.main.id
  role_definition_name = "Monitoring Data Reader"
  principal_id         = each.value
  principal_type       = "Group"
}
`;
