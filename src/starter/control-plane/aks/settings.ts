/** versions.tf, backend.tf, providers.tf and variables.tf of the root module of a cluster in Azure. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { asksForZone } from '../../dns-and-certificates/zone.ts';
import { pickOf } from '../../picks.ts';
import { provider } from '../../release.ts';
import { terraformText } from '../../terraform.ts';
import { folderOf } from './title.ts';

export function settings(input: ClusterInput, variables: HclExpression): FileTree {
  const write = (says: string, code: HclExpression) => terraformText(input, 'control-plane', says, code);
  return new Map([
    [
      `${folderOf(input)}/versions.tf`,
      write('Exact versions: an upgrade is a change that is reviewed.', versions(input)),
    ],
    [
      `${folderOf(input)}/backend.tf`,
      write(
        'State lies in a container whose blobs lock themselves; which one is said by the .tfbackend file of the cluster.',
        BACKEND,
      ),
    ],
    [
      `${folderOf(input)}/providers.tf`,
      write('The subscription is part of what is reviewed, not of who runs it.', providers(input)),
    ],
    [`${folderOf(input)}/variables.tf`, write('One set of values per cluster lies in envs/.', variables)],
  ]);
}

function versions(input: ClusterInput): HclExpression {
  const azurerm = provider(input, 'azurerm');
  return hcl`
terraform {
  required_version = ${`>= ${provider(input, 'terraform').version}`}

  required_providers {
    azurerm = {
      source  = ${azurerm.source}
      version = ${azurerm.version}
    }
  }
}
`;
}

const BACKEND = hcl`
terraform {
  backend "azurerm" {
    use_azuread_auth = true
  }
}
`;

/** What a subscription offers only once it was asked for, and the provider does not ask for by itself. */
const OFFERS: readonly (readonly [decision: string, pick: string, offers: readonly string[]])[] = [
  [
    'backup',
    'provider-backup',
    ['Microsoft.AlertsManagement', 'Microsoft.DataProtection', 'Microsoft.KubernetesConfiguration'],
  ],
  ['metrics', 'managed-metrics', ['Microsoft.AlertsManagement', 'Microsoft.Monitor']],
];

function providers(input: ClusterInput): HclExpression {
  const { stack } = input;
  const asked = OFFERS.flatMap(([decision, pick, offers]) =>
    pickOf(stack, decision) === pick ? offers : [],
  );
  const offers = [...new Set(asked)].sort();
  const registered =
    offers.length === 0
      ? hcl``
      : hcl`

# Services of Azure that a subscription offers only once it was asked for them.
resource_providers_to_register = ${offers}`;
  return hcl`
provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true${registered}

  features {
    resource_group {
      prevent_deletion_if_contains_resources = true
    }

    # The storage account has no keys and answers the cluster alone.
    storage {
      data_plane_available = false
    }
  }
}

data "azurerm_client_config" "current" {}

locals {
  tags = {
    cluster     = var.cluster_name
    environment = var.environment
    managed-by  = "terraform"
  }
${asksForZone(input) ? ZONE : NO_ZONE}

resource "azurerm_resource_group" "main" {
  name     = var.cluster_name
  location = var.location
  tags     = local.tags
}
`;
}

const NO_ZONE = hcl`}`;
const ZONE = hcl`
  dns_zone_group = "/subscriptions/\${var.subscription_id}/resourceGroups/\${var.dns_zone_group}"
  dns_zone       = "\${local.dns_zone_group}/providers/Microsoft.Network/dnsZones/\${var.dns_zone}"
}

output "dns_zone_id" {
  description = "Zone that the cluster's names lie in."
  value       = local.dns_zone
}`;
