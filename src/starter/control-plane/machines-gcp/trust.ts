/** trust.tf: Google believes the tokens of service accounts of this cluster, by keys that are uploaded: nothing has to be published. */
import { hcl } from '../../../files/hcl.ts';

export const TRUST = hcl`
locals {
  # The public keys of the cluster; there are none before its first API server runs (docs/runbooks/bootstrap.md).
  keys_file = "\${path.module}/keys/\${var.hosts}.jwks.json"
  keys      = fileexists(local.keys_file) ? file(local.keys_file) : null
}

# Its name stays used up for thirty days after it is gone.
resource "google_iam_workload_identity_pool" "cluster" {
  workload_identity_pool_id = "k8s-\${var.short_name}"
  display_name              = "k8s-\${var.short_name}"
  description               = "Service accounts of \${var.cluster_name}, without keys."
}

resource "google_iam_workload_identity_pool_provider" "cluster" {
  count = local.keys == null ? 0 : 1

  workload_identity_pool_id          = google_iam_workload_identity_pool.cluster.workload_identity_pool_id
  workload_identity_pool_provider_id = "cluster"
  display_name                       = "The cluster itself"
  attribute_condition                = "assertion.sub.startsWith('system:serviceaccount:')"

  attribute_mapping = {
    "google.subject" = "assertion.sub"
  }

  oidc {
    issuer_uri = local.settings["ISSUER"]
    jwks_json  = local.keys
  }

  lifecycle {
    precondition {
      condition     = can(jsondecode(local.keys).keys[0].kid)
      error_message = "The file with the keys of the cluster is not what /openid/v1/jwks answers."
    }
  }
}
`;
