/** What an alarm of a service measures: its two target groups together, whichever of them serves at the moment. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';

interface Measured {
  readonly id: string;
  readonly label: string;
  /** Of AWS/ApplicationELB. */
  readonly metric: string;
  readonly stat: 'Sum' | 'Maximum';
}

/** Queries of an alarm that is made for each of `local.services`. */
export const overBothGroups = ({ id, label, metric, stat }: Measured): HclExpression => hcl`metric_query {
  id          = ${id}
  expression  = "FILL(blue, 0) + FILL(green, 0)"
  label       = ${label}
  return_data = true
}

dynamic "metric_query" {
  for_each = toset(["blue", "green"])

  content {
    id = metric_query.key

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = ${metric}
      dimensions  = { LoadBalancer = aws_lb.main.arn_suffix, TargetGroup = ${GROUP}.arn_suffix }
      stat        = ${stat}
      period      = 60
    }
  }
}`;
const GROUP = hclCode('aws_lb_target_group.web["${each.key}-${metric_query.key}"]');
