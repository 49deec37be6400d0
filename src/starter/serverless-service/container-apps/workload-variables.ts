/** The variables of the workloads: image, size within the limits of the platform, and number of replicas. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { identifier, together } from '../code.ts';
import type { Workload } from '../settings.ts';
import type { Profile } from './settings.ts';

/** Of every service that answers requests. */
export const WEB_ATTRIBUTES = hcl`image               = optional(string)
port                = optional(number, 9898)
http2               = optional(bool, false)
cpu                 = optional(number, 0.5)
memory              = optional(string, "1Gi")
concurrent_requests = optional(number, 50)
min_replicas        = optional(number, 3)
max_replicas        = optional(number, 30)
startup_path        = optional(string, "/readyz")
readiness_path      = optional(string, "/readyz")
liveness_path       = optional(string, "/healthz")
environment         = optional(map(string), {})`;

export function webVariable(profile: Profile): HclExpression {
  return hcl`
variable "web" {
  description = "The web service. Without an image it runs the sample. Container Apps ends a request after 240 seconds (PLAT-07B)."
  type = object({
    ${WEB_ATTRIBUTES}
  })
  default = {}

  ${together(...webChecks(profile).map(({ condition, message }) => validation(condition(hcl`var.web`), message)))}
}
`;
}

export function workerVariable(profile: Profile): HclExpression {
  return hcl`
variable "worker" {
  description = "The worker, which pulls its work. It scales by a rule of KEDA: on CPU unless another one is given; secrets are parameters of the rule, by name of the secret."
  type = object({
    image         = optional(string)
    cpu           = optional(number, 0.5)
    memory        = optional(string, "1Gi")
    min_replicas  = optional(number, 1)
    max_replicas  = optional(number, 10)
    liveness_port = optional(number)
    liveness_path = optional(string, "/healthz")
    environment   = optional(map(string), {})
    scale_rule = optional(object({
      type     = string
      metadata = map(string)
      secrets  = optional(map(string), {})
    }), { type = "cpu", metadata = { type = "Utilization", value = "70" } })
  })
  default = {}

  validation {
    condition     = var.worker.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.worker.image))
    error_message = "Name the image by its digest: a tag can move."
  }

  validation {
    condition     = var.worker.min_replicas <= var.worker.max_replicas && var.worker.max_replicas <= 1000
    error_message = "Limit of replicas: at least the minimum, at most 1000 for a revision."
  }

  validation {
    condition     = var.worker.min_replicas > 0 || !contains(["cpu", "memory"], var.worker.scale_rule.type)
    error_message = "A rule on CPU or memory cannot start a worker that has no replica: keep one, or scale on a queue."
  }

  ${sizeOf('worker', profile)}
}
`;
}

export function jobVariable(profile: Profile): HclExpression {
  return hcl`
variable "job" {
  description = "The scheduled job. The schedule is read in UTC."
  type = object({
    image           = optional(string)
    cpu             = optional(number, 0.5)
    memory          = optional(string, "1Gi")
    schedule        = optional(string, "17 3 * * *")
    timeout_seconds = optional(number, 1800)
    max_retries     = optional(number, 2)
    environment     = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.job.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.job.image))
    error_message = "Name the image by its digest: a tag can move."
  }

  validation {
    condition     = length(split(" ", var.job.schedule)) == 5
    error_message = "Write the schedule as five fields of cron."
  }

  ${sizeOf('job', profile)}
}
`;
}

interface WebCheck {
  /** Of `values`: one service. */
  readonly condition: (values: HclExpression) => HclExpression;
  readonly message: string;
}

export function webChecks(profile: Profile): readonly WebCheck[] {
  return [
    {
      condition: values =>
        hcl`${values}.image == null || can(regex("@sha256:[0-9a-f]{64}$", ${values}.image))`,
      message:
        'Name the image by its digest: a tag can move, and a rollback would then roll back to something else.',
    },
    {
      condition: values =>
        hcl`${values}.min_replicas <= ${values}.max_replicas && ${values}.max_replicas <= 1000`,
      message: 'Limit of replicas: at least the minimum, at most 1000 for a revision.',
    },
    size(profile),
  ];
}

function size({ name, type, cpu, gibibytes }: Profile): WebCheck {
  return name === 'Consumption'
    ? {
        condition: values =>
          hcl`${values}.cpu >= 0.25 && ${values}.cpu <= ${cpu} && floor(${values}.cpu * 4) == ${values}.cpu * 4 && try(tonumber(trimsuffix(${values}.memory, "Gi")), 0) == ${values}.cpu * 2`,
        message: `Limit of the Consumption profile (PLAT-08): 0.25 to ${cpu} vCPU in steps of 0.25, and twice as many GiB of memory.`,
      }
    : {
        condition: values =>
          hcl`${values}.cpu >= 0.25 && ${values}.cpu < ${cpu} && try(tonumber(trimsuffix(${values}.memory, "Gi")), ${gibibytes}) < ${gibibytes}`,
        message: `Limit of the workload profile ${type} (PLAT-08): less than ${cpu} vCPU and ${gibibytes} GiB, since the node keeps a part for itself.`,
      };
}

function sizeOf(workload: Workload, profile: Profile): HclExpression {
  const { condition, message } = size(profile);
  return validation(condition(hcl`var.${identifier(workload)}`), message);
}

export function validation(condition: HclExpression, message: string): HclExpression {
  return hcl`validation {
  condition     = ${condition}
  error_message = ${message}
}`;
}
