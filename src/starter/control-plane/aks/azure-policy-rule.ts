/** A rule for the Gatekeeper of Azure, which refuses templates from within the cluster and takes them from Azure Policy. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, type HclValue, hcl, hclCode, hclIdentifier } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import type { GatekeeperRule } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { OWN } from './own-images.ts';
import { FOLDER } from './title.ts';

export function azurePolicyRule(input: ClusterInput, decision: Id, rule: GatekeeperRule): Contribution {
  const path = `${FOLDER}/${rule.name}.tf`;
  return {
    files: new Map([
      [
        path,
        terraformText(
          input,
          decision,
          'A rule of the Gatekeeper that Azure runs: it takes none from within the cluster. It reports until a cluster is told to refuse.',
          code(rule),
        ),
      ],
    ]),
    checks: [
      {
        decision,
        says: 'Azure Policy gives the rule to the cluster, and it begins as an audit.',
        command: `grep -qE 'default +=  *"Audit"' ${path}`,
        path,
      },
      {
        decision,
        says: 'The Gatekeeper of Azure has taken the rule.',
        command: `kubectl wait --for=jsonpath='{.status.created}'=true constrainttemplates/${rule.template.metadata?.name} --timeout=20m`,
        path,
      },
    ],
  };
}

/** Written as YAML by the infrastructure, since Azure reads a template in that form. */
function code({ name, says, template, prefix }: GatekeeperRule): HclExpression {
  const id = hclIdentifier(name);
  const label = hclCode(id);
  const ending = hclCode(name);
  const own = prefix === null ? hcl`"\${local.registry_name}.azurecr.io/${hclCode(OWN)}/"` : prefix;
  const written = { ...template, apiVersion: 'templates.gatekeeper.sh/v1beta1' } as unknown as HclValue;
  return hcl`
variable ${`${id}_effect`} {
  description = "Audit reports pods that break the rule, Deny refuses them, Disabled does neither."
  type        = string
  default     = "Audit"

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.${label}_effect)
    error_message = "The rule knows Audit, Deny and Disabled."
  }
}

locals {
  ${label}_template = ${written}
}

resource "azurerm_policy_definition" ${id} {
  # Written by whoever is Owner or Resource Policy Contributor of the subscription.
  name         = substr("\${var.cluster_name}-${ending}", 0, 64)
  display_name = "\${var.cluster_name}: ${hclCode(says)}"
  policy_type  = "Custom"
  mode         = "Microsoft.Kubernetes.Data"

  parameters = jsonencode({
    effect = {
      type          = "String"
      allowedValues = ["Audit", "Deny", "Disabled"]
      defaultValue  = "Audit"
    }
  })

  # A name in quotes where some readers of this language take it for one of its own words.
  policy_rule = jsonencode({
    "if" = {
      field  = "type"
      equals = "Microsoft.ContainerService/managedClusters"
    }
    "then" = {
      effect = "[parameters('effect')]"
      details = {
        templateInfo = {
          sourceType = "Base64Encoded"
          content    = base64encode(yamlencode(local.${label}_template))
        }
        apiGroups          = [""]
        kinds              = ["Pod"]
        excludedNamespaces = ["kube-system", "gatekeeper-system"]
        values             = { prefix = ${own} }
      }
    }
  })
}

resource "azurerm_resource_policy_assignment" ${id} {
  name                 = ${name}
  resource_id          = local.cluster.id
  policy_definition_id = azurerm_policy_definition.${label}.id
  parameters           = jsonencode({ effect = { value = var.${label}_effect } })
}
`;
}
