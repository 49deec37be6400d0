# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# One exact provider version; the lock file written by init is committed beside it.

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
  }
}
