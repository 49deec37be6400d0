/** variables.tf: all that differs between environments, checked before anything is planned. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Workload } from '../settings.ts';
import { egressVariables } from './egress-variables.ts';
import {
  HOST_MESSAGE,
  HOST_NAME,
  servicesVariable,
  VAULT_SECRET,
  VAULT_SECRET_MESSAGE,
} from './services-variable.ts';
import type { Settings } from './settings.ts';
import { jobVariable, webVariable, workerVariable } from './workload-variables.ts';

export function variables(settings: Settings): HclExpression {
  const { workloads, network, exposed, profile } = settings;
  const web = workloads.includes('web');
  return together(
    PLACE,
    network === 'created' ? OWN_NETWORK : EXISTING_NETWORK,
    egressVariables(settings),
    web ? webVariable(profile) : null,
    web ? servicesVariable(settings) : null,
    workloads.includes('worker') ? workerVariable(profile) : null,
    workloads.includes('job') ? jobVariable(profile) : null,
    secrets(workloads),
    RECEIVERS,
    web ? SLO : null,
    exposed ? EDGE : null,
    web && !exposed ? PRIVATE_DOMAIN : null,
  );
}

/** Of both folders. */
export const PLACE = hcl`
variable "subscription_id" {
  description = "Azure subscription of this environment."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "Give the id of a subscription in lower case: az account show --query id"
  }
}

variable "name" {
  description = "Name of the application: begins the name of every resource group."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "Use up to 40 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "environment" {
  description = "Name of the environment, the same as that of the GitHub environment whose jobs may change it."
  type        = string
}

variable "location" {
  description = "Azure region, one with availability zones."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+[0-9]?$", var.location))
    error_message = "Name a region as Azure does, such as westeurope or westus3."
  }
}
`;

const OWN_NETWORK = hcl`
variable "network_cidr" {
  description = "IPv4 range of the network. Half of it is for the environment and cannot be changed later."
  type        = string

  validation {
    condition     = can(cidrhost(var.network_cidr, 0)) && tonumber(split("/", var.network_cidr)[1]) <= 22
    error_message = "Give an IPv4 range of /22 or larger."
  }
}
`;

const EXISTING_NETWORK = hcl`
variable "environment_subnet_id" {
  description = "Id of a subnet for this environment alone, /27 or larger, delegated to Microsoft.App/environments."
  type        = string

  validation {
    condition     = can(regex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.Network/virtualNetworks/[^/]+/subnets/[^/]+$", var.environment_subnet_id))
    error_message = "Give the whole id of a subnet, from /subscriptions on."
  }
}

variable "endpoint_subnet_id" {
  description = "Id of the subnet for private endpoints."
  type        = string

  validation {
    condition     = can(regex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.Network/virtualNetworks/[^/]+/subnets/[^/]+$", var.endpoint_subnet_id))
    error_message = "Give the whole id of a subnet, from /subscriptions on."
  }
}

variable "private_zone_ids" {
  description = "Ids of the private DNS zones for private endpoints, which the network's owner keeps: privatelink.azurecr.io and privatelink.vaultcore.azure.net."
  type = object({
    registry = string
    vault    = string
  })
}
`;

function secrets(workloads: readonly Workload[]): HclExpression {
  const known = workloads.includes('web') ? hcl`concat(${workloads}, keys(var.services))` : hcl`${workloads}`;
  return hcl`
variable "secrets" {
  description = "Secrets by their name in the workload's key vault: which workload reads it, in which environment variable, and which version. Without a version it is not mounted."
  type = map(object({
    workload             = string
    environment_variable = string
    version              = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", name))])
    error_message = "Names of secrets are lower-case letters, digits and hyphens."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : secret.version == null || can(regex("^[0-9a-f]{32}$", secret.version))])
    error_message = "Name a version by its id: with the newest, a bad value reaches replicas one by one and no revision to roll back to is left."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : contains(${known}, secret.workload)])
    error_message = ${`A secret is for one of: ${workloads.join(', ')}${workloads.includes('web') ? ', or an entry of services' : ''}.`}
  }
}
`;
}

const RECEIVERS = hcl`
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
`;

const SLO = hcl`
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

const EDGE = hcl`
variable "domain" {
  description = "Host name that the service answers to."
  type        = string

  validation {
    condition     = can(regex(${HOST_NAME}, var.domain))
    error_message = ${HOST_MESSAGE}
  }
}

variable "waf_mode" {
  description = "Prevention blocks what the web application firewall finds, Detection only logs it."
  type        = string
  default     = "Prevention"

  validation {
    condition     = contains(["Prevention", "Detection"], var.waf_mode)
    error_message = "Use Prevention or Detection."
  }
}

variable "requests_per_minute" {
  description = "Requests that one client address may make in a minute; more get status 429."
  type        = number
  default     = 600
}
`;

const PRIVATE_DOMAIN = hcl`
variable "domain" {
  description = "Host name of your own that the service answers to, within the network. Without it, the name that Azure gives it."
  type = object({
    name        = string
    certificate = string
  })
  default = null

  validation {
    condition     = var.domain == null || can(regex(${VAULT_SECRET}, var.domain.certificate))
    error_message = ${VAULT_SECRET_MESSAGE}
  }
}
`;
