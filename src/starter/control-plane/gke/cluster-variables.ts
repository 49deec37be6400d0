/** Variables that every cluster in Google Cloud has, whoever runs its control plane. */
import { hcl } from '../../../files/hcl.ts';

export const NAMES = hcl`variable "cluster_name" {
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
}`;

export const VPC_CIDR = hcl`variable "vpc_cidr" {
  description = "Addresses of nodes and of the control plane. Cannot be changed later, and must not meet any network that is connected to it."
  type        = string

  validation {
    condition     = can(cidrsubnet(var.vpc_cidr, 4, 0)) && tonumber(split("/", var.vpc_cidr)[1]) <= 22
    error_message = "The range must be an IPv4 CIDR of /22 or larger."
  }
}`;

export const ADMINISTRATORS = hcl`variable "admin_members" {
  description = "Who has full access to the cluster, as IAM names them: for bootstrap and for emergencies, not for daily work."
  type        = set(string)

  validation {
    condition     = length(var.admin_members) > 0
    error_message = "Without an administrator nobody could bootstrap or repair the cluster."
  }
}`;

export const DNS_ZONE_NAME = hcl`variable "dns_zone_name" {
  description = "Name of the zone in Cloud DNS in which certificates are proven; infra/gcp-project makes it."
  type        = string
  default     = "platform"
}`;
