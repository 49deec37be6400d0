/** mirror.tf of the account and registry.tf of the cluster: copies of what others publish, and nodes that may have them made. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { pickOf } from '../../picks.ts';
import type { Upstream } from '../../registry/upstreams.ts';
import { terraformText } from '../../terraform.ts';
import { ACCOUNT } from './settings.ts';
import { folderOf, isOwnControlPlane } from './trust.ts';
import { windowsNodes } from './windows-nodes.ts';

export function mirror(input: ClusterInput, decision: Id, upstreams: readonly Upstream[]): Contribution {
  return {
    files: new Map([
      [
        `${ACCOUNT}/mirror.tf`,
        terraformText(
          input,
          decision,
          'Copies of what others publish, made when a node first asks for them; the rate limits and outages of others stop here.',
          mirrors(upstreams),
        ),
      ],
      [
        `${folderOf(input)}/registry.tf`,
        terraformText(
          input,
          decision,
          'Nodes may have the registry fetch what it does not hold yet.',
          nodeRights(input, upstreams),
        ),
      ],
    ]),
    checks: [
      {
        decision,
        says: 'Every publisher has its copy, and the sample workload comes from there.',
        command: `test "$(grep -c ' = { url = ' ${ACCOUNT}/mirror.tf)" -eq ${upstreams.length} && grep -rqE 'image: [$][{]REGISTRY[}]/' apps/base`,
        path: `${ACCOUNT}/mirror.tf`,
      },
    ],
  };
}

function mirrors(upstreams: readonly Upstream[]): HclExpression {
  const table: HclExpression = {
    kind: 'expression',
    code: upstreams
      .map(
        ({ prefix, url, signsIn }) =>
          `    ${hclKey(prefix, upstreams)} = { url = "${url}", signs_in = ${signsIn} }`,
      )
      .join('\n'),
  };
  return hcl`
locals {
  upstreams = {
${table}
  }
  mirrors = {
    for pair in setproduct(var.registry_regions, keys(local.upstreams)) : "\${pair[0]}/\${pair[1]}" => merge(local.upstreams[pair[1]], { region = pair[0], prefix = pair[1] })
  }
}

# Filled by hand, so that no state holds the value; ECR reads secrets with this name in front and no others.
resource "aws_secretsmanager_secret" "upstream" {
  # checkov:skip=CKV_AWS_149: ECR reads it with the key that AWS keeps for secrets.
  # checkov:skip=CKV2_AWS_57: An account at another registry; its token is renewed there and put in by hand.
  for_each = { for name, mirror in local.mirrors : name => mirror if mirror.signs_in }

  region      = each.value.region
  name        = "ecr-pullthroughcache/\${each.value.prefix}"
  description = "Account with which ECR pulls from \${each.value.url}: username and accessToken as JSON"
}

resource "aws_ecr_pull_through_cache_rule" "upstream" {
  for_each = local.mirrors

  region                = each.value.region
  ecr_repository_prefix = each.value.prefix
  upstream_registry_url = each.value.url
  credential_arn        = each.value.signs_in ? aws_secretsmanager_secret.upstream[each.key].arn : null
}

# What a repository is like that ECR makes at the first pull. An archived image comes back within minutes when it is asked for by hand.
resource "aws_ecr_repository_creation_template" "upstream" {
  for_each = local.mirrors

  region               = each.value.region
  prefix               = each.value.prefix
  description          = "Copies of \${each.value.url}"
  applied_for          = ["PULL_THROUGH_CACHE"]
  image_tag_mutability = "IMMUTABLE"

  lifecycle_policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Not pulled for 90 days: to the archive"
        selection    = { tagStatus = "any", countType = "sinceImagePulled", countUnit = "days", countNumber = 90 }
        action       = { type = "transition", targetStorageClass = "archive" }
      },
      {
        rulePriority = 2
        description  = "A year in the archive: gone"
        selection    = { tagStatus = "any", storageClass = "archive", countType = "sinceImageTransitioned", countUnit = "days", countNumber = 365 }
        action       = { type = "expire" }
      },
    ]
  })
}
`;
}

/** A key of the table, as wide as the longest, as `terraform fmt` has it. */
function hclKey(prefix: string, upstreams: readonly Upstream[]): string {
  const key = (name: string) => (/^[a-z_]+$/.test(name) ? name : `"${name}"`);
  const width = Math.max(...upstreams.map(each => key(each.prefix).length));
  return key(prefix).padEnd(width);
}

/** Roles of whatever pulls images, by names that are known before they are made. */
function pulling(input: ClusterInput): HclExpression {
  if (isOwnControlPlane(input))
    return pickOf(input.stack, 'distribution') === 'openshift'
      ? hcl`{ control-plane = aws_iam_role.control_plane.id, worker = aws_iam_role.worker.id }`
      : hcl`{ for name, host in local.hosts : name => aws_iam_role.machine[name].id }`;
  const roles: HclExpression = {
    kind: 'expression',
    code: [
      'groups = aws_iam_role.node.id',
      ...(pickOf(input.stack, 'autoscaling') === 'karpenter'
        ? ['karpenter = aws_iam_role.karpenter_node.id']
        : []),
      ...(windowsNodes(input) === null ? [] : ['windows = aws_iam_role.windows_node.id']),
    ].join(', '),
  };
  return hcl`{ ${roles} }`;
}

function nodeRights(input: ClusterInput, upstreams: readonly Upstream[]): HclExpression {
  const prefixes = upstreams.map(({ prefix }) => prefix);
  return hcl`
data "aws_iam_policy_document" "mirror" {
  statement {
    sid       = "FetchWhatIsNotThereYet"
    actions   = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"]
    resources = [for prefix in ${prefixes} : "arn:\${data.aws_partition.current.partition}:ecr:\${var.region}:\${var.account_id}:repository/\${prefix}/*"]
  }
}

resource "aws_iam_role_policy" "mirror" {
  for_each = ${pulling(input)}

  name   = "fetch-into-mirror"
  role   = each.value
  policy = data.aws_iam_policy_document.mirror.json
}
`;
}
