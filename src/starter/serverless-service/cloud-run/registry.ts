/** registry.tf: images that cannot be overwritten, scanned, and cleaned up. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { keptImages } from '../../google/image-repository.ts';
import type { StarterInput } from '../../part.ts';
import { release } from '../../release.ts';
import { identifier, together } from '../code.ts';
import type { Settings } from './settings.ts';

/** The image that runs until there is one of your own, below its publisher. */
export function sampleImage(input: StarterInput): string {
  const { image, version } = release(input, 'podinfo');
  return `${(image ?? '').replace(/^ghcr\.io\//, '')}:${version}`;
}

export function registry(input: StarterInput, { workloads, closed }: Settings): HclExpression {
  const others = Object.fromEntries(
    workloads
      .filter(workload => workload !== 'web')
      .map(workload => [workload, hcl`coalesce(var.${identifier(workload)}.image, local.sample_image)`]),
  );
  const ofServices = hcl`{ for name, service in local.services : name => coalesce(service.image, local.sample_image) }`;
  const images = !workloads.includes('web')
    ? hcl`${others}`
    : Object.keys(others).length === 0
      ? ofServices
      : hcl`merge(${ofServices}, ${others})`;
  return together(
    OWN,
    closed ? null : UPSTREAM,
    hcl`
locals {
  # Until a workload has an image of its own.
  sample_image = join("/", [local.upstream, ${sampleImage(input)}])
  upstream     = ${closed ? CARRIED_IN : FETCHED}

  images = ${images}
}
`,
  );
}

const FETCHED = hcl`"\${google_artifact_registry_repository.upstream.location}-docker.pkg.dev/\${var.project_id}/\${google_artifact_registry_repository.upstream.repository_id}"`;
/** Made by infra/bootstrap, whose script puts into it what it copies. */
const CARRIED_IN = hcl`"\${var.regions[0]}-docker.pkg.dev/\${var.project_id}/upstream"`;

const OWN = hcl`
resource "google_artifact_registry_repository" "images" {
  # checkov:skip=CKV_GCP_84: Encrypted with Google's keys; keys of your own are for rules that ask for them.
  location      = var.regions[0]
  repository_id = "images"
  description   = "Images of \${var.name}."
  format        = "DOCKER"

${keptImages({ kind: 'expression', code: '  # A rollback needs the images of revisions that served lately.\n' })}
}
`;

const UPSTREAM = hcl`
# Cloud Run pulls from this registry only; images from ghcr.io come through it and are kept.
resource "google_artifact_registry_repository" "upstream" {
  # checkov:skip=CKV_GCP_84: Public images of others.
  location      = var.regions[0]
  repository_id = "upstream"
  description   = "Images of others, fetched once and kept."
  format        = "DOCKER"
  mode          = "REMOTE_REPOSITORY"

  remote_repository_config {
    description = "ghcr.io"

    docker_repository {
      custom_repository {
        uri = "https://ghcr.io"
      }
    }
  }
}
`;

/** infra/bootstrap/registry.tf of a closed network. */
export const CARRIED = hcl`
resource "google_artifact_registry_repository" "upstream" {
  # checkov:skip=CKV_GCP_84: Public images of others.
  location      = var.region
  repository_id = "upstream"
  description   = "Images of others, carried in by scripts/bootstrap.sh; fetches nothing."
  format        = "DOCKER"
  mode          = "STANDARD_REPOSITORY"

  docker_config {
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

  depends_on = [google_project_service.main]
}
`;
