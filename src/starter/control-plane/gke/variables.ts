/** variables.tf: what differs between clusters, and what must never be set by mistake. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { HUB_VARIABLE } from '../../google/way-within.ts';
import { answerOf } from '../../picks.ts';
import { type GkeChoices, leadsToHouse } from './choices.ts';
import { ADMINISTRATORS, NAMES, VPC_CIDR } from './cluster-variables.ts';
import { joinedVariable } from './joined.ts';
import type { GkeMode } from './mode.ts';
import { zoneVariable } from './ways.ts';

export function variables(input: ClusterInput, mode: GkeMode, choices: GkeChoices): HclExpression {
  const parts = [
    common(input),
    ...joinedVariable(input),
    ...(choices.network === 'given' ? [GIVEN_NETWORK] : []),
    ...(leadsToHouse(choices) ? [HUB_VARIABLE] : []),
    ...(choices.upgrades === 'held' ? [held(input)] : []),
    ...(mode === 'standard' ? [pools(input, choices)] : []),
    ...(mode === 'standard' && choices.nodes === 'provisioned' ? [PROVISIONED] : []),
  ];
  return { kind: 'expression', code: parts.map(({ code }) => code).join('') };
}

function common(input: ClusterInput): HclExpression {
  const { kubernetes } = input;
  return hcl`
${NAMES}

variable "kubernetes_version" {
  description = "Kubernetes minor that the cluster begins with; every component of platform/ supports it."
  type        = string
  default     = ${kubernetes}
}

${VPC_CIDR}

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

${ADMINISTRATORS}

variable "viewer_members" {
  description = "Who may read everything in the cluster except Secrets, as IAM names them."
  type        = set(string)
  default     = []
}

${zoneVariable(input)}variable "maintenance" {
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
`;
}

const GIVEN_NETWORK = hcl`
variable "given_network" {
  description = "The network that is there already: its project, and the names of its subnets and of the secondary ranges of the nodes' subnet. docs/runbooks/bootstrap.md says what is asked of it."
  type = object({
    project                 = string
    network                 = string
    subnetwork              = string
    control_plane_subnetwork = string
    pods_range              = string
    services_range          = string
  })
}
`;

/** Until the end of support of the minor; Google raises it then. */
function held({ stack }: ClusterInput): HclExpression {
  const until = stack.versions.kubernetes?.supportedUntil ?? null;
  const value =
    until === null
      ? hcl`null`
      : hcl`{
    start_time = ${`${stack.asOf}T00:00:00Z`}
    end_time   = ${`${until}T00:00:00Z`}
  }`;
  return hcl`
variable "minor_held" {
  description = "For how long the minor stays; null lets the channel raise it. Ends with the support of the minor at the latest."
  type = object({
    start_time = string
    end_time   = string
  })
  default = ${value}
}
`;
}

/** Without a stated architecture the one that every image exists for. */
export function machineOf({ stack }: Pick<ClusterInput, 'stack'>): {
  readonly type: string;
  readonly disk: string;
  readonly architecture: 'amd64' | 'arm64';
} {
  return answerOf(stack, 'architecture') === 'arm64'
    ? { type: 'c4a-standard-4', disk: 'hyperdisk-balanced', architecture: 'arm64' }
    : { type: 'n2-standard-4', disk: 'pd-balanced', architecture: 'amd64' };
}

/**
 * GKE gives every node with Arm the taint kubernetes.io/arch=arm64:NoSchedule, and lets in pods that name that architecture:
 * the platform, whose charts name none, runs on amd64, on machines that take the same disks.
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/prepare-arm-workloads-for-deployment (read 2026-11-22)
 */
export const systemMachineOf = (input: Pick<ClusterInput, 'stack'>): string =>
  machineOf(input).architecture === 'arm64' ? 'c4-standard-4' : machineOf(input).type;

function pools(input: ClusterInput, { sandboxPool }: GkeChoices): HclExpression {
  const { type, disk } = machineOf(input);
  const pool = (name: string, says: string, most: number, machine = type) => hcl`
variable ${`${name}_nodes`} {
  description = ${says}
  type = object({
    machine_type = string
    min_size     = number
    max_size     = number
  })
  default = {
    machine_type = ${machine}
    min_size     = 3
    max_size     = ${most}
  }

  validation {
    condition     = var.${{ kind: 'expression', code: name }}_nodes.min_size >= 3
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}
`;
  return hcl`
variable "sysctls" {
  description = "Kernel settings of every node, such as net.core.somaxconn."
  type        = map(string)
  default     = {}
}

variable "disk_type" {
  description = "Disk that nodes start from; not every machine takes every one."
  type        = string
  default     = ${disk}
}
${pool('system', 'Nodes of the platform itself, over all zones.', 6, systemMachineOf(input))}${pool('workload', 'Nodes of the workloads, over all zones.', 12)}${sandboxPool ? pool('sandbox', 'Nodes that run pods of tenants in a sandbox, over all zones.', 6) : hcl``}`;
}

const PROVISIONED = hcl`
variable "provisioned_limits" {
  description = "How much the whole cluster may grow to by pools that GKE makes itself."
  type = object({
    cpu        = number
    memory_gib = number
  })
  default = {
    cpu        = 128
    memory_gib = 512
  }
}
`;
