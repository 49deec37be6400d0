# Follows ADR-0009 (docs/adr/0009-serverless-service-cloud-run.md).
# State lies beside that of infra/cloud-run.

# scripts/bootstrap.sh makes the bucket and names it at init.
terraform {
  backend "gcs" {
    prefix = "bootstrap"
  }
}
