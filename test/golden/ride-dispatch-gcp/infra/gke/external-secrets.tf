# Follows ADR-0022 (docs/adr/0022-secrets-external-secrets-operator.md).
# Rights of the controller that reads secrets: those of this cluster and no others.

resource "google_project_iam_member" "external_secrets" {
  project = var.project_id
  role    = "roles/secretmanager.secretAccessor"
  member  = "principal://iam.googleapis.com/projects/${data.google_project.current.number}/locations/global/workloadIdentityPools/${var.project_id}.svc.id.goog/subject/ns/external-secrets/sa/external-secrets"

  condition {
    title      = "secrets-of-${var.cluster_name}"
    expression = "resource.name.startsWith(\"projects/${data.google_project.current.number}/secrets/${var.cluster_name}--\")"
  }
}
