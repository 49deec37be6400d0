# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# What to know after an apply.

output "image_repository" {
  description = "Push images here."
  value       = data.azurerm_container_registry.main.login_server
}

output "addresses" {
  description = "The name that answers within the network, and the address that a name of your own leads to."
  value = {
    name    = azurerm_container_app.web.ingress[0].fqdn
    address = azurerm_container_app_environment.main.static_ip_address
  }
}
