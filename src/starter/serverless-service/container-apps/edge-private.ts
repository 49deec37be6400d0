/** edge.tf of a service for its own network: names, and the certificate of a domain of one's own. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Settings } from './settings.ts';

export function edgePrivate({ network }: Settings): HclExpression {
  const id = network === 'created' ? hcl`azurerm_virtual_network.main.id` : hcl`local.network_id`;
  const place =
    network === 'created'
      ? hcl``
      : hcl`
locals {
  network_id = join("/", slice(local.environment_subnet, 0, 9))
}
`;
  return hcl`${place}
# The environment's own name and certificate, known in the network and nowhere else.
resource "azurerm_private_dns_zone" "environment" {
  name                = azurerm_container_app_environment.main.default_domain
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "environment" {
  name                  = local.group
  resource_group_name   = local.group
  private_dns_zone_name = azurerm_private_dns_zone.environment.name
  virtual_network_id    = ${id}
  tags                  = local.tags
}

resource "azurerm_private_dns_a_record" "environment" {
  name                = "*"
  resource_group_name = local.group
  zone_name           = azurerm_private_dns_zone.environment.name
  ttl                 = 300
  records             = [azurerm_container_app_environment.main.static_ip_address]
  tags                = local.tags
}

# A domain of your own: its certificate is made and renewed in the key vault of web. Its name, and the host of each
# service, lead to the address of the environment in your own DNS.
resource "azurerm_container_app_environment_certificate" "main" {
  for_each = { for name, service in local.services : name => service if service.certificate != null }

  name                         = replace(each.value.host, ".", "-")
  container_app_environment_id = azurerm_container_app_environment.main.id
  tags                         = local.tags

  certificate_key_vault {
    identity            = data.azurerm_user_assigned_identity.workload["web"].id
    key_vault_secret_id = each.value.certificate
  }

  depends_on = [azurerm_private_endpoint.vault]
}

# A service without a certificate of its own answers with that of the domain, which then names its host as well.
resource "azurerm_container_app_custom_domain" "main" {
  for_each = { for name, service in local.services : name => service if service.host != null }

  name                                     = each.value.host
  container_app_id                         = azurerm_container_app.web[each.key].id
  container_app_environment_certificate_id = azurerm_container_app_environment_certificate.main[each.value.certificate == null ? "web" : each.key].id
  certificate_binding_type                 = "SniEnabled"
}
`;
}
