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
  description = "Records to create at your DNS provider, two for each host. The TXT record proves the host for its certificate; keep it."
  value = flatten([for domain in azurerm_cdn_frontdoor_custom_domain.main : [
    {
      name = "_dnsauth.\${domain.host_name}."
      type = "TXT"
      data = domain.validation_token
    },
    {
      name = "\${domain.host_name}."
      type = "CNAME"
      data = "\${azurerm_cdn_frontdoor_endpoint.web.host_name}."
    },
  ]])
}
`;

const PRIVATE = hcl`
output "addresses" {
  description = "By service: the name that answers within the network, the host of your own where there is one, and the address that both lead to."
  value = { for name, service in local.services : name => {
    name    = azurerm_container_app.web[name].ingress[0].fqdn
    host    = service.host
    address = azurerm_container_app_environment.main.static_ip_address
  } }
}
`;
