/** ECR: repositories of one's own and copies of what others publish, once per account; rights of nodes, once per cluster. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { ECR_LOGIN } from '../../image-build/ecr-login.ts';
import type { ClusterInput, Contribution, Runbook } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import type { Upstream } from '../../registry/upstreams.ts';
import { pinnedAction } from '../../release.ts';
import type { ImagePush, ImageRegistry } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { granted } from './rights.ts';
import { FOLDER } from './settings.ts';

const ACCOUNT = 'infra/aws-account';
const ADDRESS = '${REGISTRY}';
/** Name in front of every repository of one's own, so that rules can tell them from copies. */
const OWN = 'apps';

export function eksRegistry(input: ClusterInput): ImageRegistry {
  return {
    address: ADDRESS,
    ownImages: `${ADDRESS}/${OWN}`,
    kyvernoProvider: 'amazon',
    push: PUSH,
    repositories: decision => repositories(input, decision),
    mirror: (decision, upstreams) => mirror(input, decision, upstreams),
    read: (decision, account) =>
      granted(
        input,
        'Reads images and their signatures, so that a verifier can judge them.',
        decision,
        account,
        READ,
      ),
  };
}

const PUSH: ImagePush = {
  ready: 'IMAGES_REGISTRY',
  signIn: input => `      - name: Sign in to AWS
        uses: ${pinnedAction(input, 'aws-credentials')}
        with:
          role-to-assume: \${{ vars.IMAGES_ROLE }}
          aws-region: \${{ vars.IMAGES_REGION }}`,
  repository: `\${{ vars.IMAGES_REGISTRY }}/${OWN}/\${{ matrix.workload }}`,
  login: ECR_LOGIN,
  step: 'To build images here, name this repository in `publishers` of `infra/aws-account`, apply it, and set the variables `IMAGES_REGISTRY`, `IMAGES_REGION` and `IMAGES_ROLE` (the role `github-push`) at GitHub; then put a Dockerfile into `workloads/NAME` for each repository of `repositories`.',
};

function repositories(input: ClusterInput, decision: Id): Contribution {
  const regions = [...new Set(input.clusters.map(({ region }) => region))];
  return {
    files: new Map([
      [
        `${ACCOUNT}/registry.tf`,
        terraformText(
          input,
          decision,
          'Images of your own: a tag is never moved, every image is scanned, and what nobody needs goes by itself.',
          own(regions),
        ),
      ],
    ]),
    runbooks: [registryRunbook(input)],
    checks: [
      {
        decision,
        says: 'No tag of an image of your own can be moved.',
        command: `grep -qE 'image_tag_mutability += "IMMUTABLE"' ${ACCOUNT}/registry.tf`,
        path: `${ACCOUNT}/registry.tf`,
      },
    ],
  };
}

function own(regions: readonly string[]): HclExpression {
  return hcl`
variable "registry_regions" {
  description = "Regions whose clusters pull from the registry of this account."
  type        = set(string)
  default     = ${regions}
}

variable "repositories" {
  description = "Images of your own, without the ${{ kind: 'expression', code: OWN }}/ in front of them."
  type        = set(string)
  default     = ["demo-web"]
}

variable "publishers" {
  description = "GitHub repositories whose pipelines on the branch main may push: owner/name."
  type        = set(string)
  default     = []
}

variable "reader_accounts" {
  description = "Other accounts whose clusters pull images of your own from here."
  type        = set(string)
  default     = []
}

locals {
  own_images = {
    for pair in setproduct(var.registry_regions, var.repositories) : "\${pair[0]}/\${pair[1]}" => { region = pair[0], name = "${{ kind: 'expression', code: OWN }}/\${pair[1]}" }
  }
}

resource "aws_ecr_repository" "own" {
  # checkov:skip=CKV_AWS_136: Encrypted with the key that AWS keeps for ECR; a key of your own is for rules that ask for one.
  for_each = local.own_images

  region               = each.value.region
  name                 = each.value.name
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ecr_lifecycle_policy" "own" {
  for_each = local.own_images

  region     = each.value.region
  repository = aws_ecr_repository.own[each.key].name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "What no tag names any more"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "The last 200 stay"
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 200 }
        action       = { type = "expire" }
      },
    ]
  })
}

data "aws_iam_policy_document" "readers" {
  statement {
    sid = "OtherAccountsPull"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
    ]

    principals {
      type        = "AWS"
      identifiers = [for account in var.reader_accounts : "arn:\${data.aws_partition.current.partition}:iam::\${account}:root"]
    }
  }
}

resource "aws_ecr_repository_policy" "readers" {
  for_each = length(var.reader_accounts) > 0 ? local.own_images : {}

  region     = each.value.region
  repository = aws_ecr_repository.own[each.key].name
  policy     = data.aws_iam_policy_document.readers.json
}

resource "aws_ecr_registry_scanning_configuration" "registry" {
  for_each = var.registry_regions

  region    = each.value
  scan_type = "BASIC"

  rule {
    scan_frequency = "SCAN_ON_PUSH"

    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}

data "aws_iam_policy_document" "push_trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = [for publisher in var.publishers : "repo:\${publisher}:ref:refs/heads/main"]
    }
  }
}

data "aws_iam_policy_document" "push" {
  statement {
    sid       = "SignIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "PushOwnImages"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = [for repository in aws_ecr_repository.own : repository.arn]
  }
}

resource "aws_iam_role" "push" {
  count = length(var.publishers) > 0 ? 1 : 0

  name                 = "github-push"
  assume_role_policy   = data.aws_iam_policy_document.push_trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "push" {
  count = length(var.publishers) > 0 ? 1 : 0

  name   = "push-own-images"
  role   = aws_iam_role.push[0].id
  policy = data.aws_iam_policy_document.push.json
}
`;
}

function mirror(input: ClusterInput, decision: Id, upstreams: readonly Upstream[]): Contribution {
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
        `${FOLDER}/registry.tf`,
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
    nextSteps: [
      'Give the mirror its accounts at Docker Hub and GitHub (docs/runbooks/registry.md) before the first cluster: nodes pull through it.',
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

function nodeRights({ stack }: ClusterInput, upstreams: readonly Upstream[]): HclExpression {
  const prefixes = upstreams.map(({ prefix }) => prefix);
  const roles =
    pickOf(stack, 'autoscaling') === 'karpenter'
      ? hcl`{ groups = aws_iam_role.node.id, karpenter = aws_iam_role.karpenter_node.id }`
      : hcl`{ groups = aws_iam_role.node.id }`;
  return hcl`
data "aws_iam_policy_document" "mirror" {
  statement {
    sid       = "FetchWhatIsNotThereYet"
    actions   = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"]
    resources = [for prefix in ${prefixes} : "arn:\${data.aws_partition.current.partition}:ecr:\${var.region}:\${var.account_id}:repository/\${prefix}/*"]
  }
}

resource "aws_iam_role_policy" "mirror" {
  for_each = ${roles}

  name   = "fetch-into-mirror"
  role   = each.value
  policy = data.aws_iam_policy_document.mirror.json
}
`;
}

const READ = hcl`  statement {
    sid       = "SignIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "ReadOwnImages"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
    ]
    resources = ["arn:\${data.aws_partition.current.partition}:ecr:\${var.region}:\${var.account_id}:repository/${{ kind: 'expression', code: OWN }}/*"]
  }`;

function registryRunbook({ stack }: ClusterInput): Runbook {
  const mirrored = pickOf(stack, 'registry') === 'mirror';
  return {
    id: 'registry',
    title: 'Images: where they come from, and what to do when one does not',
    text: `Images of your own lie in ECR below \`${OWN}/\`, in the account and the region of the cluster that runs them. To add one, add its name to
\`repositories\` in \`${ACCOUNT}/registry.tf\`, and the GitHub repository that builds it to \`publishers\`; its pipeline takes on the role
\`github-push\` by its own identity. Tags are never moved: a new image is a new tag.
${mirrored ? MIRROR : ''}
An image does not come: \`kubectl -n NAMESPACE describe pod NAME\`.

- *not found*: the name or the tag is wrong, or the registry of this account does not hold it${mirrored ? '; for a copy, look at the publisher first' : ''}.
- *no basic auth credentials* or *403*: the role of the node may not pull; it needs AmazonEC2ContainerRegistryPullOnly${mirrored ? ` and what\n  stands in \`${FOLDER}/registry.tf\`` : ''}.
- *toomanyrequests*: the publisher counts pulls of this address${mirrored ? '. Its image goes around the mirror: give it the name of the mirror' : '; wait, or sign in there'}.

Findings of the scan: \`aws ecr describe-image-scan-findings --repository-name ${OWN}/NAME --image-id imageTag=TAG\`.
`,
  };
}

const MIRROR = `
Images of others come through the same registry, as \`REGISTRY/PREFIX/NAME\`: ECR fetches an image at its first pull, scans it and keeps it.
Docker Hub and GitHub want an account for that. Once per account and region:

\`\`\`sh
cd infra/aws-account
tofu apply -var account_id=ACCOUNT -target=aws_secretsmanager_secret.upstream
aws secretsmanager put-secret-value --secret-id ecr-pullthroughcache/docker-hub --secret-string file://docker-hub.json
aws secretsmanager put-secret-value --secret-id ecr-pullthroughcache/ghcr --secret-string file://ghcr.json
tofu apply -var account_id=ACCOUNT
aws ecr validate-pull-through-cache-rule --ecr-repository-prefix ghcr
\`\`\`

Each file holds \`{"username": "...", "accessToken": "..."}\`, with a token that may read public images and nothing else; delete it afterwards.

Still from their publishers: add-ons of EKS, which AWS copies into every region itself; Flux and its operator, which come before the cluster
knows its registry; charts, which are no images.

A copy that was not pulled for 90 days is archived, and its pull fails until somebody brings it back:
\`aws ecr update-image-storage-class --repository-name PREFIX/NAME --image-id imageTag=TAG --target-storage-class STANDARD\`.
`;
