/** ECR in a network without a way out: repositories for all that is carried in, and who reads them. */

import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { HELM_LOGIN_AT_ECR } from '../../cni/cilium/eks-closed.ts';
import { SOURCE } from '../../egress/no-egress/closed.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';
import type { RegistryWithin } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { isOpenshift } from '../openshift/project.ts';
import { installerOf } from '../openshift-cloud/scripts.ts';
import { standsInExistingNetwork } from './existing-network.ts';
import { addressOfRegistry } from './names.ts';
import { SCANNED_AND_ENCRYPTED } from './own-images.ts';
import { granted } from './rights.ts';
import { ACCOUNT } from './settings.ts';
import { isOwnControlPlane } from './trust.ts';
import { reachedWithin, replacedWithin } from './within.ts';

export function eksRegistryWithin(input: ClusterInput): RegistryWithin {
  return {
    title: 'ECR',
    addressOf: addressOfRegistry,
    repositories: decision => ({
      files: new Map([
        [
          `${ACCOUNT}/carried.tf`,
          terraformText(
            input,
            decision,
            'What is carried in: a repository for each image, each chart, each file and each artifact that images.txt and charts.txt name.',
            CARRIED,
          ),
        ],
      ]),
      checks: [
        {
          decision,
          says: 'Nothing is fetched from a publisher: what is not carried in is not there.',
          command: `! grep -rq aws_ecr_pull_through_cache_rule infra && grep -q 'images.txt' ${ACCOUNT}/carried.tf`,
          path: `${ACCOUNT}/carried.tf`,
        },
      ],
    }),
    readAll: (decision: Id, account) =>
      granted(
        input,
        'Reads what was carried in: charts, kinds and this repository.',
        decision,
        account,
        READ_ALL,
      ),
    tool: 'aws',
    helmLogin: HELM_LOGIN_AT_ECR,
    login: `aws ecr get-login-password --region REGION | crane auth login --username AWS --password-stdin "$registry"
aws ecr get-login-password --region REGION | helm registry login --username AWS --password-stdin "$registry"`,
    reached: reachedWithin(input),
    replaced: replacedWithin(input),
    operator: isOpenshift(input)
      ? ofInstaller(input)
      : `a machine of the house, in one of the ranges of \`people_ranges\`, with \`kubectl\`, \`helm\`, \`kustomize\`, \`flux\`, \`openssl\` and \`aws\`. ${(isOwnControlPlane(input) ? BY_BALANCER : BY_EKS).replace('WAY', wayOf(input))}, and \`scripts/bootstrap.sh\` with
\`CLUSTER_VARS=FILE\`: what \`tofu output -json cluster_vars\` printed at the other place.`,
  };
}

function ofInstaller(input: ClusterInput): string {
  return `a machine of the house with \`kubectl\`, \`helm\`, \`kustomize\`, \`flux\`, \`openssl\`, \`aws\`, \`oc\` and \`${installerOf(input)}\`. It
reaches the load balancer before the API by ${wayOf(input)}, under \`api.CLUSTER_NAME.DNS_ZONE\`: its name servers ask the resolver of this network for DNS_ZONE, or
\`/etc/hosts\` has it. It also reaches EC2, Elastic Load Balancing, IAM, Route 53, S3, STS and ECR, by a way that the house has: the installer asks them as you do. It runs the installer,
and \`scripts/bootstrap.sh\` with \`CLUSTER_VARS=FILE\`: what \`tofu output -json cluster_vars\` printed at the other place.`;
}

const wayOf = (input: ClusterInput) =>
  standsInExistingNetwork(input) ? 'the way that the house has into this network' : 'the Transit Gateway';

const BY_EKS = `It
reaches the API of the cluster by WAY: its name is public and its addresses are of this network. It also reaches EKS and ECR, by
endpoints of its own network or by a way that the house has. It runs \`aws eks update-kubeconfig\``;
const BY_BALANCER = `It
reaches the load balancer before the API by WAY, under \`API_NAME\`: its name servers ask the resolver of this network for that name, or
\`/etc/hosts\` has it with the addresses of the balancer. It also reaches EC2, ECR, S3 and Session Manager, by endpoints of its own network or by a way that the
house has. It fetches the kubeconfig of the first machine ([the bootstrap](bootstrap.md)), and runs \`scripts/host-config.sh\` where that was not done outside`;

const names: HclExpression = {
  kind: 'expression',
  code: UPSTREAMS.map(({ host, prefix }) => `"${host}" = "${prefix}"`).join(', '),
};

const CARRIED = hcl`
locals {
  publishers  = { ${names} }
  image_lines = [for line in split("\\n", file("\${path.module}/../../images.txt")) : line if can(regex("^[a-z0-9.-]+/[^#]+:", line))]
  chart_lines = [for line in split("\\n", file("\${path.module}/../../charts.txt")) : split(" ", line) if can(regex("^(chart|file|manifests) ", line))]

  carried_images = [
    for line in local.image_lines : "\${lookup(local.publishers, split("/", line)[0], split("/", line)[0])}/\${regex("^[^/]+/([^:@]+)", line)[0]}"
  ]

  carried_charts = [for words in local.chart_lines : words[0] == "chart" ? "\${words[4]}/\${words[2]}" : words[0] == "file" ? words[4] : words[3]]

  carried = {
    for pair in setproduct(var.registry_regions, toset(concat(local.carried_images, local.carried_charts))) : "\${pair[0]}/\${pair[1]}" => { region = pair[0], name = pair[1] }
  }
}

resource "aws_ecr_repository" "carried" {
  # checkov:skip=CKV_AWS_136: Encrypted with the key that AWS keeps for ECR; a key of your own is for rules that ask for one.
  for_each = local.carried

  region               = each.value.region
  name                 = each.value.name
  image_tag_mutability = "IMMUTABLE"

${SCANNED_AND_ENCRYPTED}
}

# This repository, as clusters read it: a tag of its own for each, which scripts/hand-over.sh moves.
resource "aws_ecr_repository" "source" {
  # checkov:skip=CKV_AWS_51: What a cluster stands at is a tag that moves; what it pointed at stays under its digest.
  # checkov:skip=CKV_AWS_136: Encrypted with the key that AWS keeps for ECR; a key of your own is for rules that ask for one.
  for_each = var.registry_regions

  region               = each.value
  name                 = ${SOURCE}
  image_tag_mutability = "MUTABLE"

${SCANNED_AND_ENCRYPTED}
}
`;

const READ_ALL = hcl`  statement {
    sid       = "SignIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "ReadWhatWasCarriedIn"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
    ]
    resources = ["arn:\${data.aws_partition.current.partition}:ecr:\${var.region}:\${var.account_id}:repository/*"]
  }`;
