/** versions.tf, providers.tf and backend.tf. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { provider } from '../../release.ts';

export function versions(input: StarterInput): HclExpression {
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

export const PROVIDERS = hcl`
provider "google" {
  project        = var.project_id
  region         = var.regions[0]
  default_labels = local.labels
}

locals {
  labels = {
    application = var.name
    environment = var.environment
    managed-by  = "opentofu"
  }
}
`;

export const BACKEND = hcl`
# The bucket is named at init, so that the same code serves every environment; it locks by itself.
terraform {
  backend "gcs" {
    prefix = "cloud-run"
  }
}
`;
