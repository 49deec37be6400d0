/** Where a load balancer of Azure hands on what it gets at its own address, a rule lets the internet in at two ports. */
import { type HclExpression, hcl, hclCode } from '../../files/hcl.ts';

interface Opening {
  /** A comment. */
  readonly says: string;
  /** Who answers at these ports. */
  readonly who: 'gateway' | 'router';
  /** The guard that the rule belongs to. */
  readonly guard: HclExpression;
}

export function gatewayRule({ says, who, guard }: Opening): HclExpression {
  return hcl`# ${hclCode(says)}
resource "azurerm_network_security_rule" "gateway" {
  # checkov:skip=CKV_AZURE_160: At port 80 the ${hclCode(who)} answers with the way to HTTPS and nothing else.
  name                        = "gateway"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = ${guard}.name
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "Internet"
  destination_port_ranges     = ["80", "443"]
  destination_address_prefix  = "*"
}`;
}
