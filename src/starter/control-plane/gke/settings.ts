/** versions.tf, backend.tf, providers.tf and variables.tf of the GKE root module. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { provider } from '../../release.ts';
import { terraformText } from '../../terraform.ts';
import { gkeChoices } from './choices.ts';
import type { GkeMode } from './mode.ts';
import { variables } from './variables.ts';

export const FOLDER = 'infra/gke';

export function settings(input: ClusterInput, mode: GkeMode): FileTree {
  const file = (name: string, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, 'control-plane', says, code)] as const;
  return new Map([
    file('versions', 'Exact versions: an upgrade is a change that is reviewed.', versions(input)),
    file(
      'backend',
      'State lies in a bucket that locks by itself; which one is said by the .tfbackend file of the cluster.',
      BACKEND,
    ),
    file(
      'providers',
      'The project and the region are part of what is reviewed, not of who runs it.',
      PROVIDERS,
    ),
    file(
      'variables',
      'One set of values per cluster lies in envs/.',
      variables(input, mode, gkeChoices(input)),
    ),
  ]);
}

export function versions(input: ClusterInput): HclExpression {
  const google = provider(input, 'google');
  return hcl`
terraform {
  required_version = ${`>= ${provider(input, 'terraform').version}`}

  required_providers {
    google = {
      source  = ${google.source}
      version = ${google.version}
    }
  }
}
`;
}

export const BACKEND = hcl`
terraform {
  backend "gcs" {}
}
`;

export const PROVIDERS = hcl`
provider "google" {
  project = var.project_id
  region  = var.region

  default_labels = {
    cluster     = var.cluster_name
    environment = var.environment
    managed-by  = "terraform"
  }
}
`;
