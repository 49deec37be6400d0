/** What the policy of every bucket says: nobody reads or writes without TLS. */
import { type HclExpression, hcl } from '../../files/hcl.ts';

/** A statement of `aws_iam_policy_document`; `name` is the address of the bucket. */
export function encryptedOnly(name: string): HclExpression {
  const resource: HclExpression = { kind: 'expression', code: name };
  return hcl`statement {
  sid       = "EncryptedOnTheWay"
  effect    = "Deny"
  actions   = ["s3:*"]
  resources = [aws_s3_bucket.${resource}.arn, "\${aws_s3_bucket.${resource}.arn}/*"]

  principals {
    type        = "*"
    identifiers = ["*"]
  }

  condition {
    test     = "Bool"
    variable = "aws:SecureTransport"
    values   = ["false"]
  }
}`;
}
