/** Artifact Registry in a network without a way out: a repository for each publisher, and who reads what was carried in. */
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { SOURCE } from '../../egress/no-egress/closed.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { pickOf } from '../../picks.ts';
import { CHARTS, UPSTREAMS } from '../../registry/upstreams.ts';
import type { RegistryWithin } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { addressOfRegistry } from './names.ts';
import { PROJECT_FOLDER } from './project.ts';
import { readImages } from './rights.ts';

/** The first part of each name within the registry is a repository. */
const [OF_SOURCES = ''] = SOURCE.split('/');
const KEPT = [...UPSTREAMS.map(({ prefix }) => prefix), CHARTS, 'manifests'];

/** A line of shell, with the address of the registry in `REGISTRY`. */
export const HELM_LOGIN = `gcloud auth print-access-token | helm registry login --username oauth2accesstoken --password-stdin "${'${REGISTRY%%/*}'}"`;

/** What differs between nodes of GKE and machines of one's own. */
export interface ReadWithin {
  /** As {@link RegistryWithin} has it. */
  readonly operator: string;
  readonly reached: RegistryWithin['reached'];
  readonly replaced: RegistryWithin['replaced'];
  readonly filledIn?: NonNullable<RegistryWithin['filledIn']>;
}

export function registryWithin(
  input: ClusterInput,
  ground: GoogleGround,
  read: ReadWithin = BY_NODES,
): RegistryWithin {
  return {
    title: 'Artifact Registry',
    addressOf: addressOfRegistry,
    repositories: decision => ({
      files: new Map([
        [
          `${PROJECT_FOLDER}/carried.tf`,
          terraformText(
            input,
            decision,
            'What is carried in: a repository for each publisher, for charts and kinds, and for this repository itself.',
            CARRIED,
          ),
        ],
      ]),
      checks: [
        {
          decision,
          says: 'Nothing is fetched from a publisher: what is not carried in is not there.',
          command: `! grep -rq REMOTE_REPOSITORY infra && grep -q 'STANDARD_REPOSITORY' ${PROJECT_FOLDER}/carried.tf`,
          path: `${PROJECT_FOLDER}/carried.tf`,
        },
      ],
    }),
    readAll: (decision, account) =>
      readImages(
        input,
        ground,
        decision,
        account,
        'Reads what was carried in: charts, kinds and this repository.',
      ),
    tool: 'gcloud',
    helmLogin: HELM_LOGIN,
    login: `gcloud auth print-access-token | crane auth login --username oauth2accesstoken --password-stdin "${'${registry%%/*}'}"
gcloud auth print-access-token | helm registry login --username oauth2accesstoken --password-stdin "${'${registry%%/*}'}"`,
    reached: [...reached(input), ...read.reached],
    replaced: [
      'Public certificates: no public authority is asked. Certificates come from an intermediate of your own authority ([own authority](own-authority.md)).',
      'Public names: the zone of the platform is private and answers in this network. For people of the house, have its name servers ask an inbound policy of Cloud DNS, which belongs to its hub and is not made here.',
      'Load balancers of the internet: those of the cluster are internal, and people come to them from the house.',
      'Remote repositories of Artifact Registry: they fetch from publishers by themselves, so none is made.',
      'Services of Google that no perimeter can hold: `restricted.googleapis.com` does not answer for them.',
      ...read.replaced,
    ],
    operator: read.operator,
    ...(read.filledIn === undefined ? {} : { filledIn: read.filledIn }),
  };
}

const BY_NODES: ReadWithin = {
  operator: `a machine in this network, since the address of the API is not led on to others: one that people reach by a line of
the house that ends here, or by Identity-Aware Proxy, whose range needs a rule with a priority below 100 there. It has \`kubectl\`, \`helm\`, \`kustomize\`, \`flux\`, \`openssl\` and \`gcloud\` with \`gke-gcloud-auth-plugin\`, and reaches Google
as the nodes do. It runs \`gcloud container clusters get-credentials CLUSTER_NAME --location REGION --internal-ip\`, and \`scripts/bootstrap.sh\` with
\`CLUSTER_VARS=FILE\`: what \`tofu output -json cluster_vars\` printed at the other place.`,
  reached: [{ host: '*.gcr.io', for: 'images of parts that GKE brings, at the same addresses' }],
  replaced: [],
};

function reached({ clusters, stack }: ClusterInput): RegistryWithin['reached'] {
  const regions = [...new Set(clusters.map(({ region }) => region))];
  const signsIn = pickOf(stack, 'workload-identity') === 'cloud-native' ? ', and identities of pods' : '';
  return [
    ...regions.map(region => ({
      host: `${region}-docker.pkg.dev`,
      for: 'images, charts and this repository as it was handed over',
    })),
    { host: '*.googleapis.com', for: `services of Google at the restricted addresses${signsIn}` },
    { host: '*.pkg.dev', for: 'images of the project, at the same addresses' },
  ];
}

const CARRIED = hcl`
locals {
  # The last one holds this repository: a tag for each cluster, which scripts/hand-over.sh moves.
  carried = {
    for pair in setproduct(var.registry_regions, ${[...KEPT, OF_SOURCES]}) : "\${pair[0]}/\${pair[1]}" => { region = pair[0], name = pair[1] }
  }
}

resource "google_artifact_registry_repository" "carried" {
  # checkov:skip=CKV_GCP_84: Public images of others.
  for_each = local.carried

  location      = each.value.region
  repository_id = each.value.name
  description   = "Carried in by hand; fetches nothing."
  format        = "DOCKER"
  mode          = "STANDARD_REPOSITORY"

  docker_config {
    immutable_tags = each.value.name != ${OF_SOURCES}
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

  depends_on = [google_project_service.main]
}
`;
