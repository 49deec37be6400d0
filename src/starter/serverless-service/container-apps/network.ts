/** network.tf: subnets, what may enter and leave them, and private endpoints for what the workloads need of Azure. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { inbound, outbound } from './security-rules.ts';
import type { Settings } from './settings.ts';

export function network({ network: whose, egress }: Settings): HclExpression {
  return whose === 'created'
    ? together(OWN, inbound(), outbound(egress), ZONES, endpoints(OWN_PLACES))
    : together(EXISTING, endpoints(EXISTING_PLACES));
}

const OWN = hcl`
locals {
  # Half of the range, then two pieces of its second half.
  ranges = {
    environment = cidrsubnet(var.network_cidr, 1, 0)
    endpoints   = cidrsubnet(var.network_cidr, 4, 8)
    firewall    = cidrsubnet(var.network_cidr, 4, 9)
  }
}

resource "azurerm_virtual_network" "main" {
  name                = local.group
  location            = var.location
  resource_group_name = local.group
  address_space       = [var.network_cidr]
  tags                = local.tags
}

resource "azurerm_subnet" "environment" {
  name                 = "environment"
  resource_group_name  = local.group
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = [local.ranges.environment]

  delegation {
    name = "container-apps"

    service_delegation {
      name    = "Microsoft.App/environments"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}

resource "azurerm_subnet" "endpoints" {
  name                              = "endpoints"
  resource_group_name               = local.group
  virtual_network_name              = azurerm_virtual_network.main.name
  address_prefixes                  = [local.ranges.endpoints]
  default_outbound_access_enabled   = false
  private_endpoint_network_policies = "Enabled"
}

resource "azurerm_network_security_group" "environment" {
  name                = "environment"
  location            = var.location
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_network_security_group" "endpoints" {
  name                = "endpoints"
  location            = var.location
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_subnet_network_security_group_association" "environment" {
  subnet_id                 = azurerm_subnet.environment.id
  network_security_group_id = azurerm_network_security_group.environment.id

  depends_on = [azurerm_network_security_rule.deny_inbound, azurerm_network_security_rule.deny_outbound]
}

resource "azurerm_subnet_network_security_group_association" "endpoints" {
  subnet_id                 = azurerm_subnet.endpoints.id
  network_security_group_id = azurerm_network_security_group.endpoints.id
}
`;

const ZONES = hcl`
# Names of the registry and the vaults resolve to their private endpoints.
resource "azurerm_private_dns_zone" "main" {
  for_each = { registry = "privatelink.azurecr.io", vault = "privatelink.vaultcore.azure.net" }

  name                = each.value
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "main" {
  for_each = azurerm_private_dns_zone.main

  name                  = local.group
  resource_group_name   = local.group
  private_dns_zone_name = each.value.name
  virtual_network_id    = azurerm_virtual_network.main.id
  tags                  = local.tags
}
`;

/** The network's owner decides what enters and leaves; that somebody did is checked. */
const EXISTING = hcl`
locals {
  # The parts of an id: subscriptions, its id, resourceGroups, its name, and so on.
  environment_subnet = split("/", var.environment_subnet_id)
}

data "azurerm_subnet" "environment" {
  name                 = local.environment_subnet[10]
  virtual_network_name = local.environment_subnet[8]
  resource_group_name  = local.environment_subnet[4]

  lifecycle {
    postcondition {
      condition     = self.network_security_group_id != ""
      error_message = "The subnet has no network security group, so nothing limits what enters and leaves it."
    }

    postcondition {
      condition     = self.route_table_id != ""
      error_message = "The subnet has no route table, so traffic leaves it past the network's own firewall."
    }
  }
}
`;

interface Places {
  readonly subnet: HclExpression;
  readonly zone: (kind: 'registry' | 'vault') => HclExpression;
  readonly after: HclExpression;
}

const OWN_PLACES: Places = {
  subnet: hcl`azurerm_subnet.endpoints.id`,
  zone: kind => hcl`azurerm_private_dns_zone.main[${kind}].id`,
  after: hcl`

depends_on = [azurerm_private_dns_zone_virtual_network_link.main]`,
};
const EXISTING_PLACES: Places = {
  subnet: hcl`var.endpoint_subnet_id`,
  zone: kind => (kind === 'registry' ? hcl`var.private_zone_ids.registry` : hcl`var.private_zone_ids.vault`),
  after: hcl``,
};

function endpoints({ subnet, zone, after }: Places): HclExpression {
  return hcl`
resource "azurerm_private_endpoint" "registry" {
  name                = "registry"
  location            = var.location
  resource_group_name = local.group
  subnet_id           = ${subnet}
  tags                = local.tags

  private_service_connection {
    name                           = "registry"
    private_connection_resource_id = data.azurerm_container_registry.main.id
    subresource_names              = ["registry"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "registry"
    private_dns_zone_ids = [${zone('registry')}]
  }${after}
}

resource "azurerm_private_endpoint" "vault" {
  for_each = local.workloads

  name                = "vault-\${each.key}"
  location            = var.location
  resource_group_name = local.group
  subnet_id           = ${subnet}
  tags                = local.tags

  private_service_connection {
    name                           = "vault"
    private_connection_resource_id = data.azurerm_key_vault.workload[each.key].id
    subresource_names              = ["vault"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "vault"
    private_dns_zone_ids = [${zone('vault')}]
  }${after}
}
`;
}
