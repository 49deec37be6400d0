/** infra/bootstrap/variables.tf. */
import { type HclExpression, hcl } from '../../../../files/hcl.ts';
import { together } from '../../code.ts';
import { hasOwnEdge, type Settings } from '../settings.ts';
import { naming, PLACE } from '../variables.ts';
import { serviceNames } from '../workload-variables.ts';

export function bootstrapVariables(settings: Settings): HclExpression {
  return together(
    PLACE,
    naming(settings.name),
    GITHUB,
    settings.workloads.includes('web') ? SERVICES : null,
    TRAIL,
    hasOwnEdge(settings) ? DOMAIN : null,
  );
}

const GITHUB = hcl`
variable "github_subject" {
  description = "How GitHub names the repository in its tokens, numbers of owner and repository included: repo:OWNER@NUMBER/NAME@NUMBER."
  type        = string

  # A name can be given up and taken by somebody else; a number cannot.
  validation {
    condition     = can(regex("^repo:[A-Za-z0-9-]+@[0-9]+/[A-Za-z0-9._-]+@[0-9]+$", var.github_subject))
    error_message = "Give repo:OWNER@NUMBER/NAME@NUMBER, as the comment in the values file says. A repository older than July 2026 has to opt in to immutable subjects first."
  }
}
`;

const SERVICES = hcl`
variable "services" {
  description = "Services beside web that answer requests, each with roles and a place for images of its own (docs/runbooks/add-a-service.md)."
  type        = set(string)
  default     = []

  ${serviceNames(hcl`var.services`)}
}
`;

const TRAIL = hcl`
variable "github_provider" {
  description = "Make this account trust tokens of GitHub. Off where something else in the account did so already: it is there once."
  type        = bool
  default     = true
}

variable "trail" {
  description = "Keep an audit trail of this account here. Off where the organisation keeps one for all of its accounts."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "Days that the audit trail and access logs are kept."
  type        = number
  default     = 365
}
`;

const DOMAIN = hcl`
variable "domain" {
  description = "Host name that the service answers to."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a host name in lower case, without https:// and without a path."
  }
}
`;
