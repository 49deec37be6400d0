# Follows ADR-0007 (docs/adr/0007-network-a-network-that-exists.md).
# Where the cluster stands, and how traffic leaves it.

locals {
  # The parts of an id: subscriptions, its id, resourceGroups, its name, and so on.
  node_subnet = split("/", var.node_subnet_id)

  ranges = {
    nodes      = var.node_cidr
    api_server = var.api_server_cidr
  }

  subnets = {
    nodes      = var.node_subnet_id
    api_server = var.api_server_subnet_id
  }
}

# The owner of the network decides what enters and leaves; that somebody did is checked.
data "azurerm_subnet" "nodes" {
  name                 = local.node_subnet[10]
  virtual_network_name = local.node_subnet[8]
  resource_group_name  = local.node_subnet[4]

  lifecycle {
    postcondition {
      condition     = contains(self.address_prefixes, var.node_cidr)
      error_message = "The range of the nodes is not that of their subnet, so network policies would name the wrong one."
    }

    postcondition {
      condition     = self.network_security_group_id != ""
      error_message = "The subnet of the nodes has no network security group, so nothing limits what enters it."
    }

    postcondition {
      condition     = length(setsubtract(["Microsoft.KeyVault", "Microsoft.Storage"], self.service_endpoints)) == 0
      error_message = "The subnet of the nodes needs service endpoints for Microsoft.KeyVault and Microsoft.Storage."
    }

    postcondition {
      condition     = self.route_table_id != ""
      error_message = "The subnet of the nodes has no route table, so traffic would leave it past the firewall."
    }
  }
}

# The cluster puts load balancers, its API server and nodes into these subnets, and may do so nowhere else.
resource "azurerm_user_assigned_identity" "cluster" {
  name                = "${var.cluster_name}-cluster"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "cluster_network" {
  for_each = local.subnets

  scope                = each.value
  role_definition_name = "Network Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}
