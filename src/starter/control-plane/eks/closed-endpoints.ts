/** What endpoints.tf has more where nothing leaves: policies of the endpoints, the names of Route 53, and who comes in from the house. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { standsInExistingNetwork } from './existing-network.ts';
import { NOTHING } from './mode.ts';
import { isOwnControlPlane } from './trust.ts';

/** In the resource of all endpoints. */
export const OF_OWN_IDENTITIES = hcl`
policy              = lookup(local.endpoint_policies, each.key, data.aws_iam_policy_document.endpoint.json)`;

export function closedEndpoints(input: ClusterInput): HclExpression {
  const own = isOwnControlPlane(input);
  return hcl`${policies(own ? OF_TOKENS : OF_AGENT)}${own ? BY_TOKEN : NOTHING}${writesNames(input) ? route53(standsInExistingNetwork(input) ? UNLESS_OWNED : NOTHING) : NOTHING}${byInstaller(input) ? NOTHING : peopleOf(own ? TO_BALANCER : TO_CLUSTER)}`;
}

/** The installer of OpenShift makes the load balancer before the API, which takes calls of whoever has a route to it. */
function byInstaller({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'distribution') === 'openshift';
}

export function writesNames({ stack }: Pick<ClusterInput, 'stack'>): boolean {
  return pickOf(stack, 'dns-and-certificates') === 'external-dns-cert-manager';
}

/** For scanners, which take every document for one that hands out rights. */
const GIVES_NOTHING: HclExpression = {
  kind: 'expression',
  code: ['CKV_AWS_1', 'CKV_AWS_49', 'CKV_AWS_107', 'CKV_AWS_108', 'CKV_AWS_110', 'CKV_AWS_283']
    .map(
      check =>
        `  # checkov:skip=${check}: A policy of an endpoint gives nobody a right; it narrows what rights are good for here.\n`,
    )
    .join(''),
};

const OWN_IDENTITIES = hcl`    actions   = ["*"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }`;

/** Whoever takes a role by a token has no identity of AWS yet. */
const BY_TOKEN = hcl`
data "aws_iam_policy_document" "endpoint_sts" {
${GIVES_NOTHING}  source_policy_documents = [data.aws_iam_policy_document.endpoint.json]

  statement {
    sid       = "OwnRolesByToken"
    actions   = ["sts:AssumeRoleWithWebIdentity"]
    resources = ["*"]

    principals {
      type        = "Federated"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [var.account_id]
    }
  }
}
`;

const OF_AGENT = hcl`  # Null is the policy of AWS: of this service it is not known that it takes another one.
  endpoint_policies = {
    eks-auth       = null
    logs           = data.aws_iam_policy_document.own_resources.json
    s3             = data.aws_iam_policy_document.endpoint_s3.json
    secretsmanager = data.aws_iam_policy_document.own_resources.json
    sqs            = data.aws_iam_policy_document.own_resources.json`;
const OF_TOKENS = hcl`  endpoint_policies = {
    logs           = data.aws_iam_policy_document.own_resources.json
    s3             = data.aws_iam_policy_document.endpoint_s3.json
    secretsmanager = data.aws_iam_policy_document.own_resources.json
    sts            = data.aws_iam_policy_document.endpoint_sts.json`;

const policies = (listed: HclExpression) => hcl`
locals {
${listed}
  }
}

# Keys of another account are of no use from here, so nothing is carried off with them.
data "aws_iam_policy_document" "endpoint" {
${GIVES_NOTHING}  statement {
    sid       = "OwnIdentities"
${OWN_IDENTITIES}
  }
}

data "aws_iam_policy_document" "own_resources" {
${GIVES_NOTHING}  statement {
    sid       = "OwnIdentitiesAndResources"
${OWN_IDENTITIES}

    condition {
      test     = "StringEqualsIfExists"
      variable = "aws:ResourceAccount"
      values   = [var.account_id]
    }
  }
}

# Buckets of this account, and layers of images: ECR hands out addresses of its own bucket for them.
data "aws_iam_policy_document" "endpoint_s3" {
${GIVES_NOTHING}  source_policy_documents = [data.aws_iam_policy_document.own_resources.json]

  statement {
    sid       = "LayersOfImages"
    actions   = ["s3:GetObject"]
    resources = ["arn:\${data.aws_partition.current.partition}:s3:::prod-\${var.region}-starport-layer-bucket/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
`;

const UNLESS_OWNED = hcl`  count = contains(var.endpoints_of_owner, "route53") ? 0 : 1

`;
const route53 = (count: HclExpression) => hcl`
# One service for all regions, which answers from us-east-1: names of the private zone are written through it.
resource "aws_vpc_endpoint" "route53" {
${count}  vpc_id              = local.vpc_id
  service_name        = "com.amazonaws.route53"
  service_region      = "us-east-1"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = local.node_subnet_ids
  security_group_ids  = [aws_security_group.endpoints.id]
  tags                = { Name = "\${var.cluster_name}-route53" }
}
`;

interface Api {
  readonly group: HclExpression;
  readonly port: number;
}

const TO_CLUSTER: Api = {
  group: hcl`aws_eks_cluster.main.vpc_config[0].cluster_security_group_id`,
  port: 443,
};
const TO_BALANCER: Api = { group: hcl`aws_security_group.balancer["within"].id`, port: 6443 };

const peopleOf = ({ group, port }: Api) => hcl`
resource "aws_vpc_security_group_ingress_rule" "people" {
  for_each = var.people_ranges

  security_group_id = ${group}
  description       = "People and scripts of the house, to the API."
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = ${port}
  to_port           = ${port}
}
`;

export const PEOPLE_VARIABLE = hcl`variable "people_ranges" {
  description = "Ranges of the house that people and scripts/bootstrap.sh come from. Without one nobody reaches the API of the cluster."
  type        = set(string)

  validation {
    condition     = length(var.people_ranges) > 0 && !anytrue([for range in var.people_ranges : endswith(range, "/0")])
    error_message = "At least one range, and none that is all addresses."
  }
}

`;
