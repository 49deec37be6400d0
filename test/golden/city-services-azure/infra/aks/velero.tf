# Follows ADR-0006 (docs/adr/0006-backup-velero.md).
# The container of the backups, and snapshots of the disks of this cluster.

resource "azurerm_user_assigned_identity" "velero" {
  name                = "${var.cluster_name}-velero"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "velero" {
  name                = "velero"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.velero.id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:velero:velero"
}

resource "azurerm_storage_container" "backups" {
  # checkov:skip=CKV2_AZURE_21: Reads and writes of a component's own data; who changed the account is in the activity log.
  name                  = "backups"
  storage_account_id    = azurerm_storage_account.main.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_role_assignment" "velero" {
  scope                = azurerm_storage_container.backups.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.velero.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_definition" "velero_copies" {
  name        = "${var.cluster_name}-copy-disks"
  scope       = local.cluster.node_group_id
  description = "Copies and restores the disks of one cluster."

  permissions {
    actions = [
      "Microsoft.Compute/disks/beginGetAccess/action",
      "Microsoft.Compute/disks/endGetAccess/action",
      "Microsoft.Compute/disks/read",
      "Microsoft.Compute/disks/write",
      "Microsoft.Compute/snapshots/delete",
      "Microsoft.Compute/snapshots/read",
      "Microsoft.Compute/snapshots/write",
    ]
  }

  assignable_scopes = [local.cluster.node_group_id]
}

resource "azurerm_role_assignment" "velero_copies" {
  scope              = local.cluster.node_group_id
  role_definition_id = azurerm_role_definition.velero_copies.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.velero.principal_id
  principal_type     = "ServicePrincipal"
}
