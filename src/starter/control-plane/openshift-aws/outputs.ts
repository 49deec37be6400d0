/** outputs.tf with what manifests are filled in from, and the tests of the module. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_TESTED } from '../../egress/proxy/infrastructure.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { release } from '../../release.ts';
import { terraformText } from '../../terraform.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import { CLOSED_NETWORK_MOCKS, EXISTING_NETWORK_MOCKS } from '../eks/existing-network-tests.ts';
import { leadsToHouse } from '../eks/firewall.ts';
import { ROUTE_TABLE_MOCK, TRANSIT } from '../eks/outputs.ts';
import { clusterTitle } from '../eks/title.ts';
import { MACHINES } from '../eks/trust.ts';
import { AWS_VARIABLES, givenValues } from '../machines-aws/outputs.ts';
import type { KnownVariable } from '../manifest-variables.ts';
import { RELEASE_TEST_VALUES } from '../openshift-cloud/release-registry.ts';
import { podRange } from '../self-managed/inventory.ts';

/** What an inventory says elsewhere are values here. */
const VALUES: Readonly<Record<string, string>> = {
  NO_PROXY: 'local.no_proxy',
  POD_CIDR: 'var.pod_cidr',
  PROXY_RANGE: 'var.proxy.range',
  PROXY_URL: 'var.proxy.url',
};
export const VARIABLES: readonly KnownVariable[] = AWS_VARIABLES.map(each => ({
  ...each,
  output: VALUES[each.name] ?? each.output,
}));

export function outputs(input: ClusterInput, expressions: Readonly<Record<string, HclExpression>>): FileTree {
  return new Map([
    [
      `${MACHINES}/outputs.tf`,
      terraformText(
        input,
        'control-plane',
        'cluster_vars must equal clusters/<name>/variables/cluster-vars.yaml; scripts/bootstrap.sh compares them.',
        hcl`
output "cluster_name" {
  description = "What kubectl and the installer call the cluster as well."
  value       = var.cluster_name
}

output "network" {
  description = "What others connect to: the network and the subnets of the machines."
  value       = { vpc_id = local.vpc_id, subnet_ids = local.node_subnet_ids }
}

output "cluster_vars" {
  description = "What differs between clusters in manifests."
  value = ${expressions}
}
`,
      ),
    ],
    [`${MACHINES}/tests/defaults.tftest.hcl`, tests(input)],
  ]);
}

function tests(input: ClusterInput): string {
  const [cluster] = input.clusters;
  return terraformText(
    input,
    'platform-defaults',
    'Runs without an account: tofu test. What must never be lost in a change of this module.',
    hcl`
mock_provider "aws" {
${standsInExistingNetwork(input) ? NOTHING : zonesOf(cluster)}  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{}"
    }
  }${standsInExistingNetwork(input) ? EXISTING_NETWORK_MOCKS : NOTHING}${standsInExistingNetwork(input) && ['firewall', 'none'].includes(wayOut(input)) ? ROUTE_TABLE_MOCK : NOTHING}${standsInExistingNetwork(input) && wayOut(input) === 'none' ? CLOSED_NETWORK_MOCKS : NOTHING}
}

variables {
  cluster_name      = ${clusterTitle(input, cluster)}
  environment       = ${cluster.environment}
  account_id        = "000000000000"
  region            = ${cluster.region}
  vpc_cidr          = ${cluster.vpcCidr}
  service_cidr      = ${cluster.serviceCidr}
  pod_cidr          = ${podRange(cluster)}
  dns_zone          = "example.com"
  openshift_version = ${release(input, 'openshift').version}${standsInExistingNetwork(input) ? givenValues(cluster) : NOTHING}${leadsToHouse(input) ? TRANSIT : NOTHING}${wayOut(input) === 'proxy' ? PROXY_TESTED : NOTHING}${wayOut(input) === 'none' ? RELEASE_TEST_VALUES : NOTHING}
}

run "has_a_subnet_in_each_of_three_zones" {
  command = plan

  assert {
    condition     = length(distinct(local.zones)) == 3 && length(local.subnet_of) == 3
    error_message = "Three zones with a subnet each: the loss of one must go unnoticed."
  }
}

run "lends_roles_to_operators_and_to_pods" {
  command = plan

  assert {
    condition     = toset(aws_iam_openid_connect_provider.cluster.client_id_list) == toset(["openshift", "sts.amazonaws.com"])
    error_message = "Operators of OpenShift ask with one audience, and pods with the other."
  }
}

run "turns_the_key_of_the_machines" {
  command = plan

  assert {
    condition     = aws_kms_key.machines.enable_key_rotation
    error_message = "The key of the disks is changed every year."
  }
}

run "refuses_what_is_no_release" {
  command = plan

  variables {
    openshift_version = "latest"
  }

  expect_failures = [var.openshift_version]
}
${environmentRuns(input)}`,
  );
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const zonesOf = ({ region }: Cluster) => hcl`  mock_data "aws_availability_zones" {
    defaults = {
      names = ${['a', 'b', 'c', 'd'].map(zone => `${region}${zone}`)}
    }
  }

`;
