# Follows ADR-0029 (docs/adr/0029-platform-defaults-safe-from-the-first-day.md).
# Objectives and burn-rate alerts.

locals {
  # Share of the 30-day budget, divided by the share of 30 days that the long window is. The short window ends the alert
  # soon after the trouble. A fourth pair, three days and six hours, is missing: a period of CloudWatch ends at a day.
  burn_rates = {
    fast   = { factor = 14.4, long = 3600, short = 300, receiver = "page", budget = "2 % of the budget within an hour" }
    slow   = { factor = 6, long = 21600, short = 1800, receiver = "page", budget = "5 % of the budget within six hours" }
    steady = { factor = 3, long = 86400, short = 7200, receiver = "ticket", budget = "10 % of the budget within a day" }
  }

  budgets = { availability = 1 - var.slo.availability, latency = 1 - var.slo.latency }

  # One alarm per objective, speed and window; alone they tell nobody.
  burn_windows = merge([
    for objective, budget in local.budgets : merge([
      for speed, rate in local.burn_rates : {
        for window in ["long", "short"] : "${objective}-${speed}-${window}" => {
          objective = objective
          period    = rate[window]
          threshold = rate.factor * budget
        }
      }
    ]...)
  ]...)

  burn_alerts = merge([
    for objective in keys(local.budgets) : {
      for speed, rate in local.burn_rates : "${objective}-${speed}" => merge(rate, { objective = objective })
    }
  ]...)

  # Measured at the load balancer, where users are: a task that never starts counts too. With fewer requests than
  # slo.min_requests in a window, nothing can be said.
  slo_expressions = {
    availability = "IF(total >= ${var.slo.min_requests}, (FILL(failed, 0) + FILL(refused, 0)) / total, 0)"
    latency      = "IF(total >= ${var.slo.min_requests}, 1 - intime / 100, 0)"
  }

  slo_metrics = {
    availability = {
      total   = { metric = "RequestCount", stat = "Sum" }
      failed  = { metric = "HTTPCode_Target_5XX_Count", stat = "Sum" }
      refused = { metric = "HTTPCode_ELB_5XX_Count", stat = "Sum" }
    }
    latency = {
      total  = { metric = "RequestCount", stat = "Sum" }
      intime = { metric = "TargetResponseTime", stat = "PR(:${var.slo.latency_ms / 1000})" }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "burn" {
  # checkov:skip=CKV_AWS_319: Tells nobody by itself on purpose; the alarm below does, when both windows agree.
  for_each = local.burn_windows

  alarm_name          = "${var.name}-burn-${each.key}"
  alarm_description   = "The ${each.value.objective} objective, over ${each.value.period} seconds."
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "burn"
    expression  = local.slo_expressions[each.value.objective]
    label       = "Share of requests that missed the objective"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.slo_metrics[each.value.objective]

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value.metric
        dimensions  = { LoadBalancer = aws_lb.main.arn_suffix }
        stat        = metric_query.value.stat
        period      = each.value.period
      }
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "burn" {
  for_each = local.burn_alerts

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = "The ${each.value.objective} objective burns ${each.value.budget}. Runbook: docs/runbooks/slo-burn-serverless.md"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.burn["${each.key}-long"].alarm_name}\") AND ALARM(\"${aws_cloudwatch_metric_alarm.burn["${each.key}-short"].alarm_name}\")"
  alarm_actions     = [aws_sns_topic.main[each.value.receiver].arn]
  ok_actions        = [aws_sns_topic.main[each.value.receiver].arn]
}
