/** Google Cloud: what a root module makes, one identity of the pipeline may read and the other one may change. */
import type { CrossCheck } from './cross-check.ts';

const PIPELINE = 'infra/gcp-project/pipeline.tf';

/** How types of resources begin, and how the roles do that they ask for. */
const SERVICES: readonly (readonly [string, string])[] = [
  ['certificate_manager', 'certificatemanager'],
  ['compute', 'compute'],
  ['container', 'container'],
  ['dns', 'dns'],
  ['gke_backup', 'gkebackup'],
  ['kms', 'cloudkms'],
  ['logging', 'logging'],
  ['monitoring', 'monitoring'],
  ['pubsub', 'pubsub'],
  ['service_account', 'iam'],
  ['sql', 'cloudsql'],
  ['storage', 'storage'],
];

export const pipelineRoles: CrossCheck = {
  code: 'pipeline-roles',
  says: 'The pipeline may read and change every kind of thing that its root module makes.',
  check: tree => {
    const pipeline = tree.get(PIPELINE);
    if (pipeline === undefined) return [];
    return [...tree].flatMap(([file, text]) =>
      /^infra\/(?:gke|machines)\/[^/]+\.tf$/.test(file)
        ? SERVICES.filter(([type]) => new RegExp(`^resource "google_${type}_`, 'm').test(text)).flatMap(
            ([, service]) =>
              ['plan_roles', 'apply_roles']
                .filter(roles => !rolesOf(pipeline, roles).includes(`"roles/${service}.`))
                .map(roles => ({
                  code: 'pipeline-roles',
                  place: file,
                  message: `has things of ${service}, and ${roles} has no role there`,
                })),
          )
        : [],
    );
  },
};

const rolesOf = (pipeline: string, name: string): string =>
  new RegExp(`${name} += toset\\(\\[([^\\]]*)\\]`).exec(pipeline)?.[1] ?? '';
