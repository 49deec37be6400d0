/** environment.tf: the Container Apps environment, and where its logs go. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { sharedEnvironment } from './containers.ts';
import type { Settings } from './settings.ts';

export function environment(settings: Settings): HclExpression {
  return together(containerApps(settings), LOGS, sharedEnvironment(settings));
}

function containerApps({ network, profile, exposed, workloads }: Settings): HclExpression {
  const subnet =
    network === 'created' ? hcl`azurerm_subnet.environment.id` : hcl`data.azurerm_subnet.environment.id`;
  const dedicated = hcl`

workload_profile {
  name                  = ${profile.name}
  workload_profile_type = ${profile.type}
  minimum_count         = 3
  maximum_count         = 10
}`;
  const certificates = hcl`

# Reads the certificate of the domain from the key vault.
identity {
  type         = "UserAssigned"
  identity_ids = [data.azurerm_user_assigned_identity.workload["web"].id]
}`;
  const none = hcl``;
  return hcl`
resource "azurerm_container_app_environment" "main" {
  name                               = local.group
  location                           = var.location
  resource_group_name                = local.group
  infrastructure_resource_group_name = "\${local.group}-managed"
  infrastructure_subnet_id           = ${subnet}
  tags                               = local.tags

  # No address on the internet: what comes from there comes through a private link or not at all.
  internal_load_balancer_enabled = true
  public_network_access          = "Disabled"

  # Over the zones of the region. Neither this nor the subnet can be changed later.
  zone_redundancy_enabled = true

  # To Log Analytics by diagnostic setting, with an identity and without the workspace's key.
  logs_destination = "azure-monitor"

  workload_profile {
    name                  = "Consumption"
    workload_profile_type = "Consumption"
  }${profile.name === 'Consumption' ? none : dedicated}${!exposed && workloads.includes('web') ? certificates : none}

  lifecycle {
    prevent_destroy = true
  }${network === 'created' ? CREATED_AFTER : none}
}
`;
}

const CREATED_AFTER = hcl`

depends_on = [azurerm_subnet_network_security_group_association.environment]`;

const LOGS = hcl`
locals {
  # By its name and not looked up, since that would bring its keys into the state.
  workspace_id = "/subscriptions/\${var.subscription_id}/resourceGroups/\${local.base_group}/providers/Microsoft.OperationalInsights/workspaces/\${local.group}"
}

resource "azurerm_monitor_diagnostic_setting" "environment" {
  name                           = "logs"
  target_resource_id             = azurerm_container_app_environment.main.id
  log_analytics_workspace_id     = local.workspace_id
  log_analytics_destination_type = "Dedicated"

  enabled_log {
    category = "ContainerAppConsoleLogs"
  }

  enabled_log {
    category = "ContainerAppSystemLogs"
  }

  # One record per request: method, path, status, duration, revision, and the address of the client.
  enabled_log {
    category = "ContainerAppHTTPLogs"
  }
}
`;
