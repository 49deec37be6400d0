/** api.tf: the address of the API, which a load balancer within the network gives to whichever machine answers, and its name there. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Distribution } from '../self-managed/distribution.ts';

export function api({ ports }: Distribution): HclExpression {
  return hcl`
locals {
  # What hosts join by and people ask.
  api_ports = toset(${ports.api.map(String)})
}

resource "azurerm_lb" "api" {
  name                = "\${var.cluster_name}-api"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  sku                 = "Standard"
  tags                = local.tags

  frontend_ip_configuration {
    name                          = "api"
    subnet_id                     = local.host_subnets["1"]
    private_ip_address_allocation = "Dynamic"
    zones                         = local.zones
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_lb_backend_address_pool" "api" {
  name            = "control-plane"
  loadbalancer_id = azurerm_lb.api.id
}

resource "azurerm_network_interface_backend_address_pool_association" "api" {
  for_each = local.control_plane

  network_interface_id    = azurerm_network_interface.host[each.key].id
  ip_configuration_name   = "main"
  backend_address_pool_id = azurerm_lb_backend_address_pool.api.id
}

# Nobody gets an answer without signing in, a probe included: that the port is open has to do.
resource "azurerm_lb_probe" "api" {
  for_each = local.api_ports

  name                = "port-\${each.key}"
  loadbalancer_id     = azurerm_lb.api.id
  protocol            = "Tcp"
  port                = tonumber(each.key)
  interval_in_seconds = 5
  number_of_probes    = 2
}

# A machine never reaches itself by way of the load balancer; api-here on each of the control plane goes the short way (first-boot.yaml).
resource "azurerm_lb_rule" "api" {
  for_each = local.api_ports

  name                           = "port-\${each.key}"
  loadbalancer_id                = azurerm_lb.api.id
  protocol                       = "Tcp"
  frontend_port                  = tonumber(each.key)
  backend_port                   = tonumber(each.key)
  frontend_ip_configuration_name = "api"
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.api.id]
  probe_id                       = azurerm_lb_probe.api[each.key].id
  idle_timeout_in_minutes        = 30
  tcp_reset_enabled              = true
  disable_outbound_snat          = true
}

# The zone is the one name, so that it hides no other of the domain.
resource "azurerm_private_dns_zone" "api" {
  name                = local.settings.API_NAME
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "api" {
  name                  = "cluster"
  resource_group_name   = azurerm_resource_group.main.name
  private_dns_zone_name = azurerm_private_dns_zone.api.name
  virtual_network_id    = local.network_id
  tags                  = local.tags
}

resource "azurerm_private_dns_a_record" "api" {
  name                = "@"
  zone_name           = azurerm_private_dns_zone.api.name
  resource_group_name = azurerm_resource_group.main.name
  ttl                 = 60
  records             = [azurerm_lb.api.frontend_ip_configuration[0].private_ip_address]
  tags                = local.tags
}
`;
}
