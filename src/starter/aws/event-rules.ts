/** How EventBridge comes to use the key of a topic. */
import { hcl } from '../../files/hcl.ts';

/** A statement of the policy of that key. */
export const RULES_ENCRYPT = hcl`
  # EventBridge names no account to a key: with a condition, no event would reach a topic.
  statement {
    sid       = "RulesEncrypt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
`;
