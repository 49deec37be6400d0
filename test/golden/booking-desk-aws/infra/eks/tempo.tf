# Follows ADR-0025 (docs/adr/0025-traces-tempo.md).
# A bucket and the right to read and write it, for one component.

data "aws_iam_policy_document" "tempo" {
  statement {
    sid       = "FindObjects"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.traces.arn]
  }

  statement {
    sid       = "ReadAndWriteObjects"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.traces.arn}/*"]
  }
}

resource "aws_iam_role" "tempo" {
  name_prefix        = "${substr(var.cluster_name, 0, 31)}-tempo-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "tempo" {
  name   = "tempo"
  role   = aws_iam_role.tempo.id
  policy = data.aws_iam_policy_document.tempo.json
}

resource "aws_eks_pod_identity_association" "tempo" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "tracing"
  service_account = "tempo"
  role_arn        = aws_iam_role.tempo.arn
}

resource "aws_s3_bucket" "traces" {
  bucket = "${var.cluster_name}-traces-${var.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "traces" {
  bucket                  = aws_s3_bucket.traces.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "traces" {
  bucket = aws_s3_bucket.traces.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "traces" {
  bucket = aws_s3_bucket.traces.id

  versioning_configuration {
    status = "Enabled"
  }
}

# The component deletes what is too old itself; this removes what it forgot, and old versions.
resource "aws_s3_bucket_lifecycle_configuration" "traces" {
  bucket = aws_s3_bucket.traces.id

  rule {
    id     = "remove-what-is-old"
    status = "Enabled"

    filter {}

    expiration {
      days = 21
    }

    noncurrent_version_expiration {
      noncurrent_days = 7
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.traces]
}

data "aws_iam_policy_document" "traces_bucket" {
  statement {
    sid       = "EncryptedOnTheWay"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.traces.arn, "${aws_s3_bucket.traces.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "traces" {
  bucket = aws_s3_bucket.traces.id
  policy = data.aws_iam_policy_document.traces_bucket.json
}
