# Follows ADR-0016 (docs/adr/0016-image-signing-notary-project-notation.md).
# A rule of the Gatekeeper that Azure runs: it takes none from within the cluster. It reports until a cluster is told to refuse.

variable "own_images_effect" {
  description = "Audit reports pods that break the rule, Deny refuses them, Disabled does neither."
  type        = string
  default     = "Audit"

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.own_images_effect)
    error_message = "The rule knows Audit, Deny and Disabled."
  }
}

locals {
  own_images_template = {
    apiVersion = "templates.gatekeeper.sh/v1beta1"
    kind       = "ConstraintTemplate"
    metadata = {
      name = "signedownimages"
      annotations = {
        "platform/because" = "Whoever can push to the registry must not decide what runs."
      }
    }
    spec = {
      crd = {
        spec = {
          names = {
            kind = "SignedOwnImages"
          }
          validation = {
            openAPIV3Schema = {
              type = "object"
              properties = {
                prefix = {
                  type = "string"
                }
              }
            }
          }
        }
      }
      targets = [
        {
          target = "admission.k8s.gatekeeper.sh"
          rego   = "package signedownimages\n\ncontainers[container] { container := input.review.object.spec.containers[_] }\ncontainers[container] { container := input.review.object.spec.initContainers[_] }\ncontainers[container] { container := input.review.object.spec.ephemeralContainers[_] }\n\nown := [image | image := containers[_].image; startswith(image, input.parameters.prefix)]\n\nanswer := found {\n  count(own) > 0\n  found := external_data({\"provider\": \"ratify-provider\", \"keys\": own})\n}\n\nviolation[{\"msg\": msg}] {\n  answer.system_error != \"\"\n  msg := sprintf(\"Nobody can say whether the images are signed: %v\", [answer.system_error])\n}\n\nviolation[{\"msg\": msg}] {\n  failed := answer.errors[_]\n  msg := sprintf(\"Nobody can say whether %v is signed: %v\", [failed[0], failed[1]])\n}\n\nviolation[{\"msg\": msg}] {\n  judged := answer.responses[_]\n  not judged[1].isSuccess\n  msg := sprintf(\"The authority of this organisation has not signed %v.\", [judged[0]])\n}\n"
        },
      ]
    }
  }
}

resource "azurerm_policy_definition" "own_images" {
  # Written by whoever is Owner or Resource Policy Contributor of the subscription.
  name         = substr("${var.cluster_name}-own-images", 0, 64)
  display_name = "${var.cluster_name}: Images of your own are signed by the authority of the organisation."
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
          content    = base64encode(yamlencode(local.own_images_template))
        }
        apiGroups          = [""]
        kinds              = ["Pod"]
        excludedNamespaces = ["kube-system", "gatekeeper-system"]
        values             = { prefix = "${local.registry_name}.azurecr.io/apps/" }
      }
    }
  })
}

resource "azurerm_resource_policy_assignment" "own_images" {
  name                 = "own-images"
  resource_id          = local.cluster.id
  policy_definition_id = azurerm_policy_definition.own_images.id
  parameters           = jsonencode({ effect = { value = var.own_images_effect } })
}
