/** envs/: the values of each cluster, its state file, and outputs.tf with the tests of the module. */
import { attribute, attributes, comment, gap, type HclBody, hcl, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { headline } from '../../headline.ts';
import type { Cluster, ClusterInput } from '../../module.ts';
import { domainOf } from '../../names.ts';
import { answerOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import { clusterTitle } from './names.ts';
import { FOLDER } from './settings.ts';

export function environmentFiles(input: ClusterInput): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [`${FOLDER}/envs/${cluster.name}.tfvars.example`, tfvars(input, cluster)] as const,
      [`${FOLDER}/envs/${cluster.name}.tfbackend.example`, tfbackend(input, cluster)] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, cluster: Cluster): string {
  const privateApi = answerOf(input.stack, 'private-api') === 'yes';
  const api: HclBody = privateApi
    ? [
        comment('The API answers within the network only: run plans and bootstrap from there.'),
        attribute('api_allowed_cidrs', []),
      ]
    : [
        comment(
          `${TOKENS.apiAllowList}: the networks that people and pipelines come from; [] closes the public endpoint.`,
        ),
        attribute('api_allowed_cidrs', ['192.0.2.0/24']),
      ];
  return writeHcl([
    comment(
      headline(
        input,
        'control-plane',
        `Values of the cluster ${cluster.name}. Copy to ${cluster.name}.tfvars, replace what is marked, and commit it: it holds no secret.`,
      ),
    ),
    gap,
    ...attributes({ cluster_name: clusterTitle(input, cluster), environment: cluster.environment }),
    gap,
    comment(
      `${TOKENS.account}: the account of this cluster; one account per environment keeps mistakes apart.`,
    ),
    attribute('account_id', '000000000000'),
    ...(cluster.regionGiven ? [] : [comment(`${TOKENS.region}: the project does not name one.`)]),
    attribute('region', cluster.region),
    gap,
    comment('Cannot be changed later.'),
    ...attributes({ vpc_cidr: cluster.vpcCidr, service_cidr: cluster.serviceCidr }),
    gap,
    ...api,
    gap,
    attribute('admin_role_arns', [`arn:aws:iam::000000000000:role/${TOKENS.adminRole}`]),
    attribute('viewer_role_arns', [`arn:aws:iam::000000000000:role/${TOKENS.viewerRole}`]),
    gap,
    attribute('dns_zone', domainOf(input)),
  ]);
}

function tfbackend(input: ClusterInput, cluster: Cluster): string {
  return writeHcl([
    comment(
      headline(
        input,
        'control-plane',
        `Where the state of the cluster ${cluster.name} lies: tofu init -backend-config=envs/${cluster.name}.tfbackend`,
      ),
    ),
    gap,
    ...attributes({
      bucket: TOKENS.stateBucket,
      key: `eks/${cluster.name}.tfstate`,
    }),
    ...(cluster.regionGiven ? [] : [comment(TOKENS.region)]),
    attribute('region', cluster.region),
  ]);
}

export function outputs(input: ClusterInput): FileTree {
  const [cluster] = input.clusters;
  return new Map([
    [
      `${FOLDER}/outputs.tf`,
      terraformText(
        input,
        'control-plane',
        'cluster_vars must equal clusters/<name>/cluster-vars.yaml; scripts/bootstrap.sh compares them.',
        hcl`
output "cluster_name" {
  description = "For aws eks update-kubeconfig."
  value       = aws_eks_cluster.main.name
}

output "api_endpoint" {
  description = "Address of the Kubernetes API."
  value       = aws_eks_cluster.main.endpoint
}

output "zones" {
  description = "Zones that nodes spread over."
  value       = local.zones
}

output "cluster_vars" {
  description = "What Flux puts into manifests."
  value = {
    CLUSTER_NAME               = aws_eks_cluster.main.name
    ENVIRONMENT                = var.environment
    KUBERNETES_SERVICE_ADDRESS = cidrhost(var.service_cidr, 1)
    REGION                     = var.region
    VPC_CIDR                   = var.vpc_cidr
  }
}
`,
      ),
    ],
    [
      `${FOLDER}/tests/defaults.tftest.hcl`,
      terraformText(
        input,
        'platform-defaults',
        'Runs without an account: tofu test. What must never be lost in a change of this module.',
        hcl`
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = {
      names = ["zone-a", "zone-b", "zone-c", "zone-d"]
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{}"
    }
  }
}

variables {
  cluster_name    = ${clusterTitle(input, cluster)}
  environment     = ${cluster.environment}
  account_id      = "000000000000"
  region          = ${cluster.region}
  vpc_cidr        = ${cluster.vpcCidr}
  service_cidr    = ${cluster.serviceCidr}
  admin_role_arns = ["arn:aws:iam::000000000000:role/admin"]
  dns_zone        = "example.com"
}

run "spreads_over_three_zones" {
  command = plan

  assert {
    condition     = length(aws_subnet.private) == 3 && length(aws_nat_gateway.zone) == 3
    error_message = "Three zones, each with a NAT gateway of its own."
  }

  assert {
    condition     = aws_eks_node_group.workload.scaling_config[0].min_size >= 3
    error_message = "Losing one node must go unnoticed."
  }
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

run "refuses_a_single_node" {
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

run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = aws_eks_cluster.main.deletion_protection && aws_eks_cluster.main.access_config[0].authentication_mode == "API"
    error_message = "Deletion protection is on, and access is given by access entries alone."
  }
}
`,
      ),
    ],
  ]);
}
