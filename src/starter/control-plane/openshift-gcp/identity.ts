/** identity.tf: Google believes tokens of service accounts of the cluster, by keys that are uploaded: nothing has to be published. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { mountsFromCloud } from '../../secrets/source.ts';
import { AUDIENCES, PROVIDER } from './ground.ts';

/** The driver that mounts secrets asks with the name of the provider itself. */
const OF_DRIVER = hcl`"//iam.googleapis.com/\${google_iam_workload_identity_pool.cluster.name}/providers/${hclCode(PROVIDER)}"`;

export const identity = (input: ClusterInput): HclExpression => hcl`
locals {
  issuer = "https://issuer.\${var.cluster_name}.\${local.dns_zone}"

  # The public keys of the cluster: scripts/prepare-install.sh writes them before there is a cluster.
  keys_file = "\${path.module}/keys/\${var.cluster_name}.jwks.json"
  keys      = fileexists(local.keys_file) ? file(local.keys_file) : null

  # Operators ask with the first, and pods with the second${mountsFromCloud(input) ? hclCode('; the last is of what mounts secrets') : hclCode('')}.
  audiences = ${[...AUDIENCES, ...(mountsFromCloud(input) ? [OF_DRIVER] : [])]}
}

data "google_project" "current" {
  project_id = var.project_id
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
  workload_identity_pool_provider_id = ${PROVIDER}
  display_name                       = "The cluster itself"
  attribute_condition                = "assertion.sub.startsWith('system:serviceaccount:')"

  attribute_mapping = {
    "google.subject" = "assertion.sub"
  }

  oidc {
    issuer_uri        = local.issuer
    jwks_json         = local.keys
    allowed_audiences = local.audiences
  }

  lifecycle {
    precondition {
      condition     = can(jsondecode(local.keys).keys[0].kid)
      error_message = "The file with the keys of the cluster is not a set of keys."
    }
  }
}
`;
