/** The key that signs releases in AWS KMS, and the role by which the release workflow reaches it. */
import { hcl } from '../../../../files/hcl.ts';
import { BY_GITHUB } from '../../../control-plane/eks/by-github.ts';
import { ACCOUNT } from '../../../control-plane/eks/settings.ts';
import { pinnedAction } from '../../../release.ts';
import type { CloudKey } from '../cloud-key.ts';

export const AWS_KEY: CloudKey = {
  keeper: 'AWS KMS',
  file: `${ACCOUNT}/release-key.tf`,
  reference: 'awskms:///alias/github-release',
  signIn: input => `      - name: Sign in to AWS, without a key
        uses: ${pinnedAction(input, 'aws-credentials')}
        with:
          role-to-assume: \${{ vars.AWS_RELEASE_ROLE }}
          aws-region: \${{ vars.AWS_RELEASE_REGION }}`,
  environment: {},
  step: `Apply \`${ACCOUNT}\`, and put its outputs \`release_role_arn\` and \`release_region\` into the variables \`AWS_RELEASE_ROLE\` and \`AWS_RELEASE_REGION\` of the environment \`release\`.`,
  code: hcl`
data "aws_iam_policy_document" "release_key" {
  # checkov:skip=CKV_AWS_109: The policy of a key speaks of that key alone.
  # checkov:skip=CKV_AWS_111: As CKV_AWS_109.
  # checkov:skip=CKV_AWS_356: As CKV_AWS_109.
  statement {
    sid       = "TheAccountDecides"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:\${data.aws_partition.current.partition}:iam::\${var.account_id}:root"]
    }
  }
}

# Its private half never leaves KMS. A new key means a new public half in releases/cosign.pub.
resource "aws_kms_key" "release" {
  # checkov:skip=CKV_AWS_7: Keys that sign are not rotated by AWS.
  description              = "Signs releases of \${var.repository}"
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = 30
  policy                   = data.aws_iam_policy_document.release_key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "release" {
  name          = "alias/github-release"
  target_key_id = aws_kms_key.release.key_id
}

data "aws_iam_policy_document" "release_trust" {
  statement {
${BY_GITHUB}

    # The environment lets in the branch main alone, which is decided in GitHub.
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:\${var.repository}:environment:release"]
    }
  }
}

resource "aws_iam_role" "release" {
  name                 = "github-release"
  assume_role_policy   = data.aws_iam_policy_document.release_trust.json
  max_session_duration = 3600
}

data "aws_iam_policy_document" "release" {
  statement {
    sid       = "Sign"
    actions   = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
    resources = [aws_kms_key.release.arn]
  }
}

resource "aws_iam_role_policy" "release" {
  name   = "sign-releases"
  role   = aws_iam_role.release.id
  policy = data.aws_iam_policy_document.release.json
}

output "release_role_arn" {
  description = "Goes into the variable AWS_RELEASE_ROLE of the GitHub environment release."
  value       = aws_iam_role.release.arn
}

output "release_region" {
  description = "Goes into the variable AWS_RELEASE_REGION of the GitHub environment release."
  value       = var.region
}
`,
};
