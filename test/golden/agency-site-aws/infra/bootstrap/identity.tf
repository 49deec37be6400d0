# Follows ADR-0017 (docs/adr/0017-workload-identity-the-providers-workload-identity.md).
# The roles of tasks and of the services that act for them.

locals {
  workloads = setunion(["web"], var.services)

  # Services of AWS that act for this application, each with a role of its own.
  services = {
    flow_log = {
      name      = "flow-log"
      principal = "vpc-flow-logs.amazonaws.com"
    }
    trail = {
      name      = "trail"
      principal = "cloudtrail.amazonaws.com"
    }
    infrastructure = {
      name      = "infrastructure"
      principal = "ecs.amazonaws.com"
    }
  }
}

data "aws_iam_policy_document" "tasks_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

# What a task is: it writes traces, and nothing else until somebody adds to it here.
resource "aws_iam_role" "task" {
  for_each = local.workloads

  name               = "${var.name}-${each.key}-task"
  assume_role_policy = data.aws_iam_policy_document.tasks_trust.json
}

data "aws_iam_policy_document" "task" {
  # checkov:skip=CKV_AWS_111: Writing traces has no resource to narrow it to.
  # checkov:skip=CKV_AWS_356: The same.
  statement {
    sid       = "Traces"
    actions   = ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "task" {
  for_each = aws_iam_role.task

  name   = "traces"
  role   = each.value.id
  policy = data.aws_iam_policy_document.task.json
}

# What starts a task: it pulls its image, writes its log and reads the secrets of this workload and of no other.
resource "aws_iam_role" "execution" {
  for_each = local.workloads

  name               = "${var.name}-${each.key}-execution"
  assume_role_policy = data.aws_iam_policy_document.tasks_trust.json
}

data "aws_iam_policy_document" "execution" {
  # checkov:skip=CKV_AWS_356: The token of the registry has no resource to narrow it to.
  for_each = local.workloads

  statement {
    sid       = "RegistryToken"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "Images"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [for name in concat([each.key], ["sample", "collector"]) : aws_ecr_repository.main[name].arn]
  }

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.arn}:logs:${var.region}:${var.account_id}:log-group:/${var.name}/${each.key}:*"]
  }

  statement {
    sid       = "Secrets"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["${local.arn}:secretsmanager:${var.region}:${var.account_id}:secret:${var.name}/${each.key}/*"]
  }

  statement {
    sid       = "SecretsAreEncrypted"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.main.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["secretsmanager.${var.region}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "execution" {
  for_each = aws_iam_role.execution

  name   = "start"
  role   = each.value.id
  policy = data.aws_iam_policy_document.execution[each.key].json
}

data "aws_iam_policy_document" "services_trust" {
  for_each = local.services

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [each.value.principal]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role" "service" {
  for_each = local.services

  name               = "${var.name}-${each.value.name}"
  assume_role_policy = data.aws_iam_policy_document.services_trust[each.key].json
}

data "aws_iam_policy_document" "writes_logs" {
  for_each = { flow_log = "flow", trail = "trail" }

  statement {
    actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    resources = ["${local.arn}:logs:${var.region}:${var.account_id}:log-group:/${var.name}/${each.value}:*"]
  }
}

resource "aws_iam_role_policy" "writes_logs" {
  for_each = data.aws_iam_policy_document.writes_logs

  name   = "write-logs"
  role   = aws_iam_role.service[each.key].id
  policy = each.value.json
}

# What ECS may do to load balancers and the like is AWS's own list.
resource "aws_iam_role_policy_attachment" "infrastructure" {
  for_each = toset(["AmazonECSInfrastructureRolePolicyForLoadBalancers"])

  role       = aws_iam_role.service["infrastructure"].name
  policy_arn = "${local.arn}:iam::aws:policy/${each.key}"
}
