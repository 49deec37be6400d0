/** Clusters of other projects that pull from the registry of one: what lets them in there, and what each says of itself. */
import { type HclExpression, hcl, hclIdentifier } from '../../files/hcl.ts';
import type { ServiceAccount } from '../foundation.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';

/** Binary Authorization asks the attestor of a project for the images of that project alone. */
export const servesOtherProjects = ({ stack }: Pick<StarterInput, 'stack'>): boolean =>
  pickOf(stack, 'image-signing') !== 'binary-authorization';

/** In registry.tf of the project. */
export const IMAGE_READERS = hcl`
variable "image_readers" {
  description = "Who of other projects pulls from the registry of this one, as IAM names them: what the output image_readers of each of their clusters says."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.image_readers : can(regex("^(serviceAccount:[^@]+@|principal://)", member))])
    error_message = "Name accounts and principals of clusters: no people, and nobody whom IAM does not know."
  }
}

# The same right as nodes of this project have: images of your own and copies of others, and no writing.
resource "google_project_iam_member" "image_readers" {
  for_each = var.image_readers

  project = var.project_id
  role    = "roles/artifactregistry.reader"
  member  = each.value
}
`;

/** As {@link registryOf} leaves it to a cluster. */
export const REGISTRY_EXPRESSION = '"${var.region}-docker.pkg.dev/${local.registry_project}"';

/** In outputs.tf of a cluster; `nodes` is a list of members of IAM. Nothing where no manifest names the registry. */
export function registryOf(
  input: StarterInput,
  expressions: Readonly<Record<string, HclExpression>>,
  nodes: HclExpression,
): HclExpression {
  if (expressions.REGISTRY === undefined) return hcl``;
  return servesOtherProjects(input) ? ofEither(nodes) : OF_ITS_OWN;
}

const OF_ITS_OWN = hcl`
locals {
  registry_project = var.project_id
}
`;

const ofEither = (nodes: HclExpression) => hcl`
variable "registry_project" {
  description = "Project whose registry the cluster pulls from, its own where none is named. Its image_readers have to name this cluster's (docs/runbooks/registry.md)."
  type        = string
  default     = null
}

locals {
  registry_project = coalesce(var.registry_project, var.project_id)
}

output "image_readers" {
  description = "Nodes of this cluster, for image_readers of infra/gcp-project in another project."
  value       = ${nodes}
}
`;

/** Beside the right in its own project, of what reads images and is no node. */
export const readerOutput = (account: ServiceAccount, member: HclExpression) => hcl`
output ${`image_reader_${hclIdentifier(account.name)}`} {
  description = "Reads images beside the nodes, for image_readers of infra/gcp-project in another project."
  value       = ${member}
}
`;

export const OF_OTHER_PROJECTS = `
## Clusters of other projects

A cluster of another project pulls from here, so that an image is built, pushed and kept once:

1. Name its region in \`registry_regions\` of \`infra/gcp-project\` here, and in \`image_readers\` what \`tofu -chdir=FOLDER output\` says of
   the cluster as \`image_readers\` and \`image_reader_…\`; apply.
2. Set \`registry_project\` in the values of the cluster to this project, and \`REGISTRY\` in \`clusters/NAME/cluster-vars.yaml\` to
   \`REGION-docker.pkg.dev/PROJECT\` with its own region; apply. \`scripts/bootstrap.sh\` compares both.
`;

export const OF_THIS_PROJECT_ALONE = `
## Clusters of other projects

Each project has a registry of its own: Binary Authorization asks the attestor of the project that a pod starts in, and the pipeline attests where it pushes.
`;
