/** infra/aws-account: what an account needs once, before its first cluster: state bucket, and a role that pipelines plan with. */

import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { encryptedOnly } from '../../aws/encrypted-only.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { repositoryPath } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { provider } from '../../release.ts';
import { terraformText } from '../../terraform.ts';
import { BY_GITHUB } from './by-github.ts';
import { ACCOUNT } from './settings.ts';

export function account(input: ClusterInput): FileTree {
  const write = (says: string, code: HclExpression) => terraformText(input, 'control-plane', says, code);
  return new Map([
    [
      `${ACCOUNT}/versions.tf`,
      write(
        'Applied once per account, by a person, with state in this folder; afterwards the state is moved into the bucket (docs/runbooks/bootstrap.md).',
        versions(input),
      ),
    ],
    [`${ACCOUNT}/variables.tf`, write('Values of one account.', variables(input))],
    [
      `${ACCOUNT}/state.tf`,
      write(
        'State holds addresses and names of everything: private, encrypted, and every version kept for a quarter.',
        STATE,
      ),
    ],
    [
      `${ACCOUNT}/pipeline.tf`,
      write(
        'Pipelines prove who they are by a token of GitHub; there is no key to lose. The role reads and never changes.',
        PIPELINE,
      ),
    ],
  ]);
}

function versions(input: ClusterInput): HclExpression {
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

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = { managed-by = "terraform" }
  }
}
`;
}

function variables(input: ClusterInput): HclExpression {
  return hcl`
variable "account_id" {
  description = "The only AWS account that this state may touch."
  type        = string
}

variable "region" {
  description = "Region of the state bucket."
  type        = string
  default     = ${input.clusters[0].region}
}

variable "state_bucket" {
  description = "Name of the bucket; unique in all of AWS."
  type        = string
  default     = ${TOKENS.stateBucket}
}

variable "repository" {
  description = "GitHub repository whose pipelines may plan: owner/name, or OWNER@NUMBER/NAME@NUMBER where GitHub names it so in its tokens, as it does for repositories made since July 2026."
  type        = string
  default     = ${repositoryPath(input)}
}
`;
}

const STATE = hcl`
data "aws_iam_policy_document" "state" {
  ${encryptedOnly('state')}
}

resource "aws_s3_bucket" "state" {
  bucket = var.state_bucket

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket                  = aws_s3_bucket.state.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}

resource "aws_s3_bucket_policy" "state" {
  bucket = aws_s3_bucket.state.id
  policy = data.aws_iam_policy_document.state.json
}
`;

const PIPELINE = hcl`
data "aws_partition" "current" {}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "plan_trust" {
  statement {
${BY_GITHUB}

    # The environment is protected in GitHub, so that who may plan is decided there.
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:\${var.repository}:environment:plan"]
    }
  }
}

resource "aws_iam_role" "plan" {
  name                 = "github-plan"
  assume_role_policy   = data.aws_iam_policy_document.plan_trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.plan.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/ReadOnlyAccess"
}

# Reading is not enough for the lock, which is an object beside the state; and no object but state is read with it.
data "aws_iam_policy_document" "plan" {
  statement {
    sid       = "Lock"
    actions   = ["s3:DeleteObject", "s3:PutObject"]
    resources = ["\${aws_s3_bucket.state.arn}/*.tflock"]
  }

  statement {
    sid           = "OnlyStateIsRead"
    effect        = "Deny"
    actions       = ["s3:GetObject", "s3:GetObjectVersion"]
    not_resources = ["\${aws_s3_bucket.state.arn}/*"]
  }

  # What holds an address and no secret says so by its tag: a plan compares it with what is written.
  statement {
    sid       = "ReadAddresses"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/holds"
      values   = ["address"]
    }
  }

  statement {
    sid       = "NoSecrets"
    effect    = "Deny"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:ResourceTag/holds"
      values   = ["address"]
    }
  }

  # Names of images that AWS publishes are parameters too, and they are everybody's.
  statement {
    sid           = "NoParameters"
    effect        = "Deny"
    actions       = ["ssm:GetParameter*"]
    not_resources = ["arn:\${data.aws_partition.current.partition}:ssm:*::parameter/aws/service/*"]
  }
}

resource "aws_iam_role_policy" "plan" {
  name   = "lock-and-limits"
  role   = aws_iam_role.plan.id
  policy = data.aws_iam_policy_document.plan.json
}

output "plan_role_arn" {
  description = "Goes into the variable AWS_PLAN_ROLE_CLUSTER of the GitHub environment plan, once for each cluster of this account."
  value       = aws_iam_role.plan.arn
}
`;
