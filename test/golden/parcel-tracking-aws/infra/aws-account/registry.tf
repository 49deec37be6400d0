# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md).
# Images of your own: a tag is never moved, every image is scanned, and what nobody needs goes by itself.

variable "registry_regions" {
  description = "Regions whose clusters pull from the registry of this account."
  type        = set(string)
  default     = ["eu-west-1"]
}

variable "repositories" {
  description = "Images of your own, without the apps/ in front of them."
  type        = set(string)
  default     = ["demo-web"]
}

variable "publishers" {
  description = "GitHub repositories whose pipelines on the branch main may push: owner/name."
  type        = set(string)
  default     = []
}

variable "other_accounts" {
  description = "Other accounts into whose registries the same pipelines push: each names this one in pushed_from."
  type        = set(string)
  default     = []
}

variable "pushed_from" {
  description = "Account whose role github-push adds images of your own here as well; none where pipelines sign in to this account."
  type        = string
  default     = null
}

locals {
  own_images = {
    for pair in setproduct(var.registry_regions, var.repositories) : "${pair[0]}/${pair[1]}" => { region = pair[0], name = "apps/${pair[1]}" }
  }
}

resource "aws_ecr_repository" "own" {
  # checkov:skip=CKV_AWS_136: Encrypted with the key that AWS keeps for ECR; a key of your own is for rules that ask for one.
  for_each = local.own_images

  region               = each.value.region
  name                 = each.value.name
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ecr_lifecycle_policy" "own" {
  for_each = local.own_images

  region     = each.value.region
  repository = aws_ecr_repository.own[each.key].name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "What no tag names any more"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "The last 200 stay"
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 200 }
        action       = { type = "expire" }
      },
    ]
  })
}

data "aws_iam_policy_document" "pushed_from" {
  count = var.pushed_from == null ? 0 : 1

  statement {
    sid = "PipelinesOfAnotherAccountPush"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${var.pushed_from}:root"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = ["arn:${data.aws_partition.current.partition}:iam::${var.pushed_from}:role/github-push"]
    }
  }
}

resource "aws_ecr_repository_policy" "pushed_from" {
  for_each = var.pushed_from == null ? {} : local.own_images

  region     = each.value.region
  repository = aws_ecr_repository.own[each.key].name
  policy     = data.aws_iam_policy_document.pushed_from[0].json
}

resource "aws_ecr_registry_scanning_configuration" "registry" {
  for_each = var.registry_regions

  region    = each.value
  scan_type = "BASIC"

  rule {
    scan_frequency = "SCAN_ON_PUSH"

    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}

data "aws_iam_policy_document" "push_trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = [for publisher in var.publishers : "repo:${publisher}:ref:refs/heads/main"]
    }
  }
}

data "aws_iam_policy_document" "push" {
  statement {
    sid       = "SignIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "PushOwnImages"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = concat(
      [for repository in aws_ecr_repository.own : repository.arn],
      [for account in var.other_accounts : "arn:${data.aws_partition.current.partition}:ecr:*:${account}:repository/apps/*"],
    )
  }
}

resource "aws_iam_role" "push" {
  count = length(var.publishers) > 0 ? 1 : 0

  name                 = "github-push"
  assume_role_policy   = data.aws_iam_policy_document.push_trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "push" {
  count = length(var.publishers) > 0 ? 1 : 0

  name   = "push-own-images"
  role   = aws_iam_role.push[0].id
  policy = data.aws_iam_policy_document.push.json
}
