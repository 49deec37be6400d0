# Follows ADR-0004 (docs/adr/0004-backup-velero.md).
# The bucket of the backups, the right to read and write it, and snapshots of volumes of this cluster.

data "aws_iam_policy_document" "velero" {
  statement {
    sid       = "FindObjects"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.backups.arn]
  }

  statement {
    sid       = "ReadAndWriteObjects"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.backups.arn}/*"]
  }

  statement {
    sid = "LookAtVolumes"
    actions = [
      "ec2:DescribeSnapshots",
      "ec2:DescribeVolumes",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "CopyAndRestoreVolumes"
    actions   = ["ec2:CreateSnapshot", "ec2:CreateTags", "ec2:CreateVolume"]
    resources = ["arn:${data.aws_partition.current.partition}:ec2:${var.region}:*:snapshot/*", "arn:${data.aws_partition.current.partition}:ec2:${var.region}:*:volume/*"]
  }

  # Only what a backup has made: its snapshots carry the name of their backup.
  statement {
    sid       = "RemoveOldCopies"
    actions   = ["ec2:DeleteSnapshot"]
    resources = ["arn:${data.aws_partition.current.partition}:ec2:${var.region}::snapshot/*"]

    condition {
      test     = "StringLike"
      variable = "aws:ResourceTag/velero.io/backup"
      values   = ["*"]
    }
  }
}

resource "aws_iam_role" "velero" {
  name_prefix        = "${substr(var.cluster_name, 0, 30)}-velero-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "velero" {
  name   = "velero"
  role   = aws_iam_role.velero.id
  policy = data.aws_iam_policy_document.velero.json
}

resource "aws_eks_pod_identity_association" "velero" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "velero"
  service_account = "velero"
  role_arn        = aws_iam_role.velero.arn
}

resource "aws_s3_bucket" "backups" {
  bucket = "${var.cluster_name}-backups-${var.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "backups" {
  bucket                  = aws_s3_bucket.backups.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "backups" {
  bucket = aws_s3_bucket.backups.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "backups" {
  bucket = aws_s3_bucket.backups.id

  versioning_configuration {
    status = "Enabled"
  }
}

# The component deletes what is too old itself; this removes what it forgot, and old versions.
resource "aws_s3_bucket_lifecycle_configuration" "backups" {
  bucket = aws_s3_bucket.backups.id

  rule {
    id     = "remove-what-is-old"
    status = "Enabled"

    filter {}

    expiration {
      days = 37
    }

    noncurrent_version_expiration {
      noncurrent_days = 7
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.backups]
}

data "aws_iam_policy_document" "backups_bucket" {
  statement {
    sid       = "EncryptedOnTheWay"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.backups.arn, "${aws_s3_bucket.backups.arn}/*"]

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

resource "aws_s3_bucket_policy" "backups" {
  bucket = aws_s3_bucket.backups.id
  policy = data.aws_iam_policy_document.backups_bucket.json
}
