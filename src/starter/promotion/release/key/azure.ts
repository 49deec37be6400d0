/** The key that signs releases in a vault of Azure, and the identity by which the release workflow reaches it. */
import { hcl } from '../../../../files/hcl.ts';
import { SUBSCRIPTION_FOLDER } from '../../../control-plane/aks/subscription.ts';
import { pinnedAction } from '../../../release.ts';
import type { CloudKey } from '../cloud-key.ts';

export const AZURE_KEY: CloudKey = {
  keeper: 'Key Vault',
  file: `${SUBSCRIPTION_FOLDER}/release-key.tf`,
  reference: 'azurekms://$AZURE_RELEASE_VAULT/release',
  signIn: input => `      - name: Sign in to Azure, without a key
        uses: ${pinnedAction(input, 'azure-login')}
        with:
          client-id: \${{ vars.AZURE_RELEASE_CLIENT }}
          tenant-id: \${{ vars.AZURE_TENANT }}
          subscription-id: \${{ vars.AZURE_SUBSCRIPTION }}`,
  environment: { AZURE_AUTH_METHOD: 'cli', AZURE_RELEASE_VAULT: '${{ vars.AZURE_RELEASE_VAULT }}' },
  step: `Apply \`${SUBSCRIPTION_FOLDER}\` with the networks of runners and of whoever applies in \`release_networks\`, and put its output \`release\` into the variables \`AZURE_RELEASE_CLIENT\`, \`AZURE_RELEASE_VAULT\`, \`AZURE_TENANT\` and \`AZURE_SUBSCRIPTION\` of the environment \`release\`.`,
  code: hcl`
variable "release_networks" {
  description = "Public networks from which releases are signed, and from which this is applied; who they are is asked all the same."
  type        = list(string)
  default     = []
}

resource "azurerm_key_vault" "release" {
  # checkov:skip=CKV_AZURE_189: Reached by named networks of runners, and holds one key that signs.
  # checkov:skip=CKV2_AZURE_32: As CKV_AZURE_189.
  # Unique in all of Azure.
  name                       = "kv-\${substr(sha256("\${var.subscription_id}/release"), 0, 12)}"
  resource_group_name        = azurerm_resource_group.state.name
  location                   = var.location
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90

  network_acls {
    default_action = "Deny"
    bypass         = "None"
    ip_rules       = var.release_networks
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Whoever applies this makes the key.
resource "azurerm_role_assignment" "release_maker" {
  scope                = azurerm_key_vault.release.id
  role_definition_name = "Key Vault Crypto Officer"
  principal_id         = data.azurerm_client_config.current.object_id
}

# Its private half never leaves the vault. A new version means a new public half in releases/cosign.pub.
resource "azurerm_key_vault_key" "release" {
  # checkov:skip=CKV_AZURE_40: Whoever verifies an old release needs it; a new one is made by people.
  # checkov:skip=CKV_AZURE_112: A key of software is what the standard tier has.
  name         = "release"
  key_vault_id = azurerm_key_vault.release.id
  key_type     = "EC"
  curve        = "P-256"
  key_opts     = ["sign", "verify"]

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [azurerm_role_assignment.release_maker]
}

resource "azurerm_user_assigned_identity" "release" {
  name                = "github-release"
  resource_group_name = azurerm_resource_group.state.name
  location            = var.location
}

# The environment lets in the branch main alone, which is decided in GitHub.
resource "azurerm_federated_identity_credential" "release" {
  name                = "release"
  resource_group_name = azurerm_resource_group.state.name
  parent_id           = azurerm_user_assigned_identity.release.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:\${var.repository}:environment:release"
}

resource "azurerm_role_assignment" "release_signs" {
  scope                = azurerm_key_vault.release.id
  role_definition_name = "Key Vault Crypto User"
  principal_id         = azurerm_user_assigned_identity.release.principal_id
  principal_type       = "ServicePrincipal"
}

output "release" {
  description = "Goes into the variables AZURE_RELEASE_CLIENT, AZURE_RELEASE_VAULT, AZURE_TENANT and AZURE_SUBSCRIPTION of the GitHub environment release."
  value = {
    client       = azurerm_user_assigned_identity.release.client_id
    vault        = trimsuffix(trimprefix(azurerm_key_vault.release.vault_uri, "https://"), "/")
    tenant       = data.azurerm_client_config.current.tenant_id
    subscription = var.subscription_id
  }
}
`,
};
