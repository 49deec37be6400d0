/** What machines of an inventory share, whatever system they run. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

/** `hosts` are the lines of the inventory; the policy document of the same name says what each may. */
export function ownRole(name: string, hosts: HclExpression): HclExpression {
  const resource: HclExpression = { kind: 'expression', code: name };
  return hcl`# One role for each machine: none reads what was made for another one.
resource "aws_iam_role" ${name} {
  for_each = ${hosts}

  name_prefix        = "\${substr("\${var.cluster_name}-\${each.key}", 0, 37)}-"
  assume_role_policy = data.aws_iam_policy_document.machine_trust.json
}

resource "aws_iam_role_policy" ${name} {
  for_each = ${hosts}

  name   = "its-own-archive"
  role   = aws_iam_role.${resource}[each.key].id
  policy = data.aws_iam_policy_document.${resource}[each.key].json
}

resource "aws_iam_instance_profile" ${name} {
  for_each = ${hosts}

  name_prefix = "\${substr("\${var.cluster_name}-\${each.key}", 0, 37)}-"
  role        = aws_iam_role.${resource}[each.key].name
}`;
}

export const REPLACED_ONE_BY_ONE = hcl`# A newer image or another first boot is for the machine that comes next: those that run are replaced one by one.
lifecycle {
  ignore_changes = [ami, user_data]

  precondition {
    condition     = contains(local.zones, each.value.zone) && try(cidrhost("\${each.value.address}/\${split("/", local.subnets[each.value.zone].cidr)[1]}", 0) == cidrhost(local.subnets[each.value.zone].cidr, 0), false)
    error_message = "\${each.key}: its address does not lie in the subnet of its zone."
  }
}`;
