# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# One set of values per cluster lies in envs/.

variable "cluster_name" {
  description = "Name of the cluster and of its network."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.cluster_name))
    error_message = "At most 40 lower-case letters, digits and hyphens."
  }
}

variable "short_name" {
  description = "What the cluster's service accounts begin with; its own among the clusters of the project."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.short_name))
    error_message = "At most 20 lower-case letters, digits and hyphens."
  }
}

variable "environment" {
  description = "Environment that the cluster serves."
  type        = string
}

variable "project_id" {
  description = "The only Google Cloud project that this state may touch."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "Name a project by its id: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "Region of the cluster."
  type        = string
}

variable "kubernetes_version" {
  description = "Kubernetes minor that the cluster begins with; every component of platform/ supports it."
  type        = string
  default     = "1.36"
}

variable "vpc_cidr" {
  description = "Addresses of nodes and of the control plane. Cannot be changed later, and must not meet any network that is connected to it."
  type        = string

  validation {
    condition     = can(cidrsubnet(var.vpc_cidr, 4, 0)) && tonumber(split("/", var.vpc_cidr)[1]) <= 22
    error_message = "The range must be an IPv4 CIDR of /22 or larger."
  }
}

variable "pod_cidr" {
  description = "Addresses of pods, a block of them per node. Cannot be changed later."
  type        = string

  validation {
    condition     = can(cidrhost(var.pod_cidr, 1))
    error_message = "The range must be an IPv4 CIDR."
  }
}

variable "service_cidr" {
  description = "Addresses of Kubernetes Services; never leave the network. Cannot be changed later."
  type        = string

  validation {
    condition     = can(cidrhost(var.service_cidr, 1)) && tonumber(split("/", var.service_cidr)[1]) <= 24
    error_message = "The range must be an IPv4 CIDR with room for 256 Services at least."
  }
}

variable "api_by_name" {
  description = "Whether the Kubernetes API answers at its name from outside the network, to those whom IAM lets in."
  type        = bool
  default     = false
}

variable "api_allowed_cidrs" {
  description = "Networks that may reach the public address of the Kubernetes API. Empty: there is no public address."
  type        = set(string)
  default     = []

  validation {
    condition     = !anytrue([for cidr in var.api_allowed_cidrs : endswith(cidr, "/0")])
    error_message = "The whole internet is not an allow-list."
  }
}

variable "admin_members" {
  description = "Who has full access to the cluster, as IAM names them: for bootstrap and for emergencies, not for daily work."
  type        = set(string)

  validation {
    condition     = length(var.admin_members) > 0
    error_message = "Without an administrator nobody could bootstrap or repair the cluster."
  }
}

variable "viewer_members" {
  description = "Who may read everything in the cluster except Secrets, as IAM names them."
  type        = set(string)
  default     = []
}

variable "dns_zone_name" {
  description = "Name of the zone in Cloud DNS in which certificates are proven; infra/gcp-project makes it."
  type        = string
  default     = "platform"
}

variable "maintenance" {
  description = "When GKE may upgrade: nights before working days, in UTC. Google asks for 48 hours in any 32 days."
  type = object({
    days       = list(string)
    start_time = string
    end_time   = string
  })
  default = {
    days       = ["TU", "WE", "TH"]
    start_time = "2026-01-06T01:00:00Z"
    end_time   = "2026-01-06T05:00:00Z"
  }
}

variable "freezes" {
  description = "Times without any upgrade, by a name for each."
  type = map(object({
    start_time = string
    end_time   = string
  }))
  default = {}

  validation {
    condition     = alltrue([for freeze in var.freezes : timecmp(freeze.end_time, timeadd(freeze.start_time, "2160h")) <= 0])
    error_message = "Google holds upgrades back for 90 days at most."
  }
}
