# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# The subscription, and names that both folders know.

provider "azurerm" {
  subscription_id                 = var.subscription_id
  resource_provider_registrations = "none"
  storage_use_azuread             = true

  features {
    resource_group {
      prevent_deletion_if_contains_resources = true
    }

    key_vault {
      purge_soft_delete_on_destroy = false
    }
  }
}

locals {
  tags = {
    application = var.name
    environment = var.environment
    managed-by  = "opentofu"
  }

  # What holds data or rights is in the base group, where deployments may do little; what runs is in the other one.
  group      = "${var.name}-${var.environment}"
  base_group = "${local.group}-base"

  # Names that have to be unique in all of Azure end in this.
  unique   = substr(sha256("${var.subscription_id}/${var.name}/${var.environment}"), 0, 18)
  registry = "${replace(var.name, "-", "")}${substr(local.unique, 0, 8)}"

  # A vault has 24 characters: of a longer workload the beginning stands, and what follows is made of all of its name.
  vaults = { for workload in local.workloads : workload => length(workload) <= 11 ? "${workload}-${substr(local.unique, 0, 12)}" : "${trimsuffix(substr(workload, 0, 11), "-")}-${substr(sha256("${local.unique}/${workload}"), 0, 12)}" }
}
