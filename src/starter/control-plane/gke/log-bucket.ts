/** logs.tf: what containers write, in a bucket of the cluster's own: for how long, and what is not worth keeping. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Check, StarterInput } from '../../part.ts';
import { logDays } from '../../serverless-service/choices.ts';

/** How containers of a cluster are told from all else in the project. */
export interface LogSource {
  /** What a sink takes and the bucket of the project leaves. */
  readonly filter: HclExpression;
  /** The same, in the few words that a view knows. */
  readonly view: HclExpression;
  /** What is not worth keeping: blocks of the sink. */
  readonly dropped: HclExpression;
}

export function logBucket(input: StarterInput, { filter, view, dropped }: LogSource): HclExpression {
  return hcl`
variable "log_retention_days" {
  description = "Days that logs of containers are kept."
  type        = number
  default     = ${logDays(input) ?? 90}

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 3650
    error_message = "Google keeps them for 30 days at least in a bucket that is paid for, and for ten years at most."
  }
}

locals {
  logs_of_containers = ${filter}
}

resource "google_logging_project_bucket_config" "containers" {
  project          = var.project_id
  location         = var.region
  bucket_id        = "\${var.cluster_name}-containers"
  description      = "What the containers of \${var.cluster_name} write."
  retention_days   = var.log_retention_days
  enable_analytics = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_logging_project_sink" "containers" {
  name                   = "\${var.cluster_name}-containers"
  description            = "What the containers of \${var.cluster_name} write goes into a bucket of its own."
  destination            = "logging.googleapis.com/\${google_logging_project_bucket_config.containers.id}"
  filter                 = local.logs_of_containers
  unique_writer_identity = true
${dropped}}

# Kept once and not twice: the bucket that every project begins with lets them go.
resource "google_logging_project_exclusion" "containers" {
  name        = "\${var.cluster_name}-containers"
  description = "Kept in the bucket \${var.cluster_name}-containers."
  filter      = local.logs_of_containers
}

# Who reads logs of this cluster may be given this view alone.
resource "google_logging_log_view" "containers" {
  name        = "\${var.cluster_name}-containers"
  bucket      = google_logging_project_bucket_config.containers.id
  description = "What the containers of \${var.cluster_name} write."
  filter      = ${view}
}
`;
}

export function bucketCheck(decision: Id, folder: string): Check {
  return {
    decision,
    says: 'Logs of containers have a bucket and a time of their own, and nobody removes it by accident.',
    command: `grep -qE '^ +retention_days += var.log_retention_days$' ${folder}/logs.tf && grep -qE '^ +prevent_destroy = true$' ${folder}/logs.tf`,
    path: `${folder}/logs.tf`,
  };
}
