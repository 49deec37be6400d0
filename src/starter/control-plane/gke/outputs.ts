/** outputs.tf with what manifests are filled in from. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { registryOf } from '../../google/image-readers.ts';
import { terraformText } from '../../terraform.ts';
import { FOLDER } from './settings.ts';
import { zoneLookedUp, zoneOutput } from './ways.ts';

/** `expressions` are the values of the output `cluster_vars`, which scripts/bootstrap.sh compares with the manifests. */
export function outputs(input: ClusterInput, expressions: Readonly<Record<string, HclExpression>>): FileTree {
  return new Map([
    [
      `${FOLDER}/outputs.tf`,
      terraformText(
        input,
        'control-plane',
        'cluster_vars must equal clusters/<name>/cluster-vars.yaml; scripts/bootstrap.sh compares them.',
        hcl`
${zoneLookedUp(input)}output "cluster_name" {
  description = "For gcloud container clusters get-credentials."
  value       = google_container_cluster.main.name
}

output "region" {
  description = "For gcloud container clusters get-credentials."
  value       = google_container_cluster.main.location
}

output "zones" {
  description = "Zones that nodes spread over."
  value       = local.zones
}

${zoneOutput(input)}output "cluster_vars" {
  description = "What delivery puts into manifests."
  value = ${expressions}
}
${registryOf(input, expressions, hcl`[google_service_account.nodes.member]`)}`,
      ),
    ],
  ]);
}
