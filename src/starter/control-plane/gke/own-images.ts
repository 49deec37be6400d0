/** registry.tf of the project: a repository for images of one's own per region, and who adds to it. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { pushAccount } from '../../google/identities.ts';
import {
  IMAGE_READERS,
  OF_OTHER_PROJECTS,
  OF_THIS_PROJECT_ALONE,
  servesOtherProjects,
} from '../../google/image-readers.ts';
import { keptImages } from '../../google/image-repository.ts';
import { terraformText } from '../../terraform.ts';
import { PROJECT_FOLDER } from './project.ts';

/** The repository. */
export const OWN = 'apps';

export function repositories(
  input: ClusterInput,
  { folder, identities }: GoogleGround,
  decision: Id,
): Contribution {
  const regions = [...new Set(input.clusters.map(({ region }) => region))];
  return {
    files: new Map([
      [
        `${PROJECT_FOLDER}/registry.tf`,
        terraformText(
          input,
          decision,
          'Images of your own: a tag is never moved, every image is scanned, and what nobody needs goes by itself.',
          own(regions, servesOtherProjects(input) ? IMAGE_READERS : hcl``),
        ),
      ],
    ]),
    runbooks: [
      {
        id: 'registry',
        title: 'An image is not pulled',
        text: `${(wayOut(input) === 'none' ? within : open)(
          `${folder}/${identities === 'of-each-cluster' ? 'machines' : 'identity'}.tf`,
        )}${(servesOtherProjects(input) ? OF_OTHER_PROJECTS : OF_THIS_PROJECT_ALONE).replace('FOLDER', folder)}`,
      },
    ],
    checks: [
      {
        decision,
        says: 'No tag of an image of your own can be moved.',
        command: `grep -qE 'immutable_tags += true' ${PROJECT_FOLDER}/registry.tf`,
        path: `${PROJECT_FOLDER}/registry.tf`,
      },
    ],
  };
}

function own(regions: readonly string[], readers: HclExpression): HclExpression {
  return hcl`
variable "registry_regions" {
  description = "Regions whose clusters pull from the registry of this project."
  type        = set(string)
  default     = ${regions}
}

resource "google_artifact_registry_repository" "own" {
  # checkov:skip=CKV_GCP_84: Encrypted with Google's keys; keys of your own are for rules that ask for them.
  for_each = var.registry_regions

  location      = each.value
  repository_id = ${OWN}
  description   = "Images of our own."
  format        = "DOCKER"

${keptImages(NO_COMMENT)}

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.main]
}

${pushAccount('Adds images, from main only.')}

# Tags cannot be moved, so adding is all that it can do.
resource "google_artifact_registry_repository_iam_member" "push" {
  for_each = google_artifact_registry_repository.own

  location   = each.value.location
  repository = each.value.repository_id
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.push.member
}
${readers}
output "image_variables" {
  description = "Variables of the repository at GitHub by which the workflow that builds images finds this registry."
  value = {
    # That of the project's own region first: what attests looks for its key there.
    IMAGES_REGISTRY = join(" ", [for region in distinct(concat([var.region], sort(var.registry_regions))) : "\${region}-docker.pkg.dev/\${var.project_id}"])
    IMAGES_PROJECT  = var.project_id
    IMAGES_PROVIDER = google_iam_workload_identity_pool_provider.github.name
  }
}
`;
}

const NO_COMMENT: HclExpression = { kind: 'expression', code: '' };

const EACH_REGION = `
Each region has its own: the pipeline pushes the same image, under the same digest, to every registry in the variable \`IMAGES_REGISTRY\` at
GitHub, which \`tofu -chdir=infra/gcp-project output image_variables\` has for all of \`registry_regions\`.
`;

const within = (
  rights: string,
) => `Images of your own lie in \`REGION-docker.pkg.dev/PROJECT/${OWN}\`; those of others beside it, by publisher, and only what somebody carried in: [a
network without a way out](no-way-out.md). Nodes may read all of them, and a pipeline on main may add to the first.
${EACH_REGION}
1. What the node says: \`kubectl -n NAMESPACE describe pod NAME | tail\`.
2. *not found*, for an image of your own: the pipeline did not push it, or the tag is another one. Tags are never moved.
3. *not found*, for one of others: it is not in \`images.txt\`, or was not carried in after it came there.
4. *denied*: the service account of the nodes lost its right to read, which \`${rights}\` gives.
`;

const open = (
  rights: string,
) => `Images of your own lie in \`REGION-docker.pkg.dev/PROJECT/${OWN}\`; copies of what others publish beside it, by publisher. Nodes may read all of them, and a
pipeline on main may add to the first.
${EACH_REGION}
1. What the node says: \`kubectl -n NAMESPACE describe pod NAME | tail\`.
2. *not found*, for an image of your own: the pipeline did not push it, or the tag is another one. Tags are never moved.
3. *not found*, for a copy: the publisher has no such image; look there, under the name behind the publisher's.
4. *denied*: the service account of the nodes lost its right to read, which \`${rights}\` gives.
5. *too many requests*: the publisher counts pulls without an account. Put the account's token into Secret Manager and name it in
   \`upstream_credentials\` of the repository in \`infra/gcp-project/mirror.tf\`.
6. The publisher is down: what was pulled once is still there. What was not has to wait.
`;
