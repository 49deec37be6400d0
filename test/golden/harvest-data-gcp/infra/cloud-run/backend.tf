# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# State lies in a versioned bucket of the same project.

# The bucket is named at init, so that the same code serves every environment; it locks by itself.
terraform {
  backend "gcs" {
    prefix = "cloud-run"
  }
}
