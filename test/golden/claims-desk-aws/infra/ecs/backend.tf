# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# State lies in a versioned bucket of the same account.

# Bucket and region are named at init, so that the same code serves every environment; the bucket locks by itself.
terraform {
  backend "s3" {
    key          = "ecs.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
