/** infra/bootstrap: groups, state, logs and audit: what has to be there before a pipeline can run. */
import { hcl } from '../../../files/hcl.ts';
import { keptTables, logWorkspace } from '../../azure/log-workspace.ts';
import { stateAccount, stateContainer } from '../../azure/storage-account.ts';
import type { StarterInput } from '../../part.ts';
import { together } from '../code.ts';

export const BOOTSTRAP_VARIABLES = hcl`
variable "log_retention_days" {
  description = "Days that logs are kept, audit logs too."
  type        = number
  default     = 90

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 730
    error_message = "A workspace keeps logs for 30 to 730 days."
  }
}

variable "github_subject" {
  description = "Beginning of the subject in the tokens of the repository's workflows: repo:OWNER/NAME, or repo:OWNER-ID/NAME-ID for repositories made since June 2026."
  type        = string

  # What a token may say is compared letter by letter, so nothing shorter can match by chance.
  validation {
    condition     = can(regex("^repo:[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$", var.github_subject))
    error_message = "Give the beginning of the subject up to the name of the repository: repo:OWNER/NAME."
  }
}

variable "admin_ranges" {
  description = "Public IPv4 addresses or ranges from which people may reach the key vaults; they still have to sign in."
  type        = list(string)
  default     = []

  validation {
    condition     = !contains(var.admin_ranges, "0.0.0.0/0")
    error_message = "Name addresses, not all of the internet."
  }
}

variable "reader_groups" {
  description = "Object ids of the Entra groups whose members may look at everything but secrets: logs, settings, revisions."
  type        = list(string)
  default     = []
}

variable "secret_writers" {
  description = "Object ids of the Entra groups whose members may write secrets."
  type        = list(string)
  default     = []
}

variable "scan_images" {
  description = "Let Defender for Cloud look for known holes in images. It is set, and paid, for the whole subscription."
  type        = bool
  default     = true
}
`;

export const GROUPS = hcl`
data "azurerm_client_config" "current" {}

# What runs: deployments may change all of it.
resource "azurerm_resource_group" "main" {
  name     = local.group
  location = var.location
  tags     = local.tags
}

# What holds data or rights: deployments may look at it and connect to it.
resource "azurerm_resource_group" "base" {
  name     = local.base_group
  location = var.location
  tags     = local.tags
}
`;

export const STATE = hcl`
# Made by scripts/bootstrap.sh, since this folder's own state lies in it too.
${stateAccount({
  name: hcl`"st\${local.unique}"`,
  group: hcl`azurerm_resource_group.base`,
  beside: hcl`
tags                = local.tags`,
})}

${stateContainer('Reads, writes and deletions go to the workspace (logs.tf).')}
`;

/** Of requests, of containers, and of who did what. */
const TABLES = [
  'AzureActivity',
  'AzureDiagnostics',
  'ContainerAppConsoleLogs',
  'ContainerAppHTTPLogs',
  'ContainerAppSystemLogs',
  'StorageBlobLogs',
];

export const baseLogs = (input: StarterInput) =>
  together(
    LOGS,
    keptTables(
      input,
      TABLES,
      hcl`azurerm_monitor_diagnostic_setting.activity`,
      hcl`var.log_retention_days == 730 ? toset(${TABLES}) : toset([])`,
    ),
  );

const LOGS = hcl`
${logWorkspace({
  name: hcl`local.group`,
  group: hcl`azurerm_resource_group.base`,
  notes: 'Holds audit logs.',
})}

# Who changed what in the subscription, and which policies and alerts followed.
resource "azurerm_monitor_diagnostic_setting" "activity" {
  name                       = local.group
  target_resource_id         = "/subscriptions/\${var.subscription_id}"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  dynamic "enabled_log" {
    for_each = toset(["Administrative", "Security", "Alert", "Policy"])

    content {
      category = enabled_log.value
    }
  }
}

# Who read or wrote the state, an image or a secret.
resource "azurerm_monitor_diagnostic_setting" "audit" {
  for_each = merge(
    {
      state    = "\${azurerm_storage_account.state.id}/blobServices/default"
      registry = azurerm_container_registry.main.id
    },
    { for workload, vault in azurerm_key_vault.workload : "vault-\${workload}" => vault.id },
  )

  name                       = "audit"
  target_resource_id         = each.value
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category_group = "audit"
  }
}
`;

export const BOOTSTRAP_OUTPUTS = hcl`
output "github_variables" {
  description = "Variables of the GitHub repository that the workflows read: gh variable set NAME --body VALUE"
  value = {
    for name, value in {
      SUBSCRIPTION_ID  = var.subscription_id
      TENANT_ID        = data.azurerm_client_config.current.tenant_id
      PLAN_CLIENT_ID   = azurerm_user_assigned_identity.github["plan"].client_id
      DEPLOY_CLIENT_ID = azurerm_user_assigned_identity.github["deploy"].client_id
      IMAGES_CLIENT_ID = azurerm_user_assigned_identity.github["images"].client_id
      REGISTRY         = azurerm_container_registry.main.name
    } : "\${upper(var.environment)}_\${name}" => value
  }
}
`;
