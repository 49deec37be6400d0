/** registry.tf: where images come from. The registry itself is made by infra/bootstrap. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { release } from '../../release.ts';
import type { Workload } from '../settings.ts';
import { byWorkload } from './containers.ts';

export function registry(input: StarterInput, workloads: readonly Workload[]): HclExpression {
  const sample = release(input, 'podinfo');
  const image = `upstream/${(sample.image ?? '').replace(/^ghcr\.io\//, '')}:${sample.version}`;
  const images = byWorkload(workloads, values => hcl`coalesce(${values}.image, local.sample_image)`);
  return hcl`
data "azurerm_container_registry" "main" {
  name                = local.registry
  resource_group_name = local.base_group
}

locals {
  # Until a workload has an image of its own; the registry fetches it from ghcr.io once and keeps it.
  sample_image = join("/", [data.azurerm_container_registry.main.login_server, ${image}])

  images = ${images}
}
`;
}
