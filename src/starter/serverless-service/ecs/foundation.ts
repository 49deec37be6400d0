/** versions.tf, providers.tf and backend.tf. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { provider } from '../../release.ts';

export function versions(input: StarterInput): HclExpression {
  const aws = provider(input, 'aws');
  return hcl`
terraform {
  required_version = ${`>= ${provider(input, 'terraform').version}`}

  required_providers {
    aws = {
      source  = ${aws.source}
      version = ${aws.version}
    }
  }
}
`;
}

/** The account is part of what is reviewed: with the wrong credentials nothing happens. */
export const PROVIDERS = hcl`
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
`;

export function backend(key: string): HclExpression {
  return hcl`
# Bucket and region are named at init, so that the same code serves every environment; the bucket locks by itself.
terraform {
  backend "s3" {
    key          = ${key}
    encrypt      = true
    use_lockfile = true
  }
}
`;
}

/** Names that both folders agree on, so that neither has to read the other's state. */
export const NAMES = hcl`
locals {
  arn = "arn:\${data.aws_partition.current.partition}"
}
`;
