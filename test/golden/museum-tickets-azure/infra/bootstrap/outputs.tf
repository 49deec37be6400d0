# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# What the workflows need to know.

output "github_variables" {
  description = "Variables of the GitHub repository that the workflows read: gh variable set NAME --body VALUE"
  value = {
    for name, value in {
      SUBSCRIPTION_ID  = var.subscription_id
      TENANT_ID        = data.azurerm_client_config.current.tenant_id
      PLAN_CLIENT_ID   = azurerm_user_assigned_identity.github["plan"].client_id
      DEPLOY_CLIENT_ID = azurerm_user_assigned_identity.github["deploy"].client_id
      IMAGES_CLIENT_ID = azurerm_user_assigned_identity.github["images"].client_id
      REGISTRY         = azurerm_container_registry.main.name
    } : "${upper(var.environment)}_${name}" => value
  }
}
