/** variables.tf: image, size and number of each workload, within what the platform takes. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { identifier, together } from '../code.ts';
import type { Workload } from '../settings.ts';
import type { Settings } from './settings.ts';

/** What has to hold of a workload, by its address. */
interface Rule {
  readonly condition: (of: HclExpression) => HclExpression;
  readonly message: string;
}

const validation = (condition: HclExpression, message: string): HclExpression => hcl`validation {
  condition     = ${condition}
  error_message = ${message}
}`;
const of = (workload: Workload, { condition, message }: Rule): HclExpression =>
  validation(condition(hcl`var.${identifier(workload)}`), message);
const ofServices = ({ condition, message }: Rule): HclExpression =>
  validation(hcl`alltrue([for service in values(var.services) : ${condition(hcl`service`)}])`, message);

/** What Fargate sells; Managed Instances take these too. Two limits of the platform, with their fact: PLAT-02. */
const SIZE: Rule = {
  condition: one =>
    hcl`contains([256, 512, 1024, 2048, 4096, 8192, 16384], ${one}.cpu) && ${one}.memory >= 2 * ${one}.cpu && ${one}.memory <= min(8 * ${one}.cpu, 122880)`,
  message:
    'A task has 256 to 16384 CPU units (1024 are a vCPU), and 2 to 8 MiB of memory per unit, up to 122880 (PLAT-02).',
};
const IMAGE: Rule = {
  condition: one => hcl`${one}.image == null || can(regex("@sha256:[0-9a-f]{64}$", ${one}.image))`,
  message:
    'Name the image by its digest: a tag can move, and a rollback would then roll back to something else.',
};
const TASKS: Rule = {
  condition: one => hcl`${one}.min_tasks >= 1 && ${one}.min_tasks <= ${one}.max_tasks`,
  message: 'At least one task, and not more at least than at most: ECS services do not scale to zero.',
};
const STOPS: Rule = {
  condition: one => hcl`${one}.stop_timeout_seconds <= 120`,
  message: 'A task has 120 seconds to stop.',
};

const size = (workload: Workload) => of(workload, SIZE);
const image = (workload: Workload) => of(workload, IMAGE);

const OF_SERVICE = hcl`image                      = optional(string)
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
environment                = optional(map(string), {})`;

export const WEB = hcl`
variable "web" {
  description = "The web service. Without an image it runs the sample. CPU in units (1024 are a vCPU), memory in MiB."
  type = object({
    ${OF_SERVICE}
  })
  default = {}

  ${of('web', IMAGE)}

  ${of('web', SIZE)}

  ${of('web', TASKS)}

  ${of('web', STOPS)}
}
`;

/** Names end up in those of target groups, which have 32 characters, and in hosts: staging's domain is one below production's. */
export const serviceNames = (names: HclExpression): HclExpression => hcl`validation {
  condition     = alltrue([for name in ${names} : can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", name)) && !contains(["web", "worker", "job", "sample", "collector", "edge", "endpoints", "staging", "production"], name)])
  error_message = "A service has a name of at most 20 lower-case letters, digits and hyphens that nothing else here has."
}`;

export function services(hasOwnEdge: boolean): HclExpression {
  const host = hasOwnEdge
    ? hcl`host                       = optional(string)
${OF_SERVICE}`
    : OF_SERVICE;
  const inCertificate = hcl`validation {
  condition     = alltrue([for service in values(var.services) : service.host == null || try(endswith(service.host, ".\${var.domain}") && !strcontains(trimsuffix(service.host, ".\${var.domain}"), "."), false)])
  error_message = "The certificate covers the domain and one level below it: name a host there."
}

validation {
  condition     = length(distinct([for name, service in var.services : service.host == null ? "\${name}.\${var.domain}" : service.host])) == length(var.services)
  error_message = "Two services cannot answer at one host."
}`;
  return hcl`
variable "services" {
  description = "Services beside web that answer requests, by name (docs/runbooks/add-a-service.md)${hasOwnEdge ? hcl`: each at NAME.DOMAIN, or at the host that it names` : hcl``}."
  type = map(object({
    ${host}
  }))
  default = {}

  ${together(serviceNames(hcl`keys(var.services)`), hasOwnEdge ? inCertificate : null)}
  ${ofServices(IMAGE)}

  ${ofServices(SIZE)}

  ${ofServices(TASKS)}

  ${ofServices(STOPS)}
}
`;
}

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
