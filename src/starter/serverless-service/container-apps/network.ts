/** network.tf: subnets, what may enter and leave them, and private endpoints for what the workloads need of Azure. */
import { attributes, block, type HclExpression, type HclValue, hcl, writeHcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Egress, Settings } from './settings.ts';

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
  name                            = "environment"
  resource_group_name             = local.group
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [local.ranges.environment]
  default_outbound_access_enabled = false

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

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly allows: boolean;
  readonly protocol: 'Tcp' | 'Udp' | '*';
  readonly source: string | HclExpression;
  readonly destination: string | HclExpression;
  readonly ports: readonly string[];
  readonly group?: 'endpoints';
}

const ENVIRONMENT = hcl`local.ranges.environment`;
const ENDPOINTS = hcl`local.ranges.endpoints`;

function inbound(): HclExpression {
  return together(
    hcl`
# What enters. Ports are those of the environment's own load balancer and proxies.
`,
    ...(
      [
        {
          name: 'requests',
          priority: 100,
          allows: true,
          protocol: 'Tcp',
          source: 'VirtualNetwork',
          destination: ENVIRONMENT,
          ports: ['443', '31443'],
        },
        {
          name: 'load_balancer',
          priority: 110,
          allows: true,
          protocol: 'Tcp',
          source: 'AzureLoadBalancer',
          destination: ENVIRONMENT,
          ports: ['30000-32767'],
        },
        {
          name: 'within_inbound',
          priority: 120,
          allows: true,
          protocol: '*',
          source: ENVIRONMENT,
          destination: ENVIRONMENT,
          ports: ['*'],
        },
        {
          name: 'deny_inbound',
          priority: 4096,
          allows: false,
          protocol: '*',
          source: '*',
          destination: '*',
          ports: ['*'],
        },
        {
          name: 'endpoints_requests',
          priority: 100,
          allows: true,
          protocol: 'Tcp',
          source: ENVIRONMENT,
          destination: ENDPOINTS,
          ports: ['443'],
          group: 'endpoints',
        },
        {
          name: 'endpoints_deny_inbound',
          priority: 4096,
          allows: false,
          protocol: '*',
          source: '*',
          destination: '*',
          ports: ['*'],
          group: 'endpoints',
        },
      ] satisfies readonly Rule[]
    ).map(rule => securityRule('Inbound', rule)),
  );
}

/** What Container Apps itself needs, by service tag; then what the workloads may reach; then nothing. */
function outbound(egress: Egress): HclExpression {
  const platform: readonly (readonly [name: string, tag: string])[] = [
    ['microsoft_registry', 'MicrosoftContainerRegistry'],
    ['microsoft_registry_edge', 'AzureFrontDoor.FirstParty'],
    ['sign_in', 'AzureActiveDirectory'],
    ['monitor', 'AzureMonitor'],
  ];
  const rules: readonly Rule[] = [
    ...platform.map(
      ([name, tag], index): Rule => ({
        name,
        priority: 100 + index * 10,
        allows: true,
        protocol: 'Tcp',
        source: ENVIRONMENT,
        destination: tag,
        ports: ['443'],
      }),
    ),
    {
      name: 'endpoints',
      priority: 150,
      allows: true,
      protocol: 'Tcp',
      source: ENVIRONMENT,
      destination: ENDPOINTS,
      ports: ['443'],
    },
    {
      name: 'within_outbound',
      priority: 160,
      allows: true,
      protocol: '*',
      source: ENVIRONMENT,
      destination: ENVIRONMENT,
      ports: ['*'],
    },
    {
      name: 'deny_outbound',
      priority: 4096,
      allows: false,
      protocol: '*',
      source: '*',
      destination: '*',
      ports: ['*'],
    },
  ];
  return together(
    hcl`
# What leaves: Azure's own services that the environment needs, and below what is allowed besides.
`,
    ...rules.map(rule => securityRule('Outbound', rule)),
    PRIVATE_RANGES,
    egress === 'proxy' ? TO_PROXY : null,
  );
}

function securityRule(direction: 'Inbound' | 'Outbound', rule: Rule): HclExpression {
  const values: Record<string, HclValue> = {
    name: rule.name.replaceAll('_', '-'),
    network_security_group_name: hcl`azurerm_network_security_group.${
      rule.group === 'endpoints' ? hcl`endpoints` : hcl`environment`
    }.name`,
    resource_group_name: hcl`local.group`,
    priority: rule.priority,
    direction,
    access: rule.allows ? 'Allow' : 'Deny',
    protocol: rule.protocol,
    source_address_prefix: rule.source,
    source_port_range: '*',
    destination_address_prefix: rule.destination,
    ...(rule.ports.length === 1
      ? { destination_port_range: rule.ports[0] ?? '*' }
      : { destination_port_ranges: rule.ports }),
  };
  const code = writeHcl([
    block('resource', ['azurerm_network_security_rule', rule.name], attributes(values)),
  ]);
  return { kind: 'expression', code };
}

const PRIVATE_RANGES = hcl`
resource "azurerm_network_security_rule" "ranges" {
  count = length(var.egress_ranges) > 0 ? 1 : 0

  name                         = "private-ranges"
  network_security_group_name  = azurerm_network_security_group.environment.name
  resource_group_name          = local.group
  priority                     = 200
  direction                    = "Outbound"
  access                       = "Allow"
  protocol                     = "Tcp"
  source_address_prefix        = local.ranges.environment
  source_port_range            = "*"
  destination_address_prefixes = var.egress_ranges
  destination_port_range       = "*"
}
`;

const TO_PROXY = hcl`
resource "azurerm_network_security_rule" "proxy" {
  name                        = "proxy"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 300
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = "\${var.proxy.address}/32"
  destination_port_range      = tostring(var.proxy.port)
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
