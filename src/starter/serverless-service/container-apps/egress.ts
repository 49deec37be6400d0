/** egress.tf: the way to the internet, as it was decided. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { ALWAYS, firewall, WITH_DOMAINS } from './firewall.ts';
import type { Egress } from './settings.ts';

/** Null where there is no way, or the proxy is it. */
export function egressFile(egress: Egress): HclExpression | null {
  return FILES[egress];
}

/** In the network's security group: without a firewall behind it, this is allowed for no more than HTTPS. */
const TO_INTERNET = hcl`
  name                        = "internet"
  network_security_group_name = azurerm_network_security_group.environment.name
  resource_group_name         = local.group
  priority                    = 300
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = local.ranges.environment
  source_port_range           = "*"
  destination_address_prefix  = "Internet"
  destination_port_range      = "443"
}
`;

const opened = (head: HclExpression): HclExpression => ({
  kind: 'expression',
  code: `${head.code}${TO_INTERNET.code}`,
});

const NAT = hcl`
# One fixed address for all that leaves, so that others can allow it. Zone-redundant gateways are newer than this
# provider; a gateway without a zone is placed by Azure.
resource "azurerm_public_ip" "nat" {
  name                = "nat"
  location            = var.location
  resource_group_name = local.group
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = ["1", "2", "3"]
  tags                = local.tags
}

resource "azurerm_nat_gateway" "main" {
  name                = local.group
  location            = var.location
  resource_group_name = local.group
  sku_name            = "Standard"
  tags                = local.tags
}

resource "azurerm_nat_gateway_public_ip_association" "main" {
  nat_gateway_id       = azurerm_nat_gateway.main.id
  public_ip_address_id = azurerm_public_ip.nat.id
}

resource "azurerm_subnet_nat_gateway_association" "environment" {
  subnet_id      = azurerm_subnet.environment.id
  nat_gateway_id = azurerm_nat_gateway.main.id
}
`;

const THROUGH_FIREWALL = opened(hcl`
# The firewall decides by name; this lets traffic reach it.
resource "azurerm_network_security_rule" "internet" {
  for_each = azurerm_subnet_route_table_association.environment
`);

const FILES: Readonly<Record<Egress, HclExpression | null>> = {
  'dns-policy': together(firewall(WITH_DOMAINS), THROUGH_FIREWALL),
  'open-nat': together(
    NAT,
    opened(hcl`
# Decided: workloads may call anything on the internet over HTTPS.
resource "azurerm_network_security_rule" "internet" {`),
  ),
  'central-firewall': together(firewall(ALWAYS), THROUGH_FIREWALL),
  proxy: null,
  'no-egress': null,
};
