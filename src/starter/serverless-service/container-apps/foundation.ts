/** versions.tf, providers.tf and backend.tf. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { provider } from '../../release.ts';
import type { Workload } from '../settings.ts';

export function versions(input: StarterInput): HclExpression {
  const azure = provider(input, 'azurerm');
  return hcl`
terraform {
  required_version = ${`>= ${provider(input, 'terraform').version}`}

  required_providers {
    azurerm = {
      source  = ${azure.source}
      version = ${azure.version}
    }
  }
}
`;
}

/** Names that both folders know: infra/bootstrap makes the base, infra/container-apps uses it. */
export const NAMES = hcl`
locals {
  tags = {
    application = var.name
    environment = var.environment
    managed-by  = "opentofu"
  }

  # What holds data or rights is in the base group, where deployments may do little; what runs is in the other one.
  group      = "\${var.name}-\${var.environment}"
  base_group = "\${local.group}-base"

  # Names that have to be unique in all of Azure end in this.
  unique   = substr(sha256("\${var.subscription_id}/\${var.name}/\${var.environment}"), 0, 18)
  registry = "\${replace(var.name, "-", "")}\${substr(local.unique, 0, 8)}"

  # A vault has 24 characters: of a longer workload the beginning stands, and what follows is made of all of its name.
  vaults = { for workload in local.workloads : workload => length(workload) <= 11 ? "\${workload}-\${substr(local.unique, 0, 12)}" : "\${trimsuffix(substr(workload, 0, 11), "-")}-\${substr(sha256("\${local.unique}/\${workload}"), 0, 12)}" }
}
`;

/** A set: those that are always there and, beside web, the services that the values name. */
export function allWorkloads(workloads: readonly Workload[], services: HclExpression): HclExpression {
  return workloads.includes('web') ? hcl`setunion(${workloads}, ${services})` : hcl`toset(${workloads})`;
}

export const PROVIDERS = hcl`
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
`;

export function backend(key: string): HclExpression {
  return hcl`
# The storage account is named at init, so that the same code serves every environment. It takes identities and no keys,
# locks by itself, and keeps every version.
terraform {
  backend "azurerm" {
    container_name   = "state"
    key              = ${`${key}.tfstate`}
    use_azuread_auth = true
  }
}
`;
}
