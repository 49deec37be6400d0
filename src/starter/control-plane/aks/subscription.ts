/** infra/azure-subscription: what a subscription needs once, before its first cluster: state, and an identity that pipelines plan with. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { stateAccount, stateContainer } from '../../azure/storage-account.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { repositoryPath } from '../../names.ts';
import { pickOf } from '../../picks.ts';
import { provider } from '../../release.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';

export const SUBSCRIPTION_FOLDER = 'infra/azure-subscription';

export function subscription(input: ClusterInput): FileTree {
  const write = (says: string, code: HclExpression) => terraformText(input, 'control-plane', says, code);
  return new Map([
    [
      `${SUBSCRIPTION_FOLDER}/versions.tf`,
      write(
        'Applied once per subscription, by a person, with state in this folder; afterwards the state is moved into the account (docs/runbooks/bootstrap.md).',
        versions(input),
      ),
    ],
    [`${SUBSCRIPTION_FOLDER}/variables.tf`, write('Values of one subscription.', variables(input))],
    [
      `${SUBSCRIPTION_FOLDER}/state.tf`,
      write(
        'State holds addresses and names of everything: private, without keys, and every version kept for a month.',
        STATE,
      ),
    ],
    [
      `${SUBSCRIPTION_FOLDER}/pipeline.tf`,
      write(
        'Pipelines prove who they are by a token of GitHub; there is no key to lose. The identity reads and never changes.',
        pickOf(input.stack, 'control-plane') === 'self-managed'
          ? together(PLANS, OUTPUTS)
          : together(PLANS, LOOKS_AT_CLUSTERS, OUTPUTS),
      ),
    ],
  ]);
}

function versions(input: ClusterInput): HclExpression {
  const azurerm = provider(input, 'azurerm');
  return hcl`
terraform {
  required_version = ${`>= ${provider(input, 'terraform').version}`}

  required_providers {
    azurerm = {
      source  = ${azurerm.source}
      version = ${azurerm.version}
    }
  }
}

provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  features {}
}

data "azurerm_client_config" "current" {}
`;
}

function variables(input: ClusterInput): HclExpression {
  return hcl`
variable "subscription_id" {
  description = "The only Azure subscription that this state may touch."
  type        = string
}

variable "location" {
  description = "Region of the state."
  type        = string
  default     = ${input.clusters[0].region}
}

variable "repository" {
  description = "GitHub repository whose pipelines may plan: OWNER/NAME, or OWNER@NUMBER/NAME@NUMBER where GitHub names it so in its tokens, as it does for repositories made since July 2026."
  type        = string
  default     = ${repositoryPath(input)}
}
`;
}

const STATE = hcl`
resource "azurerm_resource_group" "state" {
  name     = "terraform-state"
  location = var.location
}

${stateAccount({
  name: hcl`"st\${substr(sha256(var.subscription_id), 0, 12)}"`,
  group: hcl`azurerm_resource_group.state`,
  beside: hcl``,
})}

# A blob is leased while a run holds it: that is the lock.
${stateContainer('Who reads state is seen where the organisation keeps its activity log; nothing secret is in it.')}

# Whoever applies this goes on with the clusters, and without keys has to be let in by name.
resource "azurerm_role_assignment" "state_owner" {
  scope                = azurerm_storage_container.state.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = data.azurerm_client_config.current.object_id
}

output "state_account" {
  description = "Goes into the .tfbackend file of every cluster."
  value       = azurerm_storage_account.state.name
}
`;

const PLANS = hcl`
resource "azurerm_user_assigned_identity" "plan" {
  name                = "github-plan"
  resource_group_name = azurerm_resource_group.state.name
  location            = var.location
}

# The environment is protected in GitHub, so that who may plan is decided there.
resource "azurerm_federated_identity_credential" "plan" {
  name                = "plan"
  resource_group_name = azurerm_resource_group.state.name
  parent_id           = azurerm_user_assigned_identity.plan.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:\${var.repository}:environment:plan"
}

resource "azurerm_role_assignment" "plan_reads" {
  scope                = "/subscriptions/\${var.subscription_id}"
  role_definition_name = "Reader"
  principal_id         = azurerm_user_assigned_identity.plan.principal_id
  principal_type       = "ServicePrincipal"
}

# Plans read the state without a lock, so reading is enough.
resource "azurerm_role_assignment" "plan_reads_state" {
  scope                = azurerm_storage_container.state.id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.plan.principal_id
  principal_type       = "ServicePrincipal"
}

`;

const LOOKS_AT_CLUSTERS = hcl`
# A plan reads where the API server of a cluster is, which Azure counts as an action. It gives no right within the cluster.
resource "azurerm_role_assignment" "plan_looks_at_clusters" {
  scope                = "/subscriptions/\${var.subscription_id}"
  role_definition_name = "Azure Kubernetes Service Cluster User Role"
  principal_id         = azurerm_user_assigned_identity.plan.principal_id
  principal_type       = "ServicePrincipal"
}
`;

const OUTPUTS = hcl`
output "plan_client_id" {
  description = "Goes into the variable AZURE_PLAN_CLIENT of each cluster in the GitHub environment plan."
  value       = azurerm_user_assigned_identity.plan.client_id
}

output "tenant_id" {
  description = "Goes into the variable AZURE_TENANT of the GitHub environment plan."
  value       = data.azurerm_client_config.current.tenant_id
}
`;
