# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# One account, one region, and tags that every resource carries.

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      application = var.name
      environment = var.environment
      managed-by  = "opentofu"
    }
  }
}

data "aws_partition" "current" {}
