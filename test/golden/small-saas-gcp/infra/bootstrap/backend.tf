# Follows ADR-0003 (docs/adr/0003-serverless-service-cloud-run.md).
# State lies beside that of infra/cloud-run.

# scripts/bootstrap.sh makes the bucket and names it at init.
terraform {
  backend "gcs" {
    prefix = "bootstrap"
  }
}
