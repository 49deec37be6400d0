/** Artifact Registry: repositories of one's own and copies of what others publish, per project and region. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import type { Grant, ServiceAccount } from '../../foundation.ts';
import type { Upstream } from '../../registry/upstreams.ts';
import type { ImageRegistry } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { PROJECT_FOLDER } from './project.ts';
import { readImages } from './rights.ts';

const ADDRESS = '${REGISTRY}';
const OWN = 'apps';

export function gkeRegistry(input: ClusterInput): ImageRegistry {
  return {
    address: ADDRESS,
    ownImages: `${ADDRESS}/${OWN}`,
    kyvernoProvider: 'google',
    repositories: decision => repositories(input, decision),
    mirror: (decision, upstreams) => mirror(input, decision, upstreams),
    read: (decision: Id, account: ServiceAccount): Grant => readImages(input, decision, account),
  };
}

function repositories(input: ClusterInput, decision: Id): Contribution {
  const regions = [...new Set(input.clusters.map(({ region }) => region))];
  return {
    files: new Map([
      [
        `${PROJECT_FOLDER}/registry.tf`,
        terraformText(
          input,
          decision,
          'Images of your own: a tag is never moved, every image is scanned, and what nobody needs goes by itself.',
          own(regions),
        ),
      ],
    ]),
    runbooks: [RUNBOOK],
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

function own(regions: readonly string[]): HclExpression {
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

  docker_config {
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 30
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "7776000s"
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.main]
}

resource "google_service_account" "push" {
  account_id   = "github-push"
  display_name = "Adds images, from main only."
}

resource "google_service_account_iam_member" "push" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.github.name}/attribute.pushes/images"
}

# Tags cannot be moved, so adding is all that it can do.
resource "google_artifact_registry_repository_iam_member" "push" {
  for_each = google_artifact_registry_repository.own

  location   = each.value.location
  repository = each.value.repository_id
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.push.member
}
`;
}

function mirror(input: ClusterInput, decision: Id, upstreams: readonly Upstream[]): Contribution {
  return {
    files: new Map([
      [
        `${PROJECT_FOLDER}/mirror.tf`,
        terraformText(
          input,
          decision,
          'Copies of what others publish, made when a node first asks for them; the rate limits and outages of others stop here.',
          mirrors(upstreams),
        ),
      ],
    ]),
    checks: [
      {
        decision,
        says: 'Every publisher has its copy, and the sample workload comes from there.',
        command: `test "$(grep -c ' = "https://' ${PROJECT_FOLDER}/mirror.tf)" -eq ${upstreams.length} && grep -rqE 'image: [$][{]REGISTRY[}]/' apps/base`,
        path: `${PROJECT_FOLDER}/mirror.tf`,
      },
    ],
  };
}

function mirrors(upstreams: readonly Upstream[]): HclExpression {
  const table = Object.fromEntries(upstreams.map(({ prefix, url }) => [prefix, `https://${url}`]));
  return hcl`
locals {
  upstreams = ${table}
  mirrors = {
    for pair in setproduct(var.registry_regions, keys(local.upstreams)) : "\${pair[0]}/\${pair[1]}" => { region = pair[0], prefix = pair[1] }
  }
}

resource "google_artifact_registry_repository" "upstream" {
  # checkov:skip=CKV_GCP_84: Public images of others.
  for_each = local.mirrors

  location      = each.value.region
  repository_id = each.value.prefix
  description   = "Images of others, fetched once and kept."
  format        = "DOCKER"
  mode          = "REMOTE_REPOSITORY"

  remote_repository_config {
    description = local.upstreams[each.value.prefix]

    docker_repository {
      custom_repository {
        uri = local.upstreams[each.value.prefix]
      }
    }
  }

  # What nobody has pulled for a quarter is fetched again when it is asked for.
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "7776000s"
    }
  }

  depends_on = [google_project_service.main]
}
`;
}

const RUNBOOK: Runbook = {
  id: 'registry',
  title: 'An image is not pulled',
  text: `Images of your own lie in \`REGION-docker.pkg.dev/PROJECT/${OWN}\`; copies of what others publish beside it, by publisher. Nodes may read all of them, and a
pipeline on main may add to the first.

1. What the node says: \`kubectl -n NAMESPACE describe pod NAME | tail\`.
2. *not found*, for an image of your own: the pipeline did not push it, or the tag is another one. Tags are never moved.
3. *not found*, for a copy: the publisher has no such image; look there, under the name behind the publisher's.
4. *denied*: the service account of the nodes lost its right to read, which \`infra/gke/identity.tf\` gives.
5. *too many requests*: the publisher counts pulls without an account. Put the account's token into Secret Manager and name it in
   \`upstream_credentials\` of the repository in \`infra/gcp-project/mirror.tf\`.
6. The publisher is down: what was pulled once is still there. What was not has to wait.
`,
};
