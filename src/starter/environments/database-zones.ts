/** In how many zones a managed database stands: a copy in a second one takes over by itself, and costs as much again. */
import type { Stack } from '../../engine/outcome.ts';
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../files/hcl.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { namesInWords } from '../names-in-words.ts';
import type { Check, StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { isSpared, servesUsers } from './spared.ts';
import { withoutValue } from './without-value.ts';

type Answered = Pick<StarterInput, 'stack'>;
type Clusters = Pick<ClusterInput, 'stack' | 'clusters'>;

export function hasManagedDatabase({ stack }: Answered): boolean {
  return pickOf(stack, 'data-services') === 'managed-database' && zonesFor(stack) !== undefined;
}

/** Where users are served. */
export function databaseZones({ stack }: Answered): 1 | 2 {
  return zonesFor(stack)?.(stack) ?? 2;
}

const zonesFor = (stack: Stack) => ZONES[String(answerOf(stack, 'cloud'))];

const ZONES: Readonly<Record<string, (stack: Stack) => 1 | 2>> = {
  aws: () => 2,
  // Backups alone give the database back within hours, and lose some minutes.
  azure: stack => {
    const [back, lost] = [answerOf(stack, 'rto'), answerOf(stack, 'rpo')];
    return back === 'minutes' || back === 'zero' || lost === 'zero' ? 2 : 1;
  },
  // A zone that is gone for hours is a restore for who has one zone: where days will do, that is enough.
  gcp: stack => (['rto', 'rpo'].every(question => answerOf(stack, question) === 'days') ? 1 : 2),
};

export const databaseZonesVariable = (input: Answered): HclExpression => hcl`variable "database_zones" {
  description = "2: a copy in a second zone takes over by itself, and costs as much again. 1: a zone that is lost is waited for, or the database is restored into another one. May be changed at any time."
  type        = number
  default     = ${databaseZones(input)}

  validation {
    condition     = contains([1, 2], var.database_zones)
    error_message = "A database stands in one zone or in two."
  }
}
`;

/** Nothing where no database is managed. */
export function databaseZonesValue(input: Answered, environment: string): HclBody {
  if (!hasManagedDatabase(input)) return [];
  const wanted = databaseZones(input);
  const spared = wanted === 2 && isSpared(input, environment);
  return [
    gap,
    comment(
      spared
        ? 'Cost counts: one zone. 2 adds a copy in a second zone, which takes over by itself, as production has it.'
        : wanted === 2
          ? 'A copy in a second zone takes over by itself. 1 costs half, and waits for its zone or for a restore.'
          : 'One zone, which is waited for or restored from. 2 adds a copy that takes over by itself, and costs as much again.',
    ),
    attribute('database_zones', spared ? 1 : wanted),
  ];
}

/** Clusters whose database has less than that of production. */
function spared(input: Clusters): readonly string[] {
  if (databaseZones(input) === 1) return [];
  return input.clusters.filter(({ environment }) => isSpared(input, environment)).map(({ name }) => name);
}

/** A check of a database with its zones: nothing is said of one, since a copy more breaks no record. */
export function withZones(input: Clusters, folder: string, { says, command, ...rest }: Check): Check {
  if (databaseZones(input) === 1) return { ...rest, says, command };
  const serving = input.clusters.filter(({ environment }) => servesUsers(environment));
  const full = withoutValue(serving, folder, 'database_zones += 1').command;
  const before = spared(input).length === 0 ? '' : ', before it one, since cost counts';
  return {
    ...rest,
    says: `${says.replace(/\.$/, '')}; in production it has two zones${before}.`,
    command: `${command} && grep -q 'var.database_zones == 2' ${folder}/database.tf && ${full}`,
  };
}

/** For the page on the database, which says before it what production has; empty where all have the same. */
export function sparedDatabases(input: Clusters, folder: string, given: string): string {
  const names = spared(input);
  if (names.length === 0) return '';
  const values = names.map(name => `\`${folder}/envs/${name}.tfvars\``);
  return ` In ${namesInWords(names.map(name => `\`${name}\``))} it stands in one zone, since cost counts: while that is lost, it is waited for or restored into another one.
\`database_zones = 2\` in ${namesInWords(values)} adds the copy: ${given}`;
}
