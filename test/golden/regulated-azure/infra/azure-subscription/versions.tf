# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Applied once per subscription, by a person, with state in this folder; afterwards the state is moved into the account (docs/runbooks/bootstrap.md).

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "4.55.0"
    }
  }
}

provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  features {}
}

data "azurerm_client_config" "current" {}
