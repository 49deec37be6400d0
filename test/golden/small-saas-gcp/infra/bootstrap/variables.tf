# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# The values are in envs/.

variable "project_id" {
  description = "Google Cloud project of this environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id)) && !startswith(var.project_id, "replace-me")
    error_message = "Name an existing project: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "environment" {
  description = "Name of the environment, the same as that of the GitHub environment whose jobs may change it."
  type        = string
}

variable "region" {
  description = "Region of the bucket that holds the state."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "Name a region, such as europe-west1."
  }
}

variable "services" {
  description = "Services beside web that answer requests, each with an identity of its own (docs/runbooks/add-a-service.md)."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.services : can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", name)) && !contains(["web", "worker", "job", "sample", "staging", "production"], name)])
    error_message = "A service has a name of at most 20 lower-case letters, digits and hyphens that nothing else here has."
  }
}

variable "github_repository_id" {
  description = "Number of the GitHub repository: gh api repos/OWNER/NAME --jq .id"
  type        = string

  # A name can be given up and taken by somebody else; a number cannot.
  validation {
    condition     = can(regex("^[0-9]+$", var.github_repository_id))
    error_message = "Give the number that GitHub has for the repository, not its name."
  }
}
