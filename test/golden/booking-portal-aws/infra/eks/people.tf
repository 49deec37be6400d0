# Follows ADR-0005 (docs/adr/0005-human-access-groups-of-the-directory-by-single-sign-on.md).
# People sign in with the identity provider; what their groups may do stands in platform-config/base/access.

variable "sign_in" {
  description = "The identity provider's issuer, which AWS must be able to reach, and the client that tokens are made out to."
  type = object({
    issuer_url = string
    client_id  = string
  })

  validation {
    condition     = startswith(var.sign_in.issuer_url, "https://")
    error_message = "The issuer must be an https address."
  }
}

# It takes up to a quarter of an hour to be made; AWS allows one per cluster.
resource "aws_eks_identity_provider_config" "people" {
  cluster_name = aws_eks_cluster.main.name

  oidc {
    identity_provider_config_name = "people"
    issuer_url                    = var.sign_in.issuer_url
    client_id                     = var.sign_in.client_id
    username_claim                = "email"
    username_prefix               = "oidc:"
    groups_claim                  = "groups"
    groups_prefix                 = "oidc:"
  }
}
