/** infra/bootstrap/federation.tf: how GitHub signs in without a key, and what its three roles may do. */
import { type HclExpression, hcl } from '../../../../files/hcl.ts';
import { keyByService } from '../../../aws/key-by-service.ts';
import { together } from '../../code.ts';
import type { Settings } from '../settings.ts';

export function federation(settings: Settings): HclExpression {
  const { variant, workloads } = settings;
  const web = workloads.includes('web');
  const job = workloads.includes('job');
  const regional = [
    'application-autoscaling:*',
    'cloudwatch:*',
    'ecs:*',
    'events:*',
    'logs:*',
    ...(job ? ['scheduler:*', 'sqs:*'] : []),
    'sns:*',
    ...(web ? ['elasticloadbalancing:*', 'wafv2:*'] : []),
    ...(web && variant === 'ecs-express' ? ['acm:*'] : []),
  ];
  return together(
    FEDERATION,
    PLAN,
    PUSH,
    hcl`
locals {
  # What a deployment changes, in this region alone: no roles, no keys, no buckets, no users, no registry.
  deploy_actions = ${regional}

  network_actions = [
    "ec2:*Address*", "ec2:*InternetGateway*", "ec2:*NatGateway*", "ec2:*Route*", "ec2:*RouteTable*", "ec2:*SecurityGroup*",
    "ec2:*Subnet*", "ec2:*Vpc*", "ec2:CreateFlowLogs", "ec2:CreateTags", "ec2:DeleteFlowLogs", "ec2:DeleteTags",
    "ec2:Describe*", "ec2:GetManagedPrefixListEntries", "route53resolver:*Firewall*", "route53resolver:TagResource",
  ]
}
`,
    DEPLOY,
  );
}

const FEDERATION = hcl`
# An account has it once, for all repositories.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.github_provider ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  # Who may become what. A job names its environment only after GitHub's protection rules let it; without one it is named
  # by what started it.
  subjects = {
    plan   = ["\${var.github_subject}:pull_request", "\${var.github_subject}:ref:refs/heads/main"]
    deploy = ["\${var.github_subject}:environment:\${var.environment}"]
    push   = ["\${var.github_subject}:ref:refs/heads/main"]
  }
}

data "aws_iam_policy_document" "github_trust" {
  # checkov:skip=CKV_AWS_358: Subjects are compared whole, numbers of owner and repository included; the scanner does not see values.
  for_each = local.subjects

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["\${local.arn}:iam::\${var.account_id}:oidc-provider/token.actions.githubusercontent.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = each.value
    }
  }
}

resource "aws_iam_role" "github" {
  for_each = local.subjects

  name                 = "\${var.name}-github-\${each.key}"
  description          = "GitHub Actions: \${each.key}."
  assume_role_policy   = data.aws_iam_policy_document.github_trust[each.key].json
  max_session_duration = each.key == "deploy" ? 7200 : 3600
}
`;

const PLAN = hcl`
resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.github["plan"].name
  policy_arn = "\${local.arn}:iam::aws:policy/ReadOnlyAccess"
}

# It reads what a plan compares: of objects the state alone, and no value of a secret.
data "aws_iam_policy_document" "plan" {
  statement {
    sid           = "OnlyStateIsRead"
    effect        = "Deny"
    actions       = ["s3:GetObject", "s3:GetObjectVersion"]
    not_resources = ["\${aws_s3_bucket.state.arn}/*"]
  }

  statement {
    sid       = "NoSecrets"
    effect    = "Deny"
    actions   = ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue", "ssm:GetParameter*"]
    resources = ["*"]
  }

  ${keyByService('StateIsEncrypted', ['kms:Decrypt'], hcl`aws_kms_key.main`, 's3')}
}

resource "aws_iam_role_policy" "plan" {
  name   = "limits"
  role   = aws_iam_role.github["plan"].id
  policy = data.aws_iam_policy_document.plan.json
}
`;

const PUSH = hcl`
# Adds images and their signatures; a tag that is there cannot be moved.
data "aws_iam_policy_document" "push" {
  # checkov:skip=CKV_AWS_356: The token of the registry has no resource to narrow it to.
  statement {
    sid       = "RegistryToken"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "Images"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = [for workload in local.workloads : aws_ecr_repository.main[workload].arn]
  }
}

resource "aws_iam_role_policy" "push" {
  name   = "push"
  role   = aws_iam_role.github["push"].id
  policy = data.aws_iam_policy_document.push.json
}
`;

const DEPLOY = hcl`
data "aws_iam_policy_document" "deploy" {
  # checkov:skip=CKV_AWS_107: It may sign in to the registry, and reads no secret.
  # checkov:skip=CKV_AWS_108: Of objects it reads the state alone.
  # checkov:skip=CKV_AWS_109: What it may do to permissions is to name the roles that it hands over.
  # checkov:skip=CKV_AWS_111: What it makes has no name before; services and region are what narrow it.
  # checkov:skip=CKV_AWS_356: The same.
  statement {
    sid       = "WhatRuns"
    actions   = local.deploy_actions
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [var.region]
    }
  }

  statement {
    sid       = "Network"
    actions   = local.network_actions
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [var.region]
    }
  }

  # Secrets as containers: it makes them and says what they are called, but reads no value.
  statement {
    sid = "SecretsWithoutValues"
    actions = [
      "secretsmanager:CreateSecret",
      "secretsmanager:DeleteSecret",
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetResourcePolicy",
      "secretsmanager:RestoreSecret",
      "secretsmanager:TagResource",
      "secretsmanager:UpdateSecret",
    ]
    resources = ["\${local.arn}:secretsmanager:\${var.region}:\${var.account_id}:secret:\${var.name}/*"]
  }

  statement {
    sid     = "RolesThatItHandsOver"
    actions = ["iam:GetRole", "iam:PassRole"]
    resources = concat(
      [for role in aws_iam_role.task : role.arn],
      [for role in aws_iam_role.execution : role.arn],
      [for service, role in aws_iam_role.service : role.arn if service != "trail"],
    )
  }

  # Those that AWS makes for itself when a service is used for the first time in an account.
  statement {
    sid       = "RolesOfServices"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["\${local.arn}:iam::\${var.account_id}:role/aws-service-role/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = ["ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com", "wafv2.amazonaws.com"]
    }
  }

  statement {
    sid       = "State"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["\${aws_s3_bucket.state.arn}/ecs.tfstate", "\${aws_s3_bucket.state.arn}/ecs.tfstate.tflock"]
  }

  statement {
    sid       = "StateBucket"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
    resources = [aws_kms_key.main.arn]
  }

  statement {
    sid       = "WhatItLooksUp"
    actions   = ["acm:DescribeCertificate", "acm:GetCertificate", "acm:ListCertificates", "acm:ListTagsForCertificate", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "kms:ListAliases"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.github["deploy"].id
  policy = data.aws_iam_policy_document.deploy.json
}
`;
