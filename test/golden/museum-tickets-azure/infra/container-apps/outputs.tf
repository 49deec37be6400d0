# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# What to know after an apply.

output "image_repository" {
  description = "Push images here."
  value       = data.azurerm_container_registry.main.login_server
}

output "dns_records" {
  description = "Records to create at your DNS provider, two for each host. The TXT record proves the host for its certificate; keep it."
  value = flatten([for domain in azurerm_cdn_frontdoor_custom_domain.main : [
    {
      name = "_dnsauth.${domain.host_name}."
      type = "TXT"
      data = domain.validation_token
    },
    {
      name = "${domain.host_name}."
      type = "CNAME"
      data = "${azurerm_cdn_frontdoor_endpoint.web.host_name}."
    },
  ]])
}
