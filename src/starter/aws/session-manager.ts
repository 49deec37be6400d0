/** What a machine may do so that Session Manager reaches it. */
import { hcl } from '../../files/hcl.ts';

/** A statement of its policy. */
export const BE_REACHED = hcl`
  # Reached by Session Manager: no port is open for it, and every session is recorded by CloudTrail.
  statement {
    sid = "BeReached"
    actions = [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]
    resources = ["*"]
  }
`;
