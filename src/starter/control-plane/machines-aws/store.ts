/** store.tf and issuer.tf: where machines find their archives and leave snapshots, and where AWS reads the keys of service accounts. */

import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import { encryptedOnly } from '../../aws/encrypted-only.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { zoneOf } from '../eks/identity.ts';

export const STORE = hcl`
# Archives hold secrets of the cluster, snapshots all of it: nobody but machines and administrators of the account.
resource "aws_s3_bucket" "hosts" {
  bucket = "\${var.cluster_name}-hosts-\${var.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "hosts" {
  bucket                  = aws_s3_bucket.hosts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "hosts" {
  bucket = aws_s3_bucket.hosts.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.machines.arn
    }
  }
}

resource "aws_s3_bucket_versioning" "hosts" {
  bucket = aws_s3_bucket.hosts.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "hosts" {
  bucket = aws_s3_bucket.hosts.id

  rule {
    id     = "snapshots-end"
    status = "Enabled"

    filter {
      prefix = "etcd/"
    }

    expiration {
      days = 30
    }
  }

  rule {
    id     = "old-versions-end"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 30
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.hosts]
}

data "aws_iam_policy_document" "hosts" {
  ${encryptedOnly('hosts')}
}

resource "aws_s3_bucket_policy" "hosts" {
  bucket = aws_s3_bucket.hosts.id
  policy = data.aws_iam_policy_document.hosts.json
}
`;

export function issuer(input: ClusterInput): HclExpression {
  const byInstaller = pickOf(input.stack, 'distribution') === 'openshift';
  return hcl`
# Two documents that are public by their nature: who signs, and the public keys. ${hclCode(byInstaller ? 'scripts/prepare-install.sh puts the keys there' : 'scripts/bootstrap.sh puts them there')}.
resource "aws_s3_bucket" "issuer" {
  bucket = "\${var.cluster_name}-issuer-\${var.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "issuer" {
  bucket                  = aws_s3_bucket.issuer.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket_server_side_encryption_configuration" "issuer" {
  bucket = aws_s3_bucket.issuer.id

  # A key of one's own would close it to everybody.
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "issuer" {
  bucket = aws_s3_bucket.issuer.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "issuer" {
  bucket = aws_s3_bucket.issuer.id

  rule {
    id     = "old-versions-end"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.issuer]
}

data "aws_iam_policy_document" "issuer" {
  statement {
    sid     = "AnybodyReadsTheKeys"
    actions = ["s3:GetObject"]
    resources = [
      "\${aws_s3_bucket.issuer.arn}/.well-known/openid-configuration",
      "\${aws_s3_bucket.issuer.arn}/openid/v1/jwks",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  ${encryptedOnly('issuer')}
}

resource "aws_s3_bucket_policy" "issuer" {
  bucket = aws_s3_bucket.issuer.id
  policy = data.aws_iam_policy_document.issuer.json

  depends_on = [aws_s3_bucket_public_access_block.issuer]
}

# Roles are taken by tokens that this cluster signs, each by one service account alone.
resource "aws_iam_openid_connect_provider" "cluster" {
  url            = "https://\${local.issuer_host}"
  client_id_list = ${byInstaller ? ['openshift', 'sts.amazonaws.com'] : ['sts.amazonaws.com']}

  depends_on = [aws_s3_bucket_policy.issuer]
}

${zoneOf(input)}`;
}
