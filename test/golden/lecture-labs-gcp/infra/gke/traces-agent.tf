# Follows ADR-0024 (docs/adr/0024-traces-the-cloud-providers-tracing-service.md).
# The agent of the traces hands them to Cloud Trace.

resource "google_project_iam_member" "traces_agent" {
  for_each = toset(["roles/serviceusage.serviceUsageConsumer", "roles/telemetry.tracesWriter"])

  project = var.project_id
  role    = each.value
  member  = "principal://iam.googleapis.com/projects/${data.google_project.current.number}/locations/global/workloadIdentityPools/${var.project_id}.svc.id.goog/subject/ns/tracing/sa/traces-agent"
}
