/** Tests of the infrastructure: what an environment has, and does without, as its values say. Each begins with an empty line. */
import { type HclExpression, hcl } from '../../files/hcl.ts';
import type { StarterInput } from '../part.ts';
import { answerOf } from '../picks.ts';
import { hasManagedDatabase } from './database-zones.ts';
import { choosesGateways } from './nat-gateways.ts';

export function environmentRuns(input: Pick<StarterInput, 'stack'>): HclExpression {
  const seen = SEEN[String(answerOf(input.stack, 'cloud'))];
  if (seen === undefined) return hcl``;
  return hcl`${choosesGateways(input) && seen.gateways !== undefined ? gatewayRuns(seen.gateways) : hcl``}${hasManagedDatabase(input) ? databaseRuns(seen) : hcl``}`;
}

/** Conditions by which a plan is judged. */
interface Seen {
  /** One gateway for three zones, where gateways have one. */
  readonly gateways?: HclExpression;
  readonly twoZones: HclExpression;
  readonly oneZone: HclExpression;
  /** That nobody removes the database by accident, and that it can be restored. */
  readonly kept: HclExpression;
}

const AZURE_DATABASE = hcl`azurerm_postgresql_flexible_server.main`;
const GOOGLE_DATABASE = hcl`google_sql_database_instance.main.settings[0]`;
const SEEN: Readonly<Record<string, Seen>> = {
  aws: {
    gateways: hcl`length(aws_nat_gateway.zone) == 1 && length(aws_eip.nat) == 1 && length(aws_route.nat) == 3`,
    twoZones: hcl`aws_db_instance.main.multi_az`,
    oneZone: hcl`!aws_db_instance.main.multi_az`,
    kept: hcl`aws_db_instance.main.deletion_protection && aws_db_instance.main.backup_retention_period == 14`,
  },
  azure: {
    gateways: hcl`length(azurerm_nat_gateway.main) == 1 && length(azurerm_public_ip.outbound) == 1 && length(azurerm_subnet_nat_gateway_association.nodes) == 3`,
    twoZones: hcl`${AZURE_DATABASE}.high_availability[0].mode == "ZoneRedundant"`,
    oneZone: hcl`length(${AZURE_DATABASE}.high_availability) == 0`,
    kept: hcl`azurerm_management_lock.database.lock_level == "CanNotDelete" && ${AZURE_DATABASE}.backup_retention_days == 14`,
  },
  gcp: {
    twoZones: hcl`${GOOGLE_DATABASE}.availability_type == "REGIONAL"`,
    oneZone: hcl`${GOOGLE_DATABASE}.availability_type == "ZONAL"`,
    kept: hcl`${GOOGLE_DATABASE}.deletion_protection_enabled && ${GOOGLE_DATABASE}.backup_configuration[0].point_in_time_recovery_enabled`,
  },
};

const gatewayRuns = (one: HclExpression) => hcl`
run "leaves_by_one_gateway_where_that_is_enough" {
  command = plan

  variables {
    nat_gateways = "one"
  }

  assert {
    condition     = ${one}
    error_message = "One NAT gateway, and a way to it from each zone."
  }
}
`;

const databaseRuns = ({ twoZones, oneZone, kept }: Seen) => hcl`
run "keeps_a_copy_of_the_database_in_a_second_zone" {
  command = plan

  variables {
    database_zones = 2
  }

  assert {
    condition     = ${twoZones}
    error_message = "A second zone takes over."
  }
}

run "keeps_the_database_in_one_zone_where_that_is_enough" {
  command = plan

  variables {
    database_zones = 1
  }

  assert {
    condition     = ${oneZone} && ${kept}
    error_message = "One zone, with the same backups and the same protection."
  }
}
`;
