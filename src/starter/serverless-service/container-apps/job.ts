/** job.tf: the scheduled job, and the alert when it fails. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { access, environment, ready } from './containers.ts';
import type { Profile } from './settings.ts';

export function job(profile: Profile): HclExpression {
  return hcl`
resource "azurerm_container_app_job" "job" {
  name                         = "job"
  location                     = var.location
  resource_group_name          = local.group
  container_app_environment_id = azurerm_container_app_environment.main.id
  workload_profile_name        = ${profile.name}
  replica_timeout_in_seconds   = var.job.timeout_seconds
  replica_retry_limit          = var.job.max_retries
  tags                         = local.tags

  ${access('job')}

  # One at a time.
  schedule_trigger_config {
    cron_expression          = var.job.schedule
    parallelism              = 1
    replica_completion_count = 1
  }

  template {
    container {
      name    = "job"
      image   = local.images.job
      cpu     = var.job.cpu
      memory  = var.job.memory
      command = var.job.image == null ? ["/bin/echo", "The job has no image of its own yet."] : null

      ${environment('job')}
    }
  }

  depends_on = ${ready('job')}
}

resource "azurerm_monitor_metric_alert" "job" {
  name                = "job-failed"
  resource_group_name = local.group
  scopes              = [azurerm_container_app_job.job.id]
  description         = "A run of the job failed after its retries. Runbook: docs/runbooks/deploy-and-rollback.md"
  severity            = 2
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace       = "Microsoft.App/jobs"
    metric_name            = "Executions"
    aggregation            = "Total"
    operator               = "GreaterThan"
    threshold              = 0
    skip_metric_validation = true

    dimension {
      name     = "state"
      operator = "Include"
      values   = ["Failed"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.main["ticket"].id
  }
}
`;
}
