/** Of a statement that lets jobs of GitHub take a role: all but which jobs. */
import { hcl } from '../../../files/hcl.ts';

export const BY_GITHUB = hcl`    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }`;
