# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# The queue of a worker, where what failed five times is set aside, and the right to take work from it.

resource "azurerm_user_assigned_identity" "demo_worker" {
  name                = "${var.cluster_name}-demo-worker"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "demo_worker" {
  name                = "demo-worker"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.demo_worker.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:demo:demo-worker"
}

resource "azurerm_servicebus_namespace" "main" {
  # checkov:skip=CKV_AZURE_199: Encrypted with Microsoft's keys; a second layer is for rules that ask for one.
  # checkov:skip=CKV_AZURE_201: As CKV_AZURE_199.
  # checkov:skip=CKV_AZURE_202: The namespace itself reads nothing, so it needs no identity.
  # checkov:skip=CKV_AZURE_204: Identities decide and there are no keys; a private endpoint takes the tier Premium.
  # Unique in all of Azure.
  name                = "sb-${substr(sha256("${var.subscription_id}/${var.cluster_name}"), 0, 12)}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  sku                 = "Standard"
  local_auth_enabled  = false
  minimum_tls_version = "1.2"
  tags                = local.tags
}

# A message that is being worked on is locked, or another worker takes it as well; five minutes are the longest lock there is.
resource "azurerm_servicebus_queue" "demo_worker" {
  name                                 = "demo-worker"
  namespace_id                         = azurerm_servicebus_namespace.main.id
  lock_duration                        = "PT5M"
  max_delivery_count                   = 5
  default_message_ttl                  = "P4D"
  dead_lettering_on_message_expiration = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_monitor_metric_alert" "demo_worker_failed" {
  name                = "${var.cluster_name}-demo-worker-failed"
  resource_group_name = azurerm_resource_group.main.name
  scopes              = [azurerm_servicebus_namespace.main.id]
  description         = "Work was accepted and could not be done: docs/runbooks/work-waits.md"
  severity            = 1
  frequency           = "PT5M"
  window_size         = "PT5M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.ServiceBus/namespaces"
    metric_name      = "DeadletteredMessages"
    aggregation      = "Maximum"
    operator         = "GreaterThan"
    threshold        = 0

    dimension {
      name     = "EntityName"
      operator = "Include"
      values   = [azurerm_servicebus_queue.demo_worker.name]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.alarms.id
  }
}

resource "azurerm_role_assignment" "demo_worker" {
  scope                = azurerm_servicebus_queue.demo_worker.id
  role_definition_name = "Azure Service Bus Data Receiver"
  principal_id         = azurerm_user_assigned_identity.demo_worker.principal_id
  principal_type       = "ServicePrincipal"
}
