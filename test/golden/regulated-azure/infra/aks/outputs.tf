# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# cluster_vars is what scripts/fill-cluster-vars.sh writes into clusters/<name>/variables/cluster-vars.yaml; scripts/bootstrap.sh compares them.

output "cluster_name" {
  description = "Name of the cluster, and of its resource group."
  value       = local.cluster.name
}

output "zones" {
  description = "Zones that nodes spread over."
  value       = local.zones
}

output "dns_zone" {
  description = "Zone in Azure DNS that the cluster's names lie in, by its id."
  value       = local.dns_zone
}

output "cluster_vars" {
  description = "What is put into manifests."
  value = {
    API_SERVER_CIDR            = local.ranges.api_server
    CLIENT_ID_CERT_MANAGER     = azurerm_user_assigned_identity.cert_manager.client_id
    CLIENT_ID_DEMO_WORKER      = azurerm_user_assigned_identity.demo_worker.client_id
    CLIENT_ID_EXTERNAL_DNS     = azurerm_user_assigned_identity.external_dns.client_id
    CLIENT_ID_KEDA_OPERATOR    = azurerm_user_assigned_identity.keda_operator.client_id
    CLIENT_ID_RATIFY           = azurerm_user_assigned_identity.ratify.client_id
    CLIENT_ID_TEMPO            = azurerm_user_assigned_identity.tempo.client_id
    CLUSTER_NAME               = local.cluster.name
    DNS_ZONE                   = var.dns_zone
    DNS_ZONE_GROUP             = var.dns_zone_group
    ENVIRONMENT                = var.environment
    KUBERNETES_SERVICE_ADDRESS = cidrhost(var.service_cidr, 1)
    NODE_CIDR                  = local.ranges.nodes
    QUEUE_NAMESPACE            = azurerm_servicebus_namespace.main.name
    REGISTRY                   = "${local.registry_name}.azurecr.io"
    STORAGE_ACCOUNT            = azurerm_storage_account.main.name
    SUBSCRIPTION_ID            = var.subscription_id
    TENANT_ID                  = data.azurerm_client_config.current.tenant_id
  }
}
