/** The one way out of a network that leads to the firewall of the house; who takes it is said beside it. */
import { hcl } from '../../files/hcl.ts';

export const FIREWALL_ROUTE = hcl`
resource "azurerm_route_table" "nodes" {
  name                          = "\${var.cluster_name}-nodes"
  resource_group_name           = azurerm_resource_group.main.name
  location                      = var.location
  bgp_route_propagation_enabled = false
  tags                          = local.tags
}

resource "azurerm_route" "firewall" {
  name                   = "firewall"
  resource_group_name    = azurerm_resource_group.main.name
  route_table_name       = azurerm_route_table.nodes.name
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = var.firewall_address
}
`;
