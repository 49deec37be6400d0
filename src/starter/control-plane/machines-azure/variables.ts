/** variables.tf of a cluster on machines of Azure. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf } from '../../picks.ts';
import { together } from '../../serverless-service/code.ts';
import { isGivenNetwork, isThroughFirewall } from '../aks/addresses.ts';
import { ADMINS, DISKS, FIREWALL, LOGS, NAMES, OWN_NETWORK, zoneVariables } from '../aks/variables.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { joinedVariables } from './joined.ts';
import { machineVariables } from './machine-variables.ts';
import { machineSizes } from './pools.ts';

export function architectureOf({ stack }: ClusterInput): 'amd64' | 'arm64' {
  return answerOf(stack, 'architecture') === 'arm64' ? 'arm64' : 'amd64';
}

export function variables(input: ClusterInput, distribution: Distribution): HclExpression {
  return together(
    NAMES,
    OWN,
    isGivenNetwork(input) ? GIVEN_NETWORK : OWN_NETWORK,
    isThroughFirewall(input) && !isGivenNetwork(input) ? FIREWALL : null,
    PEOPLE,
    joinedVariables(input),
    distribution.setUpBy === 'machine' ? HOST_STORE : null,
    ADMINS,
    zoneVariables(input),
    DISKS,
    LOGS,
    machineVariables(distribution, architectureOf(input), machineSizes(input)),
  );
}

const OWN = hcl`
variable "inventory" {
  description = "Name of the inventory of the cluster in infra/hosts, without its ending."
  type        = string
}

variable "service_cidr" {
  description = "Addresses of Kubernetes Services, as the inventory says them; never leave the cluster. Cannot be changed later."
  type        = string

  validation {
    condition     = can(cidrhost(var.service_cidr, 1))
    error_message = "The range must be an IPv4 CIDR."
  }
}
`;

const GIVEN_NETWORK = hcl`
variable "node_subnet_id" {
  description = "Subnet of the machines, in the network that exists."
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
`;

const PEOPLE = hcl`
variable "people_cidrs" {
  description = "Private networks from which people and pipelines reach the API and set machines up: a VPN, or a network that is peered with this one."
  type        = set(string)

  validation {
    condition     = !anytrue([for cidr in var.people_cidrs : endswith(cidr, "/0")])
    error_message = "Everything is no network of people."
  }
}
`;

const HOST_STORE = hcl`
variable "host_store_cidrs" {
  description = "Public networks from which people bring the archives of machines, single addresses without a mask; they still have to sign in. Empty: from the subnets of the machines alone."
  type        = list(string)
  default     = []
}
`;
