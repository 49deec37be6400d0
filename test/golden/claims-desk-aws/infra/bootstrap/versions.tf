# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# The same versions as infra/ecs.

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
  }
}
