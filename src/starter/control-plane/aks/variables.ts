/** variables.tf of the AKS root module. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { asksForZone } from '../../dns-and-certificates/zone.ts';
import { together } from '../../serverless-service/code.ts';
import { isGivenNetwork, isOverlay, isThroughFirewall } from './addresses.ts';
import { isProxied } from './proxy.ts';

/** `nodes`: the variables of the pools. */
export function variables(input: ClusterInput, nodes: HclExpression): HclExpression {
  return together(
    NAMES,
    hcl`
variable "kubernetes_version" {
  description = "Kubernetes minor; every component of platform/ supports it."
  type        = string
  default     = ${input.kubernetes}
}
`,
    ...(isGivenNetwork(input) ? [GIVEN_NETWORK] : [OWN_NETWORK]),
    ...(isGivenNetwork(input) && !isOverlay(input) ? [GIVEN_PODS] : []),
    ...(isOverlay(input) ? [OVERLAY] : []),
    ...(isThroughFirewall(input) && !isGivenNetwork(input) ? [FIREWALL] : []),
    COMMON,
    ADMINS,
    FREEZES,
    zoneVariables(input),
    DISKS,
    LOGS,
    nodes,
  );
}

export const NAMES = hcl`
variable "cluster_name" {
  description = "Name of the cluster and of the resource group that it lies in."
  type        = string

  validation {
    condition     = length(var.cluster_name) <= 54
    error_message = "The name of the group of its nodes is made of it, and both are limited."
  }
}

variable "environment" {
  description = "Environment that the cluster serves."
  type        = string
}

variable "subscription_id" {
  description = "The only Azure subscription that this state may touch."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "The id of a subscription is a UUID in lower case."
  }
}

variable "location" {
  description = "Azure region of the cluster, one with availability zones."
  type        = string
}
`;

export const OWN_NETWORK = hcl`
variable "network_cidr" {
  description = "Addresses of the network. Cannot be changed later, and must not meet any network that is connected to it."
  type        = string

  validation {
    condition     = can(cidrsubnet(var.network_cidr, 8, 0)) && try(tonumber(split("/", var.network_cidr)[1]) <= 20, false)
    error_message = "The range must be an IPv4 CIDR of /20 or larger."
  }
}
`;

const GIVEN_NETWORK = hcl`
variable "node_subnet_id" {
  description = "Subnet of the nodes, in the network that exists."
  type        = string

  validation {
    condition     = length(split("/", var.node_subnet_id)) == 11
    error_message = "Give the whole id of the subnet, from /subscriptions on."
  }
}

variable "node_cidr" {
  description = "Range of that subnet, which network policies name."
  type        = string
}

variable "api_server_subnet_id" {
  description = "Subnet of at least /28 for the API server alone, delegated to Microsoft.ContainerService/managedClusters."
  type        = string

  validation {
    condition     = length(split("/", var.api_server_subnet_id)) == 11
    error_message = "Give the whole id of the subnet, from /subscriptions on."
  }
}

variable "api_server_cidr" {
  description = "Range of that subnet, which network policies name."
  type        = string
}
`;

const GIVEN_PODS = hcl`
variable "pod_subnet_id" {
  description = "Subnet of the pods, in the network that exists."
  type        = string
}
`;

const OVERLAY = hcl`
variable "pod_cidr" {
  description = "Addresses of pods, a /24 for each node; never leave the cluster. Cannot be changed later."
  type        = string

  validation {
    condition     = try(tonumber(split("/", var.pod_cidr)[1]) <= 19, false)
    error_message = "Each node takes a /24: a /19 is full with 32 nodes."
  }
}
`;

export const FIREWALL = hcl`
variable "firewall_address" {
  description = "Private address of the firewall that all traffic to the outside goes through."
  type        = string
}
`;

const COMMON = hcl`
variable "service_cidr" {
  description = "Addresses of Kubernetes Services; never leave the cluster. Cannot be changed later."
  type        = string
}

variable "api_allowed_cidrs" {
  description = "Networks that may reach the Kubernetes API from the internet. Empty: it answers within the network alone."
  type        = set(string)
  default     = []

  validation {
    condition     = !anytrue([for cidr in var.api_allowed_cidrs : endswith(cidr, "/0")])
    error_message = "The whole internet is not an allow-list."
  }
}
`;

export const ADMINS = hcl`
variable "admin_group_ids" {
  description = "Object ids of the Entra groups with full access to the cluster: for bootstrap and for emergencies, not for daily work."
  type        = list(string)

  validation {
    condition     = length(var.admin_group_ids) > 0
    error_message = "Without an admin group nobody could bootstrap or repair the cluster."
  }
}
`;

const FREEZES = hcl`
variable "freezes" {
  description = "Times in which AKS raises nothing by itself, each as two instants such as 2026-12-15T00:00:00Z."
  type        = list(object({ start = string, end = string }))
  default     = []
}
`;

/** Of the zone that names lie in, or of the domain alone. */
export function zoneVariables(input: ClusterInput): HclExpression | null {
  if (asksForZone(input)) return ZONE;
  return isProxied(input) ? DOMAIN : null;
}

/** What nobody is to ask the proxy for. */
const DOMAIN = hcl`
variable "dns_zone" {
  description = "Domain that names of the platform lie in, in name servers of the house."
  type        = string
}
`;

export const ZONE = hcl`
variable "dns_zone" {
  description = "Azure DNS zone in which certificates are proven; the cluster's domain lies in it."
  type        = string
}

variable "dns_zone_group" {
  description = "Resource group of that zone, in the same subscription."
  type        = string
}
`;

export const DISKS = hcl`
variable "disk_encryption_set_id" {
  description = "Disk encryption set with a key of your own. Null: disks are encrypted with keys that Azure keeps. Cannot be changed later."
  type        = string
  default     = null
}
`;

export const LOGS = hcl`
variable "log_retention_days" {
  description = "How long the logs of the control plane are kept."
  type        = number
  default     = 365

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 730
    error_message = "A workspace keeps logs for 30 to 730 days."
  }
}
`;
