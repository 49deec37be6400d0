/** providers.tf and backend.tf. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { GoogleProvider } from '../../google/versions.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';

/** The firewall of a balancer within a region is known to google-beta alone, in this version. */
export const providersOf = ({ closed, workloads }: Settings): readonly GoogleProvider[] =>
  closed && workloads.includes('web') ? ['google', 'google-beta'] : ['google'];

export const providers = (settings: Settings): HclExpression =>
  together(...providersOf(settings).map(block), LABELS);

const block = (name: GoogleProvider) => hcl`
provider ${name} {
  project        = var.project_id
  region         = var.regions[0]
  default_labels = local.labels
}
`;

const LABELS = hcl`
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
