# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# What the workflows need to know.

data "google_project" "current" {
  project_id = var.project_id
}

output "github_variables" {
  description = "Variables of the GitHub repository that the workflows read: gh variable set NAME --body VALUE"
  value = {
    "${upper(var.environment)}_PROJECT_ID"     = var.project_id
    "${upper(var.environment)}_PROJECT_NUMBER" = data.google_project.current.number
    "${upper(var.environment)}_REGION"         = var.region
  }
}
