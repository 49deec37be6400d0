# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# State lies beside that of infra/cloud-run.

# scripts/bootstrap.sh makes the bucket and names it at init.
terraform {
  backend "gcs" {
    prefix = "bootstrap"
  }
}
