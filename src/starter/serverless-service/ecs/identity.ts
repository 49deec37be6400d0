/** identity.tf and secrets.tf of infra/ecs: which identity a task has, where its image comes from, what it may read. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { release } from '../../release.ts';
import { together } from '../code.ts';
import { NAMES } from './foundation.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

/** An image of others: copied once into our registry by scripts/bootstrap.sh. */
export interface CopiedImage {
  readonly name: string;
  /** With registry and tag. */
  readonly source: string;
  readonly tag: string;
}

export function copiedImages(input: StarterInput): {
  readonly sample: CopiedImage;
  readonly collector: CopiedImage;
} {
  const image = (name: string, id: string): CopiedImage => {
    const { image: source = '', version } = release(input, id);
    return { name, source: `${source}:${version}`, tag: version };
  };
  return { sample: image('sample', 'podinfo'), collector: image('collector', 'adot-collector') };
}

const withServices = (settings: Settings): HclExpression => hcl`${servicesOf(hasOwnEdge(settings))}

# Everything that runs here, with an image, a log, secrets and roles of its own.
workloads = toset(concat(${settings.workloads}, keys(var.services)))`;

/** What answers requests, whichever of them it is. */
const servicesOf = (hasEdge: boolean): HclExpression =>
  hasEdge
    ? hcl`# What answers requests: web at the domain itself, every other service at a name below it.
services = merge(
  { web = merge(var.web, { host = var.domain }) },
  { for name, service in var.services : name => merge(service, { host = coalesce(service.host, "\${name}.\${var.domain}") }) },
)`
    : hcl`# What answers requests.
services = merge({ web = var.web }, var.services)`;

export function identity(input: StarterInput, settings: Settings): HclExpression {
  const { workloads, traces } = settings;
  const { sample, collector } = copiedImages(input);
  const copied = ({ name, tag }: CopiedImage) => hcl`join("", [local.registry, ${`/${name}:${tag}`}])`;
  const images = { sample: copied(sample), ...(traces ? { collector: copied(collector) } : {}) };
  return together(
    NAMES,
    hcl`
locals {
  ${workloads.includes('web') ? withServices(settings) : hcl`workloads = toset(${workloads})`}

  # Made by infra/bootstrap: a deployment neither makes roles nor changes what they may.
  roles = {
    task      = { for workload in local.workloads : workload => "\${local.arn}:iam::\${var.account_id}:role/\${var.name}-\${workload}-task" }
    execution = { for workload in local.workloads : workload => "\${local.arn}:iam::\${var.account_id}:role/\${var.name}-\${workload}-execution" }
  }
}

# The key of this application, made by infra/bootstrap.
data "aws_kms_alias" "main" {
  name = "alias/\${var.name}"
}

locals {
  registry = "\${var.account_id}.dkr.ecr.\${var.region}.amazonaws.com/\${var.name}"

  # Of others, copied into the registry once; without an image of its own a workload runs the sample.
  images = ${images}
}
`,
  );
}

export const SECRETS = hcl`
# Values are added with the AWS CLI (docs/runbooks/deploy-and-rollback.md) and never stand in this repository or its state.
resource "aws_secretsmanager_secret" "main" {
  # checkov:skip=CKV2_AWS_57: What a value is decides how it is changed; the runbook says how, without a rotation function.
  for_each = var.secrets

  name                    = "\${var.name}/\${each.value.workload}/\${each.key}"
  kms_key_id              = data.aws_kms_alias.main.target_key_arn
  recovery_window_in_days = 30
}

locals {
  # By workload, environment variable to secret and version. Roles read what lies under their own workload's name.
  mounted_secrets = { for workload in local.workloads : workload => {
    for name, secret in var.secrets : secret.environment_variable => "\${aws_secretsmanager_secret.main[name].arn}:::\${secret.version}"
    if secret.workload == workload && secret.version != null
  } }
}
`;
