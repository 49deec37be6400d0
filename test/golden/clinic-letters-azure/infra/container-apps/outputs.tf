# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# What to know after an apply.

output "image_repository" {
  description = "Push images here."
  value       = data.azurerm_container_registry.main.login_server
}

output "addresses" {
  description = "By service: the name that answers within the network, the host of your own where there is one, and the address that both lead to."
  value = { for name, service in local.services : name => {
    name    = azurerm_container_app.web[name].ingress[0].fqdn
    host    = service.host
    address = azurerm_container_app_environment.main.static_ip_address
  } }
}
