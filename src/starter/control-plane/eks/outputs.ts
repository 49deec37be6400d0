/** outputs.tf with what manifests are filled in from, and the tests of the module. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isInstalledWithin } from '../../cni/cilium/eks-closed.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { asksRatify } from '../../policy-engine/gatekeeper/place.ts';
import { terraformText } from '../../terraform.ts';
import { tunesNodes } from '../node-control.ts';
import { givesPodsSubnets, standsInExistingNetwork } from './existing-network.ts';
import {
  AUTO_NETWORK_VALUES,
  CLOSED_NETWORK_MOCKS,
  EXISTING_NETWORK_MOCKS,
  EXISTING_NETWORK_VALUES,
  POD_SUBNET_VALUES,
} from './existing-network-tests.ts';
import { leadsToHouse } from './firewall.ts';
import { hasGatewayOfAws } from './gateway.ts';
import { KERNEL_RUNS } from './kernel.ts';
import { isAutoMode, NOTHING } from './mode.ts';
import { scalingOf } from './node-groups.ts';
import { signInByGroups } from './people.ts';
import { FOLDER } from './settings.ts';
import { clusterTitle } from './title.ts';
import { ISSUER_MOCK } from './trust.ts';
import { WINDOWS_RUNS } from './windows-group.ts';
import { windowsNodes } from './windows-nodes.ts';
import { namesZone } from './zone.ts';

const SIGN_IN = hcl`
sign_in = {
  issuer_url = "https://login.example.com"
  client_id  = "kubernetes"
}`;

/** `expressions` are the values of the output `cluster_vars`, which scripts/bootstrap.sh compares with the manifests. */
export function outputs(input: ClusterInput, expressions: Readonly<Record<string, HclExpression>>): FileTree {
  return new Map([
    [
      `${FOLDER}/outputs.tf`,
      terraformText(
        input,
        'control-plane',
        'cluster_vars must equal clusters/<name>/variables/cluster-vars.yaml; scripts/bootstrap.sh compares them.',
        hcl`
output "cluster_name" {
  description = "For aws eks update-kubeconfig."
  value       = aws_eks_cluster.main.name
}

output "api_endpoint" {
  description = "Address of the Kubernetes API."
  value       = aws_eks_cluster.main.endpoint
}

output "network" {
  description = "What others connect to: the network and the subnets of the nodes."
  value       = { vpc_id = local.vpc_id, node_subnet_ids = local.node_subnet_ids }
}

output "zones" {
  description = "Zones that nodes spread over."
  value       = local.zones
}

output "cluster_vars" {
  description = "What differs between clusters in manifests."
  value = ${expressions}
}
`,
      ),
    ],
  ]);
}

export function moduleTests(input: ClusterInput): FileTree {
  const [cluster] = input.clusters;
  const given = standsInExistingNetwork(input);
  const values = isAutoMode(input) ? AUTO_NETWORK_VALUES : EXISTING_NETWORK_VALUES;
  return new Map([
    [
      `${FOLDER}/tests/defaults.tftest.hcl`,
      terraformText(
        input,
        'platform-defaults',
        'Runs without an account: tofu test. What must never be lost in a change of this module.',
        hcl`
mock_provider "aws" {
${given ? NOTHING : ZONES}  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{}"
    }
  }${given ? EXISTING_NETWORK_MOCKS : NOTHING}${given && ['firewall', 'none'].includes(wayOut(input)) ? ROUTE_TABLE_MOCK : NOTHING}${given && wayOut(input) === 'none' ? CLOSED_NETWORK_MOCKS : NOTHING}${asksRatify(input) ? ISSUER_MOCK : NOTHING}
}

variables {
  cluster_name    = ${clusterTitle(input, cluster)}
  environment     = ${cluster.environment}
  account_id      = "000000000000"
  region          = ${cluster.region}
  vpc_cidr        = ${cluster.vpcCidr}
  service_cidr    = ${cluster.serviceCidr}
  admin_role_arns = ["arn:aws:iam::000000000000:role/admin"]${namesZone(input) ? TESTED_ZONE : NOTHING}${hasGatewayOfAws(input) ? (given ? GATEWAY_IN_GIVEN_NETWORK : GATEWAY) : NOTHING}${signInByGroups(input) ? SIGN_IN : NOTHING}${given ? values : NOTHING}${givesPodsSubnets(input) ? POD_SUBNET_VALUES : NOTHING}${leadsToHouse(input) ? TRANSIT : NOTHING}${wayOut(input) === 'proxy' ? PROXY : NOTHING}${wayOut(input) === 'none' ? PEOPLE : NOTHING}${isInstalledWithin(input) ? CILIUM : NOTHING}
}

run "spreads_over_three_zones" {
  command = plan

${given ? GIVEN_ZONES : leadsToHouse(input) ? FIREWALLED_ZONES : OWN_ZONES}

${isAutoMode(input) ? POOL_OF_AWS : threeNodes(input)}
}

run "keeps_the_api_closed_by_default" {
  command = plan

  assert {
    condition     = aws_eks_cluster.main.vpc_config[0].endpoint_public_access == false
    error_message = "Without an allow-list there is no public endpoint."
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

${isAutoMode(input) ? NOTHING : SINGLE_NODE}${windowsNodes(input) === null ? NOTHING : WINDOWS_RUNS}${tunesNodes(input.stack) ? KERNEL_RUNS : NOTHING}run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = aws_eks_cluster.main.deletion_protection && aws_eks_cluster.main.access_config[0].authentication_mode == "API"
    error_message = "Deletion protection is on, and access is given by access entries alone."
  }
}
${environmentRuns(input)}`,
      ),
    ],
  ]);
}

const GATEWAY = hcl`
domain          = "production.example.com"`;

const GATEWAY_IN_GIVEN_NETWORK = hcl`

domain             = "production.example.com"
load_balancer_cidr = "192.0.2.0/24"`;

const ZONES = hcl`  mock_data "aws_availability_zones" {
    defaults = {
      names = ["zone-a", "zone-b", "zone-c", "zone-d"]
    }
  }

`;

const OWN_ZONES = hcl`  assert {
    condition     = length(aws_subnet.private) == 3 && length(aws_nat_gateway.zone) == 3
    error_message = "Three zones, each with a NAT gateway of its own."
  }`;

const FIREWALLED_ZONES = hcl`  assert {
    condition     = length(aws_subnet.private) == 3 && alltrue([for route in aws_route.house : route.transit_gateway_id == var.transit_gateway_id])
    error_message = "Three zones, and what leaves them leads to the border of the house."
  }`;

const PROXY = hcl`

proxy = { url = "http://proxy.example.com:3128", range = "192.0.2.8/32" }`;

export const PEOPLE = hcl`

people_ranges = ["192.0.2.0/24"]`;

const CILIUM = hcl`

cilium_installed = true`;

export const TRANSIT = hcl`

transit_gateway_id = "tgw-00000000000000000"`;

export const ROUTE_TABLE_MOCK = hcl`

mock_data "aws_route_table" {
  defaults = {
    routes = []
  }
}`;

const GIVEN_ZONES = hcl`  assert {
    condition     = length(local.zones) == 3
    error_message = "Three zones, each with a subnet for nodes and pods."
  }`;

const threeNodes = (input: ClusterInput) => hcl`  assert {
    condition     = ${scalingOf(input) === 'by-hand' ? ONE_GROUP : A_GROUP_PER_ZONE} >= 3
    error_message = "Losing one node must go unnoticed."
  }`;

const ONE_GROUP = hcl`aws_eks_node_group.workload.scaling_config[0].min_size`;
const A_GROUP_PER_ZONE = hcl`sum([for group in aws_eks_node_group.workload : group.scaling_config[0].min_size])`;

const POOL_OF_AWS = hcl`  assert {
    condition     = aws_eks_cluster.main.compute_config[0].enabled && aws_eks_cluster.main.storage_config[0].block_storage[0].enabled
    error_message = "Machines and disks are made by AWS: Auto Mode is one switch for both."
  }`;

const SINGLE_NODE = hcl`run "refuses_a_single_node" {
  command = plan

  variables {
    workload_nodes = {
      instance_types = ["m7i.large"]
      min_size       = 1
      max_size       = 1
    }
  }

  expect_failures = [var.workload_nodes]
}

`;

const TESTED_ZONE = hcl`
dns_zone        = "example.com"`;
