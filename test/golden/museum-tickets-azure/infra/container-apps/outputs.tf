# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# What to know after an apply.

output "image_repository" {
  description = "Push images here."
  value       = data.azurerm_container_registry.main.login_server
}

output "dns_records" {
  description = "Records to create at your DNS provider. The first proves the domain for the certificate; keep it."
  value = [
    {
      name = "_dnsauth.${var.domain}."
      type = "TXT"
      data = azurerm_cdn_frontdoor_custom_domain.main.validation_token
    },
    {
      name = "${var.domain}."
      type = "CNAME"
      data = "${azurerm_cdn_frontdoor_endpoint.web.host_name}."
    },
  ]
}
