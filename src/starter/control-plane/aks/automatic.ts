/** cluster.tf of AKS Automatic: Azure runs the nodes too, so what is left are the network, the windows and who gets in. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { together } from '../../serverless-service/code.ts';
import { automaticTemplate } from './automatic-template.ts';
import { networkReady } from './network.ts';

export function automaticCluster(input: ClusterInput): HclExpression {
  return together(FACTS, automaticTemplate(input), deployment(input), LOCK);
}

const FACTS = hcl`
locals {
  zones = ["1", "2", "3"]

  # What other files need to know of the cluster.
  cluster = {
    id                = data.azurerm_kubernetes_cluster.main.id
    name              = data.azurerm_kubernetes_cluster.main.name
    node_group        = data.azurerm_kubernetes_cluster.main.node_resource_group
    node_group_id     = data.azurerm_kubernetes_cluster.main.node_resource_group_id
    oidc_issuer_url   = data.azurerm_kubernetes_cluster.main.oidc_issuer_url
    kubelet_object_id = data.azurerm_kubernetes_cluster.main.kubelet_identity[0].object_id
  }

  is_private = length(var.api_allowed_cidrs) == 0
}
`;

function deployment(input: ClusterInput): HclExpression {
  return hcl`
# This version of the provider has no resource for Automatic, so the cluster is made by a template of Azure. A plan shows
# what the template would change; what somebody changed by hand it shows only where a postcondition below looks for it.
resource "azurerm_resource_group_template_deployment" "cluster" {
  name                = "cluster"
  resource_group_name = azurerm_resource_group.main.name
  deployment_mode     = "Incremental"
  tags                = local.tags

  template_content = jsonencode({
    "$schema"      = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    contentVersion = "1.0.0.0"
    resources      = concat([local.automatic_cluster], local.maintenance_configurations)
  })

  lifecycle {
    prevent_destroy = true
  }

  depends_on = ${networkReady(input)}
}

data "azurerm_kubernetes_cluster" "main" {
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name

  lifecycle {
    postcondition {
      condition     = self.network_profile[0].network_policy == "cilium"
      error_message = "The cluster does not enforce network policies any more."
    }

    postcondition {
      condition     = startswith(self.current_kubernetes_version, "\${var.kubernetes_version}.")
      error_message = "Azure has raised the minor: see that every component supports it, then write it into kubernetes_version."
    }

    postcondition {
      condition     = self.private_cluster_enabled == (length(var.api_allowed_cidrs) == 0)
      error_message = "Somebody has changed by hand who may reach the API."
    }

    postcondition {
      condition     = self.oidc_issuer_enabled && self.azure_active_directory_role_based_access_control[0].azure_rbac_enabled
      error_message = "People or pods could no longer prove who they are."
    }
  }

  depends_on = [azurerm_resource_group_template_deployment.cluster]
}
`;
}

const LOCK = hcl`
# Deletion begins with a pull request that takes this away.
resource "azurerm_management_lock" "cluster" {
  name       = "keep"
  scope      = local.cluster.id
  lock_level = "CanNotDelete"
  notes      = "Deleting the cluster begins with a pull request that takes this away."
}

# Entra alone decides who may do what in this mode; these groups may do everything.
resource "azurerm_role_assignment" "admins" {
  for_each = toset(var.admin_group_ids)

  scope                = local.cluster.id
  role_definition_name = "Azure Kubernetes Service RBAC Cluster Admin"
  principal_id         = each.value
  principal_type       = "Group"
}
`;
