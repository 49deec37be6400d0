# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# The values are in envs/.

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

variable "services" {
  description = "Names of the services beside web, as in infra/container-apps: each gets an identity and a key vault of its own."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.services : length(name) <= 20 && can(regex("^[a-z]([a-z0-9]|-[a-z0-9])*$", name)) && !contains(["web", "worker", "job", "sample", "staging", "production"], name)])
    error_message = "Name a service in up to 20 lower-case letters, digits and single hyphens, beginning with a letter; taken are web, worker, job, sample, staging, production."
  }
}

variable "log_retention_days" {
  description = "Days that logs are kept, audit logs too."
  type        = number
  default     = 90

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 730
    error_message = "A workspace keeps logs for 30 to 730 days."
  }
}

variable "github_subject" {
  description = "Beginning of the subject in the tokens of the repository's workflows: repo:OWNER/NAME, or repo:OWNER-ID/NAME-ID for repositories made since June 2026."
  type        = string

  # What a token may say is compared letter by letter, so nothing shorter can match by chance.
  validation {
    condition     = can(regex("^repo:[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$", var.github_subject))
    error_message = "Give the beginning of the subject up to the name of the repository: repo:OWNER/NAME."
  }
}

variable "admin_ranges" {
  description = "Public IPv4 addresses or ranges from which people may reach the key vaults; they still have to sign in."
  type        = list(string)
  default     = []

  validation {
    condition     = !contains(var.admin_ranges, "0.0.0.0/0")
    error_message = "Name addresses, not all of the internet."
  }
}

variable "reader_groups" {
  description = "Object ids of the Entra groups whose members may look at everything but secrets: logs, settings, revisions."
  type        = list(string)
  default     = []
}

variable "secret_writers" {
  description = "Object ids of the Entra groups whose members may write secrets."
  type        = list(string)
  default     = []
}

variable "scan_images" {
  description = "Let Defender for Cloud look for known holes in images. It is set, and paid, for the whole subscription."
  type        = bool
  default     = true
}
