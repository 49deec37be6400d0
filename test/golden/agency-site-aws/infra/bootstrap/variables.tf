# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# The values are in envs/.

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

variable "name" {
  description = "Name of the application: begins the name of every resource, the same in both folders of infra."
  type        = string
  default     = "harbour"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$", var.name))
    error_message = "Use up to 32 lower-case letters, digits and hyphens, beginning with a letter: buckets and roles are named after it."
  }
}

variable "github_subject" {
  description = "How GitHub names the repository in its tokens, numbers of owner and repository included: repo:OWNER@NUMBER/NAME@NUMBER."
  type        = string

  # A name can be given up and taken by somebody else; a number cannot.
  validation {
    condition     = can(regex("^repo:[A-Za-z0-9-]+@[0-9]+/[A-Za-z0-9._-]+@[0-9]+$", var.github_subject))
    error_message = "Give repo:OWNER@NUMBER/NAME@NUMBER, as the comment in the values file says. A repository older than July 2026 has to opt in to immutable subjects first."
  }
}

variable "services" {
  description = "Services beside web that answer requests, each with roles and a place for images of its own (docs/runbooks/add-a-service.md)."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.services : can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", name)) && !contains(["web", "worker", "job", "sample", "collector", "edge", "endpoints", "staging", "production"], name)])
    error_message = "A service has a name of at most 20 lower-case letters, digits and hyphens that nothing else here has."
  }
}

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

variable "domain" {
  description = "Host name that the service answers to."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a host name in lower case, without https:// and without a path."
  }
}
