/** Traffic Manager: it asks each region whether it is well, and answers for the shared names with those that are. */

import type { Id } from '../../../content/catalogue.ts';
import { attribute, comment, hcl } from '../../../files/hcl.ts';
import { actionGroup } from '../../azure/action-group.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { domainOf } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { SharedNames } from '../../services.ts';
import { stateAt, TRAFFIC_FOLDER, trafficModule } from './root-module.ts';

const ZEROS = '00000000-0000-0000-0000-000000000000';

export function azureSharedNames(input: ClusterInput, decision: Id): SharedNames {
  const [{ region, regionGiven }] = input.clusters;
  const group = `${input.project.name}-traffic`;
  const files = trafficModule(input, {
    decision,
    cloud: 'Azure',
    provider: 'azurerm',
    backend: BACKEND,
    settings: SETTINGS,
    variables: VARIABLES,
    most: 1000,
    names: NAMES,
    receivers:
      'an https address that takes the common alert schema of Azure, or a mail address, which is asked once whether it agrees.',
    alarms: ALARMS,
    values: [
      comment(`${TOKENS.subscription}: the subscription that the zone lies in.`),
      attribute('subscription_id', ZEROS),
      attribute('resource_group', group),
      ...(regionGiven ? [] : [comment(`${TOKENS.azureRegion}: the project does not name one.`)]),
      comment('Where the group is kept; what lies in it is in no region.'),
      attribute('location', region),
      attribute('dns_zone', domainOf(input)),
      comment(`${TOKENS.dnsGroup}: the resource group that the zone lies in.`),
      attribute('dns_zone_group', 'dns'),
    ],
    state: [
      comment(`${TOKENS.subscription}: as in the values.`),
      attribute('subscription_id', ZEROS),
      attribute('resource_group_name', 'terraform-state'),
      ...stateAt(`${TOKENS.stateAccount}: the storage account that infra/azure-subscription has made.`, {
        storage_account_name: 'stateaccount',
        container_name: 'state',
        key: 'traffic/production.tfstate',
      }),
    ],
  });
  return {
    title: 'Traffic Manager',
    contribution: {
      files,
      checks: [
        {
          decision,
          says: 'Traffic Manager asks every region over HTTPS, by the name of the region.',
          command: `grep -qE 'protocol += "HTTPS"' ${TRAFFIC_FOLDER}/names.tf && grep -q 'name  = "host"' ${TRAFFIC_FOLDER}/names.tf`,
          path: `${TRAFFIC_FOLDER}/names.tf`,
        },
      ],
    },
    asks: 'Traffic Manager asks each region every ten seconds, over HTTPS, at its own name',
    leftOut:
      'a region that fails three times in a row is left out within a minute, and resolvers forget it within another half',
    byHand: ({ name, domain }) =>
      `az network traffic-manager endpoint update --resource-group ${group} --profile-name "$(az network traffic-manager profile list --resource-group ${group} --query "[?tags.domain=='${domain}'].name" --output tsv)" --name ${name} --type externalEndpoints --endpoint-status Disabled`,
  };
}

const BACKEND = hcl`
terraform {
  backend "azurerm" {
    use_azuread_auth = true
  }
}
`;

const SETTINGS = hcl`
provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  features {
    resource_group {
      prevent_deletion_if_contains_resources = true
    }
  }
}

locals {
  tags = {
    environment = "production"
    managed-by  = "terraform"
  }
}

resource "azurerm_resource_group" "main" {
  name     = var.resource_group
  location = var.location
  tags     = local.tags
}
`;

const VARIABLES = hcl`
variable "subscription_id" {
  description = "The only Azure subscription that this state may touch."
  type        = string
}

variable "resource_group" {
  description = "Resource group for what shares requests out."
  type        = string
}

variable "location" {
  description = "Azure region that keeps the list of what is in the group."
  type        = string
}

variable "dns_zone" {
  description = "Zone of Azure DNS that the shared names lie in."
  type        = string
}

variable "dns_zone_group" {
  description = "Resource group that the zone lies in."
  type        = string
}
`;

const NAMES = hcl`
locals {
  domains = toset([for cluster in var.clusters : cluster.domain])
}

# One for each set of regions. The name that Azure gives it has to be the only one of all profiles there are.
resource "azurerm_traffic_manager_profile" "shared" {
  for_each = local.domains

  name                   = "shared-\${substr(sha256(each.key), 0, 8)}"
  resource_group_name    = azurerm_resource_group.main.name
  traffic_routing_method = "Weighted"
  tags                   = merge(local.tags, { domain = each.key })

  dns_config {
    relative_name = "shared-\${substr(sha256("\${var.subscription_id}/\${each.key}"), 0, 16)}"
    ttl           = 30
  }

  monitor_config {
    protocol                     = "HTTPS"
    port                         = 443
    path                         = var.health_path
    interval_in_seconds          = 10
    timeout_in_seconds           = 5
    tolerated_number_of_failures = 2
  }
}

# The name of the region itself, which ExternalDNS writes, and which the gateway goes by when it is asked.
resource "azurerm_traffic_manager_external_endpoint" "region" {
  for_each = var.clusters

  name       = each.key
  profile_id = azurerm_traffic_manager_profile.shared[each.value.domain].id
  target     = "\${each.key}.\${each.value.domain}"
  enabled    = each.value.share > 0
  weight     = max(each.value.share, 1)

  custom_header {
    name  = "host"
    value = "\${each.key}.\${each.value.domain}"
  }
}

resource "azurerm_dns_cname_record" "shared" {
  for_each = local.domains

  name                = each.key == var.dns_zone ? "*" : "*.\${trimsuffix(each.key, ".\${var.dns_zone}")}"
  zone_name           = var.dns_zone
  resource_group_name = var.dns_zone_group
  ttl                 = 300
  record              = azurerm_traffic_manager_profile.shared[each.key].fqdn
  tags                = local.tags
}
`;

const ALARMS = hcl`
${actionGroup('shared-names-alarms')}
resource "azurerm_monitor_metric_alert" "region" {
  for_each = azurerm_traffic_manager_profile.shared

  name                = "\${each.value.name}-region-left-out"
  resource_group_name = azurerm_resource_group.main.name
  scopes              = [each.value.id]
  description         = "A region fails its check and gets no requests: docs/runbooks/lost-region.md"
  severity            = 1
  frequency           = "PT1M"
  window_size         = "PT5M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.Network/trafficManagerProfiles"
    metric_name      = "ProbeAgentCurrentEndpointStateByProfileResourceId"
    aggregation      = "Maximum"
    operator         = "LessThan"
    threshold        = 1

    dimension {
      name     = "EndpointName"
      operator = "Include"
      values   = ["*"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.alarms.id
  }
}
`;
