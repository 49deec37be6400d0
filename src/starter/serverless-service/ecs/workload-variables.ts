/** variables.tf: image, size and number of each workload, within what the platform takes. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { identifier } from '../code.ts';
import type { Workload } from '../settings.ts';
import type { Settings } from './settings.ts';

/** What Fargate sells; Managed Instances take these too. Two limits of the platform, with their fact: PLAT-02. */
const size = (workload: Workload) => {
  const name = identifier(workload);
  return hcl`validation {
  condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.${name}.cpu) && var.${name}.memory >= 2 * var.${name}.cpu && var.${name}.memory <= min(8 * var.${name}.cpu, 122880)
  error_message = "A task has 256 to 16384 CPU units (1024 are a vCPU), and 2 to 8 MiB of memory per unit, up to 122880 (PLAT-02)."
}`;
};

const image = (workload: Workload) => {
  const name = identifier(workload);
  return hcl`validation {
  condition     = var.${name}.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.${name}.image))
  error_message = "Name the image by its digest: a tag can move, and a rollback would then roll back to something else."
}`;
};

export const WEB = hcl`
variable "web" {
  description = "The web service. Without an image it runs the sample. CPU in units (1024 are a vCPU), memory in MiB."
  type = object({
    image                      = optional(string)
    port                       = optional(number, 9898)
    grpc                       = optional(bool, false)
    cpu                        = optional(number, 512)
    memory                     = optional(number, 1024)
    min_tasks                  = optional(number, 3)
    max_tasks                  = optional(number, 20)
    readiness_path             = optional(string, "/readyz")
    health_command             = optional(list(string))
    user                       = optional(string, "10001")
    scratch_path               = optional(string, "/data")
    stop_timeout_seconds       = optional(number, 60)
    canary_percent             = optional(number, 10)
    rollback_errors_per_minute = optional(number, 10)
    environment                = optional(map(string), {})
  })
  default = {}

  ${image('web')}

  ${size('web')}

  validation {
    condition     = var.web.min_tasks >= 1 && var.web.min_tasks <= var.web.max_tasks
    error_message = "At least one task, and not more at least than at most: ECS services do not scale to zero."
  }

  validation {
    condition     = var.web.stop_timeout_seconds <= 120
    error_message = "A task has 120 seconds to stop."
  }
}
`;

export function worker({ gpu, variant }: Settings): HclExpression {
  const gpus =
    gpu && variant === 'ecs-managed-instances'
      ? hcl`
gpus                 = optional(number, 1)`
      : hcl``;
  return hcl`
variable "worker" {
  description = "The worker, which pulls its work. Without an image it runs the sample."
  type = object({
    image                = optional(string)
    cpu                  = optional(number, 512)
    memory               = optional(number, 1024)${gpus}
    min_tasks            = optional(number, 2)
    max_tasks            = optional(number, 10)
    health_command       = optional(list(string))
    user                 = optional(string, "10001")
    scratch_path         = optional(string, "/data")
    stop_timeout_seconds = optional(number, 120)
    environment          = optional(map(string), {})
  })
  default = {}

  ${image('worker')}

  ${size('worker')}

  validation {
    condition     = var.worker.stop_timeout_seconds <= 120
    error_message = "A task has 120 seconds to stop: hand back longer work to its queue."
  }
}
`;
}

export const JOB = hcl`
variable "job" {
  description = "The scheduled job. The schedule is one of EventBridge Scheduler: cron(minute hour day month weekday year)."
  type = object({
    image                = optional(string)
    cpu                  = optional(number, 512)
    memory               = optional(number, 1024)
    schedule             = optional(string, "cron(17 3 * * ? *)")
    time_zone            = optional(string, "Etc/UTC")
    health_command       = optional(list(string))
    user                 = optional(string, "10001")
    scratch_path         = optional(string, "/data")
    stop_timeout_seconds = optional(number, 120)
    environment          = optional(map(string), {})
  })
  default = {}

  ${image('job')}

  ${size('job')}

  validation {
    condition     = can(regex("^(cron|rate|at)\\\\(.+\\\\)$", var.job.schedule))
    error_message = "Write the schedule as cron(\u2026), rate(\u2026) or at(\u2026)."
  }
}
`;

export const INSTANCES = hcl`
variable "instances" {
  description = "What AWS may choose from: size of an instance, its disk, and its GPUs where tasks want them."
  type = object({
    vcpu_min       = optional(number, 2)
    vcpu_max       = optional(number, 16)
    memory_mib_min = optional(number, 4096)
    disk_gib       = optional(number, 50)
    gpus           = optional(number, 1)
  })
  default = {}
}
`;
