/** mirror.tf of the project: copies of what others publish, made at the first pull. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import type { Upstream } from '../../registry/upstreams.ts';
import { terraformText } from '../../terraform.ts';
import { PROJECT_FOLDER } from './project.ts';

/** As its address stands in manifests. */
export const ADDRESS = '${REGISTRY}';

export function mirror(input: ClusterInput, decision: Id, upstreams: readonly Upstream[]): Contribution {
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
