# Follows ADR-0022 (docs/adr/0022-secrets-secrets-store-csi-driver.md).
# Who reads which secrets. The driver that mounts them is part of GKE (cluster.tf) and has no rights itself.

variable "secret_readers" {
  description = "Service accounts that may read secrets, by any name: those of the store whose name begins with CLUSTER--PREFIX--."
  type = map(object({
    namespace       = string
    service_account = string
    prefix          = string
  }))
  default = {}
}

resource "google_project_iam_member" "secret_reader" {
  for_each = var.secret_readers

  project = var.project_id
  role    = "roles/secretmanager.secretAccessor"
  member  = "principal://iam.googleapis.com/projects/${data.google_project.current.number}/locations/global/workloadIdentityPools/${var.project_id}.svc.id.goog/subject/ns/${each.value.namespace}/sa/${each.value.service_account}"

  condition {
    title      = "secrets-of-${each.key}"
    expression = "resource.name.startsWith(\"projects/${data.google_project.current.number}/secrets/${var.cluster_name}--${each.value.prefix}--\")"
  }
}
