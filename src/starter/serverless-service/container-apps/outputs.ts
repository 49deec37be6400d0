/** outputs.tf: what people and pipelines need to know afterwards. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';

export function outputs({ workloads, exposed }: Settings): HclExpression {
  const web = workloads.includes('web');
  return together(REGISTRY, exposed ? FRONT_DOOR : null, web && !exposed ? PRIVATE : null);
}

const REGISTRY = hcl`
output "image_repository" {
  description = "Push images here."
  value       = data.azurerm_container_registry.main.login_server
}
`;

const FRONT_DOOR = hcl`
output "dns_records" {
  description = "Records to create at your DNS provider. The first proves the domain for the certificate; keep it."
  value = [
    {
      name = "_dnsauth.\${var.domain}."
      type = "TXT"
      data = azurerm_cdn_frontdoor_custom_domain.main.validation_token
    },
    {
      name = "\${var.domain}."
      type = "CNAME"
      data = "\${azurerm_cdn_frontdoor_endpoint.web.host_name}."
    },
  ]
}
`;

const PRIVATE = hcl`
output "addresses" {
  description = "The name that answers within the network, and the address that a name of your own leads to."
  value = {
    name    = azurerm_container_app.web.ingress[0].fqdn
    address = azurerm_container_app_environment.main.static_ip_address
  }
}
`;
