/** An identity of Azure for each service account that a variable names, which its pods take with a token of the cluster. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { identifier } from '../../serverless-service/code.ts';

interface AccountIdentities {
  /** In the code: `database_user` for `azurerm_user_assigned_identity.database_user`, made of `var.database_users`. */
  readonly name: string;
  /** In Azure, between the name of the cluster and that of the account. */
  readonly purpose: string;
}

export function accountVariable({ name }: AccountIdentities, says: string): HclExpression {
  return hcl`variable ${`${name}s`} {
  description = ${says}
  type = map(object({
    namespace       = string
    service_account = string
  }))
  default = {}
}`;
}

export function accountIdentities({ name, purpose }: AccountIdentities): HclExpression {
  const accounts = identifier(`${name}s`);
  return hcl`resource "azurerm_user_assigned_identity" ${name} {
  for_each = var.${accounts}

  name                = "\${var.cluster_name}-${identifier(purpose)}-\${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" ${name} {
  for_each = var.${accounts}

  name                = each.key
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.${identifier(name)}[each.key].id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:\${each.value.namespace}:\${each.value.service_account}"
}`;
}
