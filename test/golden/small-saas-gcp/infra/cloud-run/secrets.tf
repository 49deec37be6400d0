# Follows ADR-0014 (docs/adr/0014-secrets-the-providers-secret-store-read-by-the-service-itself.md).
# Secrets, and who reads them.

# Values are added with gcloud (docs/runbooks/deploy-and-rollback.md) and never stand in this repository or its state.
resource "google_secret_manager_secret" "main" {
  for_each = var.secrets

  secret_id           = each.key
  version_destroy_ttl = "604800s"

  replication {
    user_managed {
      dynamic "replicas" {
        for_each = var.regions

        content {
          location = replicas.value
        }
      }
    }
  }
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = var.secrets

  secret_id = google_secret_manager_secret.main[each.key].id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${local.identities[each.value.workload]}"
}

locals {
  # By workload, environment variable to secret and version.
  mounted_secrets = { for workload in local.workloads : workload => {
    for name, secret in var.secrets : secret.environment_variable => {
      secret  = google_secret_manager_secret.main[name].secret_id
      version = secret.version
    } if secret.workload == workload && secret.version != null
  } }
}
