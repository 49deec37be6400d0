# Follows ADR-0021 (docs/adr/0021-metrics-the-cloud-providers-metrics-service.md).
# The collectors write metrics and the evaluator of the rules reads them, whether they go by their own name or by that of their node. Google keeps them for two years.

locals {
  measuring = {
    collectors = "principalSet://iam.googleapis.com/projects/${data.google_project.current.number}/locations/global/workloadIdentityPools/${var.project_id}.svc.id.goog/namespace/gmp-system"
    nodes      = google_service_account.nodes.member
  }
  measuring_rights = {
    for pair in setproduct(keys(local.measuring), ["roles/monitoring.metricWriter", "roles/monitoring.viewer"]) : "${pair[0]}/${pair[1]}" => { who = pair[0], role = pair[1] }
  }
}

resource "google_project_iam_member" "measuring" {
  for_each = local.measuring_rights

  project = var.project_id
  role    = each.value.role
  member  = local.measuring[each.value.who]
}
