/** versions.tf, backend.tf, providers.tf and variables.tf of the machines of AWS, and what is read from the inventory. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { TRANSIT_VARIABLE } from '../../aws/way-to-house.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { logDays } from '../../serverless-service/choices.ts';
import { terraformText } from '../../terraform.ts';
import { PEOPLE_VARIABLE } from '../eks/closed-endpoints.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import { leadsToHouse } from '../eks/firewall.ts';
import { AWS_BACKEND, AWS_PROVIDERS, awsVersions } from '../eks/settings.ts';
import { MACHINES } from '../eks/trust.ts';
import { namesZone } from '../eks/zone.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { joinedVariables } from './joined.ts';

export function machineSettings(input: ClusterInput, distribution: Distribution): FileTree {
  const write = (name: string, says: string, code: HclExpression) =>
    [`${MACHINES}/${name}.tf`, terraformText(input, 'control-plane', says, code)] as const;
  return new Map([
    write('versions', 'Exact versions: an upgrade is a change that is reviewed.', awsVersions(input)),
    write(
      'backend',
      'State lies in a bucket with its own lock; which one is said by the .tfbackend file of the cluster.',
      AWS_BACKEND,
    ),
    write(
      'providers',
      'The account and the region are part of what is reviewed, not of who runs it.',
      AWS_PROVIDERS,
    ),
    write(
      'variables',
      'One set of values per cluster lies in envs/; its machines stand in infra/hosts.',
      machineVariables(input, distribution.setUpBy),
    ),
    write(
      'inventory',
      'The one list of machines is infra/hosts/<cluster>.conf: names, addresses, zones and roles are read from it.',
      INVENTORY,
    ),
  ]);
}

const INVENTORY = hcl`
locals {
  inventory = file("\${path.module}/../hosts/\${var.inventory}.conf")

  hosts = {
    for host in regexall("(?m)^([a-z0-9-]+) +([0-9.]+) +([a-z0-9-]+) +(control-plane|system|workload)$", local.inventory) :
    host[0] => { address = host[1], zone = host[2], role = host[3] }
  }
  control_plane = { for name, host in local.hosts : name => host if host.role == "control-plane" }
  settings      = { for pair in regexall("(?m)^([A-Z_]+)=(.*)$", local.inventory) : pair[0] => pair[1] }

  api_name    = local.settings["API_NAME"]
  issuer_host = "\${var.cluster_name}-issuer-\${var.account_id}.s3.\${var.region}.amazonaws.com"
}
`;

const architecture = (input: ClusterInput) =>
  answerOf(input.stack, 'architecture') === 'arm64' ? 'arm64' : 'amd64';

/** Who makes the machines: this module, or the installer of OpenShift. */
export type MadeBy = Distribution['setUpBy'] | 'installer';

export function machineVariables(input: ClusterInput, madeBy: MadeBy): HclExpression {
  const closed = wayOut(input) === 'none';
  const byInstaller = madeBy === 'installer';
  const family = architecture(input) === 'arm64' ? 'm7g' : 'm7i';
  return hcl`
variable "cluster_name" {
  description = "Name of the cluster; also the Name tag of its network, by which controllers find it."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{1,32}$", var.cluster_name))
    error_message = "Small letters, digits and hyphens, 32 at most: names of roles, buckets and load balancers begin with it."
  }
}

${byInstaller ? NOTHING : INVENTORY_VARIABLE}variable "environment" {
  description = "Environment that the cluster serves."
  type        = string
}

variable "account_id" {
  description = "The only AWS account that this state may touch."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An AWS account has twelve digits."
  }
}

variable "region" {
  description = "Region of the cluster."
  type        = string
}

variable "vpc_cidr" {
  description = "Addresses of the network of the cluster: ${hclCode(byInstaller ? 'machineNetwork of the installer' : 'NODE_CIDR of the inventory')}. Cannot be changed later."
  type        = string

  validation {
    condition     = can(cidrsubnets(var.vpc_cidr, 2, 2, 2, 2))
    error_message = "A range of IPv4 that four subnets fit into."
  }
}

variable "service_cidr" {
  description = "Addresses of Kubernetes Services: ${hclCode(byInstaller ? 'serviceNetwork of the installer' : 'SERVICE_CIDR of the inventory')}."
  type        = string
}

${closed || byInstaller ? NOTHING : ALLOW_LIST}${namesZone(input) ? zoneVariable(closed) : NOTHING}variable "machine_types" {
  description = "Machines by their role."
  type        = map(string)
  default = {
    control-plane = ${`${family}.xlarge`}
${byInstaller ? NOTHING : hcl`    system        = ${`${family}.xlarge`}\n`}    workload      = ${`${family}.xlarge`}
  }
}
${byInstaller ? NOTHING : DISK}${each([
  ...(madeBy === 'talosctl' ? [TALOS_IMAGE] : []),
  ...(leadsToHouse(input) ? [TRANSIT_VARIABLE] : []),
  ...(closed && !byInstaller ? [PEOPLE_VARIABLE] : []),
  ...(keepsLogs(input) ? [retention(input)] : []),
  ...joinedVariables(input),
])}`;
}

const each = (blocks: readonly HclExpression[]): HclExpression => ({
  kind: 'expression',
  code: blocks.map(({ code }) => `\n${code.trim()}\n`).join(''),
});

const NOTHING: HclExpression = { kind: 'expression', code: '' };

const DISK = hcl`
variable "disk_gib" {
  description = "The disk of each machine: system, images, logs, and etcd in the control plane."
  type        = number
  default     = 100
}
`;

const INVENTORY_VARIABLE = hcl`variable "inventory" {
  description = "The file under infra/hosts that lists the machines, without its ending."
  type        = string
}

`;

const ALLOW_LIST = hcl`variable "api_allowed_cidrs" {
  description = "Networks that may reach the API from the internet. Empty: it answers within the network of the cluster only."
  type        = set(string)
  default     = []

  validation {
    condition     = !anytrue([for cidr in var.api_allowed_cidrs : endswith(cidr, "/0")])
    error_message = "The whole internet is not an allow-list."
  }
}

`;

const retention = (input: ClusterInput) => hcl`
variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = ${Math.max(365, logDays(input) ?? 0)}
}
`;

/** Nothing of the network is recorded here where somebody else makes it. */
function keepsLogs(input: ClusterInput): boolean {
  const { stack } = input;
  const handsLogs = pickOf(stack, 'logs') === 'managed-logs';
  // OpenShift hands none of these to AWS.
  const handsMetrics =
    pickOf(stack, 'metrics') === 'managed-metrics' && pickOf(stack, 'distribution') !== 'openshift';
  return handsLogs || handsMetrics || !standsInExistingNetwork(input);
}

const TALOS_IMAGE = hcl`
variable "talos_image" {
  description = "The image of Talos for AWS in this region: https://www.talos.dev/ lists one for each release."
  type        = string

  validation {
    condition     = startswith(var.talos_image, "ami-")
    error_message = "The id of an image begins with ami-."
  }
}
`;

/** The image that machines start from; only new ones take a newer one. */
export function imageOf(input: ClusterInput, { setUpBy }: Distribution): HclExpression {
  if (setUpBy === 'talosctl') return NOTHING;
  const pattern = `ubuntu/images/hvm-ssd-gp3/ubuntu-*-26.04-${architecture(input)}-server-*`;
  return hcl`# The newest image of the newest Ubuntu with long support, by its publisher. Machines that run are left alone by it.
data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]

  filter {
    name   = "name"
    values = [${pattern}]
  }

  filter {
    name   = "state"
    values = ["available"]
  }
}

`;
}

const zoneVariable = (closed: boolean) => hcl`variable "dns_zone" {
  description = ${closed ? 'Zone of the names of the platform, private to this network.' : "Route 53 zone in which certificates are proven; the cluster's domain lies in it."}
  type        = string
}

`;
