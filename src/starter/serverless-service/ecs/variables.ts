/** variables.tf: all that differs between environments, checked before anything is planned. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Workload } from '../settings.ts';
import { CLOSED_VARIABLES } from './closed.ts';
import { EXPOSURE, edge } from './edge-variables.ts';
import { hasOwnEdge, type Settings } from './settings.ts';
import { INSTANCES, JOB, services, WEB, worker } from './workload-variables.ts';

export function variables(settings: Settings): HclExpression {
  const { workloads, closed } = settings;
  return together(
    PLACE,
    naming(settings.name),
    tasks(settings),
    workloads.includes('web') ? together(WEB, services(hasOwnEdge(settings))) : null,
    workloads.includes('worker') ? worker(settings) : null,
    workloads.includes('job') ? JOB : null,
    settings.variant === 'ecs-managed-instances' ? INSTANCES : null,
    secrets(workloads),
    closed ? CLOSED_VARIABLES : DOMAINS,
    SHARED,
    workloads.includes('web') && !closed ? EXPOSURE : null,
    hasOwnEdge(settings) ? edge(settings) : null,
  );
}

export const PLACE = hcl`
variable "account_id" {
  description = "The only AWS account that this state may touch: one per environment."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id)) && var.account_id != "000000000000"
    error_message = "Give the twelve digits of the account of this environment."
  }
}

variable "region" {
  description = "AWS region of everything here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "Name a region, such as eu-central-1."
  }
}

variable "environment" {
  description = "Name of the environment: a tag on every resource."
  type        = string
}
`;

export function naming(name: string): HclExpression {
  return hcl`
variable "name" {
  description = "Name of the application: begins the name of every resource, the same in both folders of infra."
  type        = string
  default     = ${shortName(name)}

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$", var.name))
    error_message = "Use up to 32 lower-case letters, digits and hyphens, beginning with a letter: buckets and roles are named after it."
  }
}
`;
}

/** Buckets carry the name, the account and what they are for in 63 characters. */
export function shortName(name: string): string {
  return name.slice(0, 32).replace(/-+$/, '');
}

function tasks({ architecture }: Settings): HclExpression {
  return hcl`
variable "network_cidr" {
  description = "IPv4 range of the network. Cannot be changed later, and must not meet any network that is connected to it."
  type        = string

  validation {
    condition     = can(cidrhost(var.network_cidr, 0)) && tonumber(split("/", var.network_cidr)[1]) <= 23
    error_message = "Give an IPv4 range of /23 or larger: a load balancer wants a /27 in each of three zones."
  }
}

variable "architecture" {
  description = "Processor that the images are built for: X86_64 or ARM64."
  type        = string
  default     = ${architecture}

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "A task has one of the architectures X86_64 and ARM64."
  }
}
`;
}

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
    condition     = alltrue([for secret in values(var.secrets) : secret.version == null || can(regex("^[0-9a-f-]{32,64}$", secret.version))])
    error_message = "Name a version by its id: with AWSCURRENT, a bad value reaches tasks one by one and no definition to roll back to is left."
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
  description = "Domain names on the internet that workloads may call over HTTPS; *.example.com stands for all below it. Empty: nothing but AWS services and egress_ranges, and no NAT."
  type        = list(string)
  default     = []
}
`;

const SHARED = hcl`
variable "egress_ranges" {
  description = "Private IPv4 ranges that workloads may reach over TCP, such as a database's."
  type        = list(string)
  default     = []

  validation {
    condition     = !anytrue([for range in var.egress_ranges : endswith(range, "/0")])
    error_message = "The whole internet is not a private range."
  }
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
  default     = 365
}

variable "deletion_protection" {
  description = "Refuse to delete the load balancer and the allow-list of names. Turn it off in a change of its own, before the change that deletes."
  type        = bool
  default     = true
}
`;
