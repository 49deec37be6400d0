# Follows ADR-0009 (docs/adr/0009-outbound-traffic-open-through-nat.md).
# The way to the internet.

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

# Decided: workloads may call anything on the internet over HTTPS.
resource "azurerm_network_security_rule" "internet" {
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
