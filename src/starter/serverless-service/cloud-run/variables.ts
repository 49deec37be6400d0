/** variables.tf: all that differs between environments, checked before anything is planned. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Workload } from '../settings.ts';
import { CLIENTS_VARIABLE, CLOSED_VARIABLES } from './closed.ts';
import type { Settings } from './settings.ts';
import { webVariables } from './web-variables.ts';

export function variables(settings: Settings): HclExpression {
  const { workloads, closed } = settings;
  return together(
    place(closed ? CLOSED_SIZE : SIZE),
    naming(settings.name),
    workloads.includes('web') ? webVariables(settings) : null,
    workloads.includes('worker') ? WORKER : null,
    workloads.includes('job') ? JOB : null,
    secrets(workloads),
    closed ? CLOSED_VARIABLES : DOMAINS,
    SHARED,
    workloads.includes('web') && closed ? CLIENTS_VARIABLE : null,
    workloads.includes('web') ? EDGE : null,
  );
}

/** The largest prefix of the network, and why. */
const SIZE = {
  prefix: 23,
  error: 'Give an IPv4 range of /23 or larger: Direct VPC egress needs a /26 in each of up to eight regions.',
} as const;
const CLOSED_SIZE = {
  prefix: 22,
  error: 'Give an IPv4 range of /22 or larger: workloads and proxies need a /26 each in up to eight regions.',
} as const;

const place = ({ prefix, error }: typeof SIZE | typeof CLOSED_SIZE) => hcl`
variable "project_id" {
  description = "Google Cloud project of this environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id)) && !startswith(var.project_id, "replace-me")
    error_message = "Name an existing project: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "environment" {
  description = "Name of the environment: a label on every resource, and part of the domain."
  type        = string
}

variable "regions" {
  description = "Regions that serve, the first one also holds what exists once. Append, never reorder: ranges go by place."
  type        = list(string)

  validation {
    condition     = length(var.regions) >= 1 && length(var.regions) <= 8 && alltrue([for region in var.regions : can(regex("^[a-z]+-[a-z]+[0-9]+$", region))])
    error_message = "Name one to eight regions, such as europe-west1."
  }
}

variable "network_cidr" {
  description = "IPv4 range of the network, cut into one subnet per region."
  type        = string

  validation {
    condition     = can(cidrhost(var.network_cidr, 0)) && tonumber(split("/", var.network_cidr)[1]) <= ${prefix}
    error_message = ${error}
  }
}
`;

function naming(name: string): HclExpression {
  return hcl`
variable "name" {
  description = "Name of the application: begins the name of every resource."
  type        = string
  default     = ${name}

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "Use up to 40 lower-case letters, digits and hyphens, beginning with a letter."
  }
}
`;
}

const WORKER = hcl`
variable "worker" {
  description = "The worker pool, which pulls its work. Instances are counted per region and do not scale by themselves."
  type = object({
    image       = optional(string)
    cpu         = optional(string, "1")
    memory      = optional(string, "512Mi")
    instances   = optional(number, 1)
    environment = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.worker.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.worker.image))
    error_message = "Name the image by its digest: a tag can move."
  }
}
`;

const JOB = hcl`
variable "job" {
  description = "The scheduled job, which runs in the first region."
  type = object({
    image           = optional(string)
    cpu             = optional(string, "1")
    memory          = optional(string, "512Mi")
    schedule        = optional(string, "17 3 * * *")
    time_zone       = optional(string, "Etc/UTC")
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
    condition     = var.job.timeout_seconds >= 1 && var.job.timeout_seconds <= 604800
    error_message = "Cloud Run ends a task after seven days (PLAT-05B)."
  }
}
`;

function secrets(workloads: readonly Workload[]): HclExpression {
  const hasServices = workloads.includes('web');
  const named = hasServices ? hcl`concat(${workloads}, keys(var.services))` : hcl`${workloads}`;
  const message = `A secret is for one of: ${workloads.join(', ')}${hasServices ? ', or one of services' : ''}.`;
  return hcl`
variable "secrets" {
  description = "Secrets by name: which workload reads it, in which environment variable, and which version. Without a version the secret exists but is not mounted, so that a value can be added first."
  type = map(object({
    workload             = string
    environment_variable = string
    version              = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for secret in values(var.secrets) : secret.version != "latest"])
    error_message = "Name a version by its number: with latest, a bad value reaches instances one by one and no revision to roll back to is left."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : contains(${named}, secret.workload)])
    error_message = ${message}
  }
}
`;
}

const DOMAINS = hcl`
variable "egress_domains" {
  description = "Domain names on the internet that workloads may call over HTTPS. Empty: nothing but Google APIs and egress_ranges, and no NAT."
  type        = list(string)
  default     = []
}
`;

const SHARED = hcl`
variable "egress_ranges" {
  description = "Private IPv4 ranges that workloads may reach over TCP, such as a database's."
  type        = list(string)
  default     = []
}

variable "alert_receiver" {
  description = "E-mail address or HTTPS webhook for alerts that wake somebody."
  type        = string

  validation {
    condition     = can(regex("^(https://.+|[^@ ]+@[^@ ]+)$", var.alert_receiver))
    error_message = "Give an e-mail address or an https:// address."
  }
}

variable "ticket_receiver" {
  description = "E-mail address or HTTPS webhook for alerts that can wait; the alert receiver where it is not given."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30
}

variable "deletion_protection" {
  description = "Refuse to delete or replace services. Turn it off in a change of its own, before the change that deletes."
  type        = bool
  default     = true
}
`;

const EDGE = hcl`
variable "domain" {
  description = "Host name that web answers to; other services answer below it."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a host name in lower case, without https:// and without a path."
  }
}

variable "waf_preview" {
  description = "Log what the web application firewall would block instead of blocking it."
  type        = bool
  default     = false
}

variable "requests_per_minute" {
  description = "Requests that one client address may make in a minute; more get status 429."
  type        = number
  default     = 600
}

variable "slo" {
  description = "Objectives over 30 days: share of requests answered without a server error, and share answered within latency_ms."
  type = object({
    availability = optional(number, 0.995)
    latency      = optional(number, 0.95)
    latency_ms   = optional(number, 800)
  })
  default = {}

  # The fast alert fires at 14.4 times the error budget. From 1 - 1/14.4 down, that is more than all requests.
  validation {
    condition     = alltrue([for goal in [var.slo.availability, var.slo.latency] : goal > 0.9306 && goal <= 0.999])
    error_message = "Objectives lie above 0.9306, since the fast burn-rate alert could never fire below, and at most at 0.999."
  }
}
`;
