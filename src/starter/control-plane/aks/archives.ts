/** Archives of databases in the cluster that a cluster of another region follows: who may read them, and by which way. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { namesInWords } from '../../names-in-words.ts';
import { archivesAreFollowed, firstOf, pairsOf } from '../../recovery/places.ts';
import { clusterTitle } from './title.ts';

/** Accounts of every region, or those of its own; a subnet has one of the two. */
export function storageEndpoint(input: ClusterInput): 'Microsoft.Storage.Global' | 'Microsoft.Storage' {
  return archivesAreFollowed(input) ? 'Microsoft.Storage.Global' : 'Microsoft.Storage';
}

/** The same, as people ask for it. */
export function storageInWords(input: ClusterInput): string {
  return archivesAreFollowed(input) ? 'Storage of every region (Microsoft.Storage.Global)' : 'Storage';
}

/** In the file of whoever reads. */
export const readsFollowed = (label: HclExpression, container: string): HclExpression => hcl`

variable "archive_of" {
  description = "The cluster of this subscription whose archive this one follows; null where it follows none."
  type        = string
  default     = null
}

locals {
  # As object-store.tf names the account of each cluster.
  followed_account = "st\${substr(sha256("\${var.subscription_id}/\${coalesce(var.archive_of, var.cluster_name)}"), 0, 12)}"
}

resource "azurerm_role_assignment" ${`${label.code}_followed`} {
  for_each = toset(var.archive_of == null ? [] : [var.archive_of])

  scope                = "/subscriptions/\${var.subscription_id}/resourceGroups/\${each.value}/providers/Microsoft.Storage/storageAccounts/\${local.followed_account}/blobServices/default/containers/${{ kind: 'expression', code: container }}"
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.${label}.principal_id
  principal_type       = "ServicePrincipal"
}
`;

/** Beside the account that is read. */
export const ARCHIVE_READERS = hcl`
variable "archive_readers" {
  description = "Subnets of the cluster that follows the archive of this one, by their whole ids, as its output archive_reader says them; they need the service endpoint Microsoft.Storage.Global."
  type        = list(string)
  default     = []
}

output "archive_reader" {
  description = "Goes into archive_readers of the cluster whose archive this one follows."
  value       = [for name, id in local.subnets : id if name != "api_server"]
}
`;

/** An account of storage answers networks that it knows. */
export function archiveValues(input: ClusterInput, cluster: Cluster): HclBody {
  if (!archivesAreFollowed(input)) return [];
  const first = firstOf(input.clusters, cluster);
  const followers = pairsOf(input.clusters)
    .filter(pair => pair.first === cluster)
    .map(({ second }) => second.name);
  if (first !== null)
    return [
      gap,
      comment(
        'Its databases follow the archive of the first region, also after they have taken over: nothing is read then.',
      ),
      attribute('archive_of', clusterTitle(input, first)),
    ];
  return followers.length === 0
    ? []
    : [
        gap,
        comment(
          `Subnets of ${namesInWords(followers)}, whose databases follow those of this cluster: \`tofu output archive_reader\` there says them once that infrastructure stands. Until then they wait.`,
        ),
        attribute('archive_readers', []),
      ];
}
