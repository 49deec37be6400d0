/** What makes a server of PostgreSQL the copy of another one in the first region, where a second region stands ready. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { recoveryForm } from '../../recovery/places.ts';
import { clusterTitle, folderOf } from './title.ts';

interface DatabaseCopy {
  readonly variables: HclExpression;
  readonly mode: HclExpression;
  /** Further fields that are not taken back. */
  readonly changed: HclExpression;
  readonly standby: HclExpression;
  readonly distant: HclExpression;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

export function databaseCopy(input: ClusterInput): DatabaseCopy {
  const standby = hcl`var.database_zones == 2`;
  const distant = hcl`var.database.backups_in_two_regions`;
  if (recoveryForm(input) === null)
    return { variables: NOTHING, mode: NOTHING, changed: NOTHING, standby, distant };
  return {
    variables: VARIABLES,
    mode: MODE,
    changed: hcl`, create_mode, source_server_id`,
    // A copy has no second copy in its own region as long as it is one.
    standby: hcl`${standby} && !local.database_is_copy`,
    distant: hcl`${distant} && !local.database_is_copy`,
  };
}

/** The copy follows through the networks of both. */
export const COPY_NEEDS =
  'the networks of both clusters are peered in both directions, and the zone of each database is linked to both';

/** Steps of the page by which a second region takes over. */
export function copyTakesOver(input: ClusterInput, second: Cluster): readonly string[] {
  const group = clusterTitle(input, second);
  return [
    `The copy of the database becomes one of its own, which cannot be undone: \`az postgres flexible-server list --resource-group ${group} --query '[0].name' --output tsv\` names it, then
   \`az postgres flexible-server replica promote --resource-group ${group} --name SERVER --promote-mode standalone --promote-option forced\`. *planned* in the place of *forced* waits until everything has
   come along; it needs the first region. Afterwards take \`database_replica_of\` out of \`${folderOf(input)}/envs/${second.name}.tfvars\` and apply: it gets a copy in a second zone where \`database_zones\` says so.`,
  ];
}

const VARIABLES = hcl`
variable "database_replica_of" {
  description = "The cluster of this subscription whose database this one follows; null for one of its own. Both networks are peered, and the zone of each database is linked to both."
  type        = string
  default     = null
}

locals {
  database_is_copy = var.database_replica_of != null
}
`;

const MODE = hcl`
  create_mode = local.database_is_copy ? "Replica" : "Default"

  source_server_id = local.database_is_copy ? join("/", [
    "/subscriptions/\${var.subscription_id}/resourceGroups/\${var.database_replica_of}/providers/Microsoft.DBforPostgreSQL/flexibleServers",
    "psql-\${substr(sha256("\${var.subscription_id}/\${var.database_replica_of}"), 0, 12)}",
  ]) : null
`;
