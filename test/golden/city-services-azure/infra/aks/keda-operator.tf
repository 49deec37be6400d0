# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# KEDA may ask how much waits, and nothing else.

resource "azurerm_user_assigned_identity" "keda_operator" {
  name                = "${var.cluster_name}-keda-operator"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "keda_operator" {
  name                = "keda-operator"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.keda_operator.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:keda:keda-operator"
}

resource "azurerm_role_definition" "keda_operator" {
  name        = "${var.cluster_name}-ask-for-length"
  scope       = azurerm_resource_group.main.id
  description = "Looks at queues of one namespace, and takes no message."

  permissions {
    actions = ["Microsoft.ServiceBus/namespaces/queues/read"]
  }

  assignable_scopes = [azurerm_resource_group.main.id]
}

resource "azurerm_role_assignment" "keda_operator" {
  scope              = azurerm_servicebus_namespace.main.id
  role_definition_id = azurerm_role_definition.keda_operator.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.keda_operator.principal_id
  principal_type     = "ServicePrincipal"
}
