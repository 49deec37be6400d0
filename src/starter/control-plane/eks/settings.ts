/** versions.tf, backend.tf, providers.tf and variables.tf of the EKS root module. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { TRANSIT_VARIABLE } from '../../aws/way-to-house.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { provider } from '../../release.ts';
import { logDays } from '../../serverless-service/choices.ts';
import { terraformText } from '../../terraform.ts';
import { PEOPLE_VARIABLE } from './closed-endpoints.ts';
import { leadsToHouse } from './firewall.ts';
import { GPU_VARIABLE, gpuGroups } from './gpu-nodes.ts';
import { machineOf, NODES } from './machines.ts';
import { isAutoMode, NOTHING } from './mode.ts';
import { tenantsOfGroups } from './node-groups.ts';
import { tenantVariable } from './tenant-nodes.ts';
import { WINDOWS_VARIABLES } from './windows-group.ts';
import { windowsNodes } from './windows-nodes.ts';
import { namesZone } from './zone.ts';

export const FOLDER = 'infra/eks';
/** What clusters of one account share. */
export const ACCOUNT = 'infra/aws-account';

export function settings(input: ClusterInput): FileTree {
  const write = (says: string, code: ReturnType<typeof hcl>) =>
    terraformText(input, 'control-plane', says, code);
  return new Map([
    [
      `${FOLDER}/versions.tf`,
      write('Exact versions: an upgrade is a change that is reviewed.', awsVersions(input)),
    ],
    [
      `${FOLDER}/backend.tf`,
      write(
        'State lies in a bucket with its own lock; which one is said by the .tfbackend file of the cluster.',
        AWS_BACKEND,
      ),
    ],
    [
      `${FOLDER}/providers.tf`,
      write('The account and the region are part of what is reviewed, not of who runs it.', AWS_PROVIDERS),
    ],
    [`${FOLDER}/variables.tf`, write('One set of values per cluster lies in envs/.', variables(input))],
  ]);
}

export function awsVersions(input: ClusterInput): HclExpression {
  const aws = provider(input, 'aws');
  return hcl`
terraform {
  required_version = ${`>= ${provider(input, 'terraform').version}`}

  required_providers {
    aws = {
      source  = ${aws.source}
      version = ${aws.version}
    }
  }
}
`;
}

export const AWS_BACKEND = hcl`
terraform {
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
`;

export const awsProviders = (more: HclExpression) => hcl`
provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      cluster     = var.cluster_name
      environment = var.environment
      managed-by  = "terraform"
    }
  }${more}
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
`;

export const AWS_PROVIDERS = awsProviders({ kind: 'expression', code: '' });

function variables(input: ClusterInput) {
  return hcl`
variable "cluster_name" {
  description = "Name of the cluster; also the Name tag of its network, by which controllers find it."
  type        = string
}

variable "environment" {
  description = "Environment that the cluster serves."
  type        = string
}

variable "account_id" {
  description = "The only AWS account that this state may touch."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An AWS account id has twelve digits."
  }
}

variable "region" {
  description = "AWS region of the cluster."
  type        = string
}

variable "kubernetes_version" {
  description = "Kubernetes minor; every component of platform/ supports it."
  type        = string
  default     = ${input.kubernetes}
}

variable "vpc_cidr" {
  description = "Addresses of nodes and pods. Cannot be changed later, and must not meet any network that is connected to it."
  type        = string

  validation {
    condition     = can(cidrsubnet(var.vpc_cidr, 5, 0))
    error_message = "The range must be an IPv4 CIDR that can be divided by 32."
  }
}

variable "service_cidr" {
  description = "Addresses of Kubernetes Services; never leave the cluster. Cannot be changed later."
  type        = string
}

variable "api_allowed_cidrs" {
  description = "Networks that may reach the public endpoint of the Kubernetes API. Empty: there is no public endpoint."
  type        = set(string)
  default     = []

  validation {
    condition     = !anytrue([for cidr in var.api_allowed_cidrs : endswith(cidr, "/0")])
    error_message = "The whole internet is not an allow-list."
  }
}

variable "admin_role_arns" {
  description = "IAM roles with full access to the cluster: for bootstrap and for emergencies, not for daily work."
  type        = set(string)

  validation {
    condition     = length(var.admin_role_arns) > 0
    error_message = "Without an admin role nobody could bootstrap or repair the cluster."
  }
}

variable "viewer_role_arns" {
  description = "IAM roles that may read everything in the cluster except Secrets."
  type        = set(string)
  default     = []
}

${namesZone(input) ? ZONE_VARIABLE : NOTHING}${leadsToHouse(input) ? TRANSIT_VARIABLE : NOTHING}${wayOut(input) === 'none' ? PEOPLE_VARIABLE : NOTHING}${isAutoMode(input) ? NOTHING : nodeVariables(input)}variable "log_retention_days" {
  description = "How long control-plane and flow logs are kept."
  type        = number
  default     = ${Math.max(365, logDays(input) ?? 0)}
}
`;
}

function nodeVariables(input: ClusterInput) {
  const { ami, type } = machineOf(input);
  const tenants = tenantsOfGroups(input);
  return hcl`variable "ami_type" {
  description = "Image of the nodes. Bottlerocket: read-only root, no shell, updated as a whole."
  type        = string
  default     = ${ami}
}

variable "system_nodes" {
  description = "Nodes of the platform itself."
  type = object({
    instance_types = list(string)
    min_size       = number
    max_size       = number
  })
  default = {
    instance_types = [${type}]
    min_size       = ${NODES}
    max_size       = 6
  }

  validation {
    condition     = var.system_nodes.min_size >= 3
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}

variable "workload_nodes" {
  description = "Nodes of the workloads."
  type = object({
    instance_types = list(string)
    min_size       = number
    max_size       = number
  })
  default = {
    instance_types = [${type}]
    min_size       = ${NODES}
    max_size       = 12
  }

  validation {
    condition     = var.workload_nodes.min_size >= 3
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}

${tenants.length === 0 ? NOTHING : tenantVariable(tenants, type)}${gpuGroups(input) === 'none' ? NOTHING : GPU_VARIABLE}${windowsNodes(input) === null ? NOTHING : WINDOWS_VARIABLES}`;
}

const ZONE_VARIABLE = hcl`variable "dns_zone" {
  description = "Route 53 zone in which certificates are proven; the cluster's domain lies in it."
  type        = string
}

`;
