/** The rules of the security groups: what enters a subnet, what leaves it, and nothing else. */
import { attributes, block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Egress } from './settings.ts';

export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  readonly protocol: 'Tcp' | '*';
  readonly source: string | HclExpression;
  readonly destination: string | HclExpression;
  readonly ports: readonly [string, ...string[]];
}

/** The two subnets. */
export const ENVIRONMENT = hcl`local.ranges.environment`;
export const ENDPOINTS = hcl`local.ranges.endpoints`;

const tcp = (
  name: string,
  priority: number,
  source: Rule['source'],
  destination: Rule['destination'],
  ...ports: Rule['ports']
): Rule => ({ name, priority, access: 'Allow', protocol: 'Tcp', source, destination, ports });

const within = (name: string, priority: number): Rule => ({
  ...tcp(name, priority, ENVIRONMENT, ENVIRONMENT, '*'),
  protocol: '*',
});

const nothingElse = (name: string): Rule => ({
  name,
  priority: 4096,
  access: 'Deny',
  protocol: '*',
  source: '*',
  destination: '*',
  ports: ['*'],
});

/** Without which an environment does not work: what enters each subnet, and what leaves that of the environment, by service tag. */
export const NEEDED = {
  inbound: [
    tcp('requests', 100, 'VirtualNetwork', ENVIRONMENT, '443', '31443'),
    tcp('load_balancer', 110, 'AzureLoadBalancer', ENVIRONMENT, '30000-32767'),
    within('within_inbound', 120),
  ],
  endpoints: [tcp('endpoints_requests', 100, ENVIRONMENT, ENDPOINTS, '443')],
  outbound: [
    tcp('microsoft_registry', 100, ENVIRONMENT, 'MicrosoftContainerRegistry', '443'),
    tcp('microsoft_registry_edge', 110, ENVIRONMENT, 'AzureFrontDoor.FirstParty', '443'),
    tcp('sign_in', 120, ENVIRONMENT, 'AzureActiveDirectory', '443'),
    tcp('monitor', 130, ENVIRONMENT, 'AzureMonitor', '443'),
    tcp('endpoints', 150, ENVIRONMENT, ENDPOINTS, '443'),
    within('within_outbound', 160),
  ],
} as const;

export function inbound(): HclExpression {
  return together(
    hcl`# What enters. Ports are those of the environment's own load balancer and proxies.`,
    ...[...NEEDED.inbound, nothingElse('deny_inbound')].map(rule =>
      securityRule('environment', 'Inbound', rule),
    ),
    ...[...NEEDED.endpoints, nothingElse('endpoints_deny_inbound')].map(rule =>
      securityRule('endpoints', 'Inbound', rule),
    ),
  );
}

/** What Container Apps itself needs, by service tag; then what the workloads may reach; then nothing. */
export function outbound(egress: Egress): HclExpression {
  return together(
    hcl`# What leaves: Azure's own services that the environment needs, and what is allowed besides.`,
    ...[...NEEDED.outbound, nothingElse('deny_outbound')].map(rule =>
      securityRule('environment', 'Outbound', rule),
    ),
    PRIVATE_RANGES,
    egress === 'proxy' ? TO_PROXY : null,
  );
}

function securityRule(
  group: 'environment' | 'endpoints',
  direction: 'Inbound' | 'Outbound',
  { name, priority, access, protocol, source, destination, ports }: Rule,
): HclExpression {
  const groups = {
    environment: hcl`azurerm_network_security_group.environment.name`,
    endpoints: hcl`azurerm_network_security_group.endpoints.name`,
  };
  const [port, ...more] = ports;
  const values = attributes({
    name: name.replaceAll('_', '-'),
    network_security_group_name: groups[group],
    resource_group_name: hcl`local.group`,
    priority,
    direction,
    access,
    protocol,
    source_address_prefix: source,
    source_port_range: '*',
    destination_address_prefix: destination,
    ...(more.length === 0 ? { destination_port_range: port } : { destination_port_ranges: ports }),
  });
  const code = writeHcl([block('resource', ['azurerm_network_security_rule', name], values)]);
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
