/** Images of one's own: who may push them into the registry of the subscription, and how the pipeline does. */
import { hcl } from '../../../files/hcl.ts';
import { ACR_LOCK, ACR_LOGIN, ACR_PUSH, azureSignIn } from '../../azure/image-push.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { ImagePush } from '../../services.ts';

/** Name in front of every image of one's own, so that it is told from a copy. */
export const OWN = 'apps';

export function aksImagePush(input: ClusterInput): ImagePush {
  return {
    ready: 'IMAGES_REGISTRY',
    signIn: () =>
      azureSignIn(input, 'Azure', {
        client: '${{ vars.IMAGES_CLIENT }}',
        tenant: '${{ vars.AZURE_TENANT }}',
        subscription: '${{ vars.IMAGES_SUBSCRIPTION }}',
      }),
    repository: `\${{ vars.IMAGES_REGISTRY }}/${OWN}/\${{ matrix.workload }}`,
    login: ACR_LOGIN,
    afterPush: ACR_LOCK,
    step: 'To build images here, name this repository in `publishers` of `infra/azure-subscription`, apply it, and set the variables `IMAGES_REGISTRY`, `IMAGES_CLIENT`, `IMAGES_SUBSCRIPTION` and `AZURE_TENANT` at GitHub from what it puts out; then put a Dockerfile into `workloads/NAME`.',
  };
}

/** In the same file as the registry. */
export const PUBLISHERS = hcl`
variable "publishers" {
  description = "GitHub repositories whose pipelines on the branch main may push: owner/name, or owner@number/name@number as GitHub names them in its tokens."
  type        = set(string)
  default     = []
}

resource "azurerm_user_assigned_identity" "push" {
  name                = "github-push"
  resource_group_name = azurerm_resource_group.registry.name
  location            = var.location
}

# An identity trusts twenty repositories at most.
resource "azurerm_federated_identity_credential" "push" {
  for_each = var.publishers

  name                = replace(each.value, "/[^A-Za-z0-9-]/", "-")
  resource_group_name = azurerm_resource_group.registry.name
  parent_id           = azurerm_user_assigned_identity.push.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:\${each.value}:ref:refs/heads/main"
}

resource "azurerm_role_definition" "push" {
  name        = "push-images"
  scope       = azurerm_container_registry.main.id
  description = "Pushes images and locks them; deletes none."

  permissions {
    actions = ${ACR_PUSH}
  }

  assignable_scopes = [azurerm_resource_group.registry.id]
}

resource "azurerm_role_assignment" "push" {
  scope              = azurerm_container_registry.main.id
  role_definition_id = azurerm_role_definition.push.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.push.principal_id
  principal_type     = "ServicePrincipal"
}

output "images" {
  description = "Goes into the variables IMAGES_REGISTRY, IMAGES_CLIENT and IMAGES_SUBSCRIPTION at GitHub."
  value = {
    registry     = azurerm_container_registry.main.login_server
    client       = azurerm_user_assigned_identity.push.client_id
    subscription = var.subscription_id
  }
}
`;
