/** variables.tf: who may come in, by which name, and how fast. */
import { hcl } from '../../../files/hcl.ts';
import type { Settings } from './settings.ts';

export const EXPOSURE = hcl`
variable "exposure" {
  description = "Who reaches the web service: internet, or private for the networks in client_ranges alone."
  type        = string
  default     = "internet"

  validation {
    condition     = contains(["internet", "private"], var.exposure)
    error_message = "The service is reached from the internet or from private networks."
  }
}
`;

/** `clients`: when they are asked for, in the words of the variable; `instead`: what to do for all others. */
export const edge = ({ closed }: Settings) => edgeOf(closed ? OF_HOUSE : OF_EITHER);

const OF_EITHER = { clients: ', where exposure is private', instead: ': set exposure to internet instead' };
const OF_HOUSE = { clients: '', instead: '' };

const edgeOf = ({ clients, instead }: typeof OF_HOUSE) => hcl`
variable "client_ranges" {
  description = ${`Private ranges that may open a connection${clients}.`}
  type        = list(string)
  default     = []

  validation {
    condition     = !anytrue([for range in var.client_ranges : endswith(range, "/0")])
    error_message = ${`The whole internet is not a private network${instead}.`}
  }
}

variable "domain" {
  description = "Host name that the service answers to."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a host name in lower case, without https:// and without a path."
  }
}

variable "waf_preview" {
  description = "Count what the web application firewall would block instead of blocking it; the limit per client stays."
  type        = bool
  default     = false
}

variable "requests_per_minute" {
  description = "Requests that one client address may make in a minute; more are blocked."
  type        = number
  default     = 600
}

variable "slo" {
  description = "Objectives over 30 days: share of requests answered without a server error, and share answered within latency_ms."
  type = object({
    availability = optional(number, 0.995)
    latency      = optional(number, 0.95)
    latency_ms   = optional(number, 800)
    min_requests = optional(number, 10)
  })
  default = {}

  # The fast alert fires at 14.4 times the error budget. From 1 - 1/14.4 down, that is more than all requests.
  validation {
    condition     = alltrue([for goal in [var.slo.availability, var.slo.latency] : goal > 0.9306 && goal <= 0.9999])
    error_message = "Objectives lie above 0.9306, since the fast burn-rate alert could never fire below, and at most at 0.9999."
  }
}
`;
