/** versions.tf, backend.tf, providers.tf and variables.tf of the GKE root module. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { versions } from '../../google/versions.ts';
import { terraformText } from '../../terraform.ts';
import { gkeChoices } from './choices.ts';
import type { GkeMode } from './mode.ts';
import { variables } from './variables.ts';

export const FOLDER = 'infra/gke';

export function settings(input: ClusterInput, mode: GkeMode): FileTree {
  const beta = gkeChoices(input).sandboxPool;
  const file = (name: string, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, 'control-plane', says, code)] as const;
  return new Map([
    file(
      'versions',
      'Exact versions: an upgrade is a change that is reviewed.',
      versions(input, beta ? ['google', 'google-beta'] : ['google']),
    ),
    file(
      'backend',
      'State lies in a bucket that locks by itself; which one is said by the .tfbackend file of the cluster.',
      BACKEND,
    ),
    file(
      'providers',
      'The project and the region are part of what is reviewed, not of who runs it.',
      beta ? hcl`${PROVIDERS}${providerBlock('google-beta')}` : PROVIDERS,
    ),
    file(
      'variables',
      'One set of values per cluster lies in envs/.',
      variables(input, mode, gkeChoices(input)),
    ),
  ]);
}

export const BACKEND = hcl`
terraform {
  backend "gcs" {}
}
`;

const providerBlock = (name: 'google' | 'google-beta') => hcl`
provider ${name} {
  project = var.project_id
  region  = var.region

  default_labels = {
    cluster     = var.cluster_name
    environment = var.environment
    managed-by  = "terraform"
  }
}
`;

export const PROVIDERS = providerBlock('google');
