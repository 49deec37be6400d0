# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Values of one project.

variable "project_id" {
  description = "The only Google Cloud project that this state may touch."
  type        = string
  default     = "replace-me-gcp-project"
}

variable "region" {
  description = "Region of the state bucket."
  type        = string
  default     = "europe-north1"
}

variable "dns_zone" {
  description = "Domain whose names this project holds; delegated to it by whoever has the domain above."
  type        = string
  default     = "lectures.example.com"
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

variable "apply_environments" {
  description = "GitHub environments, named for clusters, whose workflows may change this project."
  type        = set(string)
}
