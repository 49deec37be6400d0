/** delivery.tf: identities that a pipeline takes with a token of its run, and how a job gets at the API with them. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import { workflowText } from '../../../files/workflow.ts';
import { yamlString } from '../../../files/yaml.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import type { PipelineAccess } from '../../pipeline-access.ts';
import { pinnedAction } from '../../release.ts';
import { accessByEnvironment, deliveryRepository } from '../pipeline-environments.ts';
import { clusterTitle, FOLDER } from './title.ts';

export function aksPipelineAccess(input: ClusterInput, decision: Id): PipelineAccess {
  return accessByEnvironment(input, decision, {
    folder: FOLDER,
    says: 'The pipeline has no key: GitHub says which environment a job runs in, and Entra lends that environment one identity. The identities fetch the address of the API server and nothing else; what they may do there stands in delivery/access.',
    titleOf: clusterTitle,
    taken: 'an identity',
    identities: IDENTITIES,
    variable: deliveryRepository(input),
    signIn: cluster => signIn(input, cluster),
    // Entra names whoever signs in by an object id, which manifests are filled with.
    subject: identity => ({ kind: 'User', name: `\${DELIVERY_${identity.toUpperCase()}}` }),
    variables:
      'Each has the variables `AZURE_TENANT`, `AZURE_SUBSCRIPTION` and `AZURE_DELIVERY_CLIENT`: `tofu -chdir=infra/aks output delivery_clients` says which client goes into which environment.',
  });
}

function signIn(input: ClusterInput, cluster: Cluster): string {
  return `      - uses: ${pinnedAction(input, 'azure-login')}
        with:
          client-id: \${{ vars.AZURE_DELIVERY_CLIENT }}
          tenant-id: \${{ vars.AZURE_TENANT }}
          subscription-id: \${{ vars.AZURE_SUBSCRIPTION }}
      - run: |
          az aks get-credentials --resource-group "$CLUSTER" --name "$CLUSTER"
          kubelogin convert-kubeconfig -l azurecli
        env:
          CLUSTER: ${yamlString(workflowText(clusterTitle(input, cluster)))}`;
}

const IDENTITIES = hcl`
resource "azurerm_user_assigned_identity" "delivery" {
  for_each = local.delivery

  name                = each.value
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "delivery" {
  for_each = local.delivery

  name                = "github"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.delivery[each.key].id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:\${var.delivery_repository}:environment:\${each.value}"
}

# Lets it fetch the address of the API server, and nothing more.
resource "azurerm_role_assignment" "delivery" {
  for_each = local.delivery

  scope                = local.cluster.id
  role_definition_name = "Azure Kubernetes Service Cluster User Role"
  principal_id         = azurerm_user_assigned_identity.delivery[each.key].principal_id
  principal_type       = "ServicePrincipal"
}

output "delivery_clients" {
  description = "Which client goes into the variable AZURE_DELIVERY_CLIENT of which GitHub environment."
  value       = { for id, identity in azurerm_user_assigned_identity.delivery : local.delivery[id] => identity.client_id }
}
`;
