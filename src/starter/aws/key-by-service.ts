/** A statement of a policy: a key may be used by way of one service of the region, and not by itself. */
import { type HclExpression, hcl, hclCode } from '../../files/hcl.ts';

/** `sid` names it, `actions` are those of KMS, `key` is a resource; `service` is the first word of its host. */
export const keyByService = (
  sid: string,
  actions: readonly string[],
  key: HclExpression,
  service: string,
) => hcl`statement {
  sid       = ${sid}
  actions   = ${actions}
  resources = [${key}.arn]

  condition {
    test     = "StringEquals"
    variable = "kms:ViaService"
    values   = ["${hclCode(service)}.\${var.region}.amazonaws.com"]
  }
}`;
