/** infra/bootstrap: what every bucket has in common. */
import { type HclExpression, hcl, hclCode } from '../../../../files/hcl.ts';

/** S3 buckets with the same closed doors: `kms` where the writer can use a key of our own. */
export function bucket(
  name: string,
  suffix: string,
  encryption: 'kms' | 'aes',
  days: HclExpression,
): HclExpression {
  const label = hclCode(`"${name}"`);
  const resource = hclCode(name);
  const algorithm =
    encryption === 'kms'
      ? hcl`sse_algorithm     = "aws:kms"
kms_master_key_id = aws_kms_key.main.arn`
      : hcl`sse_algorithm = "AES256"`;
  return hcl`
resource "aws_s3_bucket_versioning" ${label} {
  bucket = aws_s3_bucket.${resource}.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" ${label} {
  bucket = aws_s3_bucket.${resource}.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      ${algorithm}
    }
  }
}

resource "aws_s3_bucket_public_access_block" ${label} {
  bucket                  = aws_s3_bucket.${resource}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" ${label} {
  bucket = aws_s3_bucket.${resource}.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" ${label} {
  bucket = aws_s3_bucket.${resource}.id

  rule {
    id     = ${`old-${suffix}`}
    status = "Enabled"

    filter {}

    ${days}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.${resource}]
}

resource "aws_s3_bucket_policy" ${label} {
  bucket = aws_s3_bucket.${resource}.id
  policy = data.aws_iam_policy_document.${resource}.json
}
`;
}
