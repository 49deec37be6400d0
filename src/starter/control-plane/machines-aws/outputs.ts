/** outputs.tf with what manifests are filled in from, and the tests of the module. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_RANGE, PROXY_URL, pastProxy } from '../../egress/proxy/settings.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { domainOf } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import { CLOSED_NETWORK_MOCKS, EXISTING_NETWORK_MOCKS } from '../eks/existing-network-tests.ts';
import { leadsToHouse } from '../eks/firewall.ts';
import { METRICS_WORKSPACE, REGISTRY, VPC_ID } from '../eks/names.ts';
import { PEOPLE, ROUTE_TABLE_MOCK, TRANSIT } from '../eks/outputs.ts';
import { namesWithin } from '../eks/proxy.ts';
import { clusterTitle } from '../eks/title.ts';
import { MACHINES } from '../eks/trust.ts';
import { namesZone } from '../eks/zone.ts';
import type { KnownVariable } from '../manifest-variables.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { podRange } from '../self-managed/inventory.ts';
import { joinedRuns } from './joined.ts';
import { windowsRun } from './windows.ts';

export const AWS_VARIABLES: readonly KnownVariable[] = [
  { name: 'ACCOUNT_ID', value: () => TOKENS.account, output: 'var.account_id' },
  { name: 'CLUSTER_NAME', value: clusterTitle, output: 'var.cluster_name' },
  { name: 'DNS_ZONE', value: domainOf, output: 'var.dns_zone' },
  { name: 'ENVIRONMENT', value: (_input, { environment }) => environment, output: 'var.environment' },
  {
    name: 'KUBERNETES_SERVICE_ADDRESS',
    value: (_input, { serviceCidr }) => hostOf(serviceCidr, 1),
    output: 'cidrhost(var.service_cidr, 1)',
  },
  METRICS_WORKSPACE,
  { name: 'NODE_CIDR', value: (_input, { vpcCidr }) => vpcCidr, output: 'var.vpc_cidr' },
  { name: 'NO_PROXY', value: pastProxyOnMachines, output: 'local.settings["NO_PROXY"]' },
  { name: 'POD_CIDR', value: (_input, cluster) => podRange(cluster), output: 'local.settings["POD_CIDR"]' },
  { name: 'PROXY_RANGE', value: () => PROXY_RANGE, output: 'local.settings["PROXY_RANGE"]' },
  { name: 'PROXY_URL', value: () => PROXY_URL, output: 'local.settings["PROXY_URL"]' },
  { name: 'REGION', value: (_input, { region }) => region, output: 'var.region' },
  REGISTRY,
  VPC_ID,
];

/** What the inventory tells machines and pods of the proxy; nothing where there is none. */
export function proxySettings(input: ClusterInput, cluster: Cluster): Readonly<Record<string, string>> {
  return wayOut(input) === 'proxy'
    ? { NO_PROXY: pastProxyOnMachines(input, cluster), PROXY_RANGE, PROXY_URL }
    : {};
}

/** Services of AWS that answer within the network are asked there. */
function pastProxyOnMachines(input: ClusterInput, cluster: Cluster): string {
  return [pastProxy(input, cluster, podRange(cluster)), ...namesWithin(input, cluster.region)].join(',');
}

export function machineOutputs(
  input: ClusterInput,
  expressions: Readonly<Record<string, HclExpression>>,
): FileTree {
  return new Map([
    [
      `${MACHINES}/outputs.tf`,
      terraformText(
        input,
        'control-plane',
        'cluster_vars must equal clusters/<name>/variables/cluster-vars.yaml; scripts/bootstrap.sh compares them.',
        hcl`
output "cluster_name" {
  description = "What kubectl calls the cluster as well."
  value       = var.cluster_name
}

output "machines" {
  description = "The machine of each line of the inventory."
  value       = { for name, machine in aws_instance.machine : name => machine.id }
}

output "network" {
  description = "What others connect to: the network and the subnets of the machines."
  value       = { vpc_id = local.vpc_id, subnet_ids = local.node_subnet_ids }
}

output "issuer" {
  description = "ISSUER of the inventory."
  value       = "https://\${local.issuer_host}"

  precondition {
    condition     = startswith(local.settings["ISSUER"], "https://\${var.cluster_name}-issuer-") && local.settings["NODE_CIDR"] == var.vpc_cidr && local.settings["SERVICE_CIDR"] == var.service_cidr
    error_message = "The inventory names another issuer or other networks than these values."
  }
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

export function machineTests(input: ClusterInput, { setUpBy, ports }: Distribution): FileTree {
  const [cluster] = input.clusters;
  const given = standsInExistingNetwork(input);
  const closed = wayOut(input) === 'none';
  const list = closed ? 'people_ranges' : 'api_allowed_cidrs';
  const zones = ['a', 'b', 'c', 'd'].map(zone => `${cluster.region}${zone}`);
  return new Map([
    [
      `${MACHINES}/tests/defaults.tftest.hcl`,
      terraformText(
        input,
        'platform-defaults',
        'Runs without an account: tofu test. What must never be lost in a change of this module.',
        hcl`
mock_provider "aws" {
${
  given
    ? NOTHING
    : hcl`  mock_data "aws_availability_zones" {
    defaults = {
      names = ${zones}
    }
  }

`
}  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{}"
    }
  }${given ? EXISTING_NETWORK_MOCKS : NOTHING}${given && ['firewall', 'none'].includes(wayOut(input)) ? ROUTE_TABLE_MOCK : NOTHING}${given && wayOut(input) === 'none' ? CLOSED_NETWORK_MOCKS : NOTHING}
}

variables {
  cluster_name = ${clusterTitle(input, cluster)}
  inventory    = ${cluster.name}
  environment  = ${cluster.environment}
  account_id   = "000000000000"
  region       = ${cluster.region}
  # As the inventory has them.
  vpc_cidr     = ${cluster.vpcCidr}
  service_cidr = ${cluster.serviceCidr}${namesZone(input) ? TESTED_ZONE : NOTHING}${setUpBy === 'talosctl' ? TALOS : NOTHING}${given ? givenValues(cluster) : NOTHING}${leadsToHouse(input) ? TRANSIT : NOTHING}${closed ? PEOPLE : NOTHING}
}

run "spreads_the_control_plane_over_three_zones" {
  command = plan

  assert {
    condition     = length(local.control_plane) >= 3 && length(distinct([for host in local.control_plane : host.zone])) == 3
    error_message = "Three machines of the control plane in three zones: the loss of one must go unnoticed."
  }

  assert {
    condition     = length(local.targets) == ${ports.api.length} * length(local.control_plane)
    error_message = "Every API server stands behind the load balancer."
  }
}

run "keeps_the_api_closed_by_default" {
  command = plan

  assert {
    condition     = keys(aws_lb.api) == ["within"] && aws_lb.api["within"].internal
    error_message = ${closed ? 'There is no public address.' : 'Without an allow-list there is no public address.'}
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    ${hclCode(list)} = ["0.0.0.0/0"]
  }

  expect_failures = [var.${hclCode(list)}]
}

run "lends_no_role_of_a_machine_to_pods" {
  command = plan

  assert {
    condition     = alltrue([for machine in aws_instance.machine : machine.metadata_options[0].http_put_response_hop_limit == 1 && machine.metadata_options[0].http_tokens == "required"])
    error_message = "Metadata answers the network of the machine alone."
  }
}
${windowsRun(input)}${joinedRuns(input)}${environmentRuns(input)}`,
      ),
    ],
  ]);
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const TALOS = hcl`
talos_image  = "ami-00000000000000000"`;

export const givenValues = ({ region }: Cluster) => hcl`

vpc_id = "vpc-00000000000000000"
node_subnet_ids = ${Object.fromEntries(['a', 'b', 'c'].map(zone => [`${region}${zone}`, `subnet-${zone}`]))}`;

const TESTED_ZONE = hcl`
  dns_zone     = "example.com"`;
