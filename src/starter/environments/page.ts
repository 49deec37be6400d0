/** What docs/cost-to-own.md says of environments before production: what they do without, or could, and by which values. */
import type { ClusterInput } from '../cluster-input.ts';
import { namesInWords } from '../names-in-words.ts';
import { pickOf } from '../picks.ts';
import { databaseZones, hasManagedDatabase } from './database-zones.ts';
import { choosesGateways } from './nat-gateways.ts';
import { isSpared, servesUsers } from './spared.ts';

/** A paragraph with an empty line before it; empty where there is one environment, or nothing to do without. */
export function beforeProduction(input: ClusterInput, folder: string): string {
  const others = input.clusters.filter(({ environment }) => !servesUsers(environment));
  if (others.length === 0) return '';
  const nodes = pickOf(input.stack, 'control-plane') === 'managed' ? NODES : '';
  const choices = choicesOf(input);
  if (choices.length === 0) return nodes === '' ? '' : `\n\n${nodes}`;
  const names = namesInWords(others.map(({ name }) => `\`${name}\``));
  const values = namesInWords(others.map(({ name }) => `\`${folder}/envs/${name}.tfvars\``));
  const spared = others.some(({ environment }) => isSpared(input, environment));
  const set = namesInWords(choices.map(({ less, full }) => `\`${spared ? full : less}\``));
  const lost = choices.map(({ lost }) => lost).join(', and ');
  return spared
    ? `

Cost is among what matters most here, so ${names} ${others.length === 1 ? 'does' : 'do'} without some of what production has: ${choices.map(({ has }) => has).join(', and ')}. While a zone is
lost, ${lost}. ${set} in ${values} ${choices.length === 1 ? 'gives it' : 'give both'} back. ${nodes}`.trimEnd()
    : `

${names} ${others.length === 1 ? 'costs' : 'cost'} what production costs. ${set} in ${values} ${choices.length === 1 ? 'makes' : 'make'} that less; while a zone is lost, ${lost}. ${nodes}`.trimEnd();
}

/** Of node pools that these values size. */
const NODES =
  'Nodes are the same in each environment: `workload_nodes` in its values takes smaller machines, or fewer at most, as far as what pods request fits them ([capacity](capacity.md)).';

interface LessChoice {
  readonly less: string;
  readonly full: string;
  /** What there is then: a clause without a verb. */
  readonly has: string;
  readonly lost: string;
}

function choicesOf(input: ClusterInput): readonly LessChoice[] {
  return [
    ...(choosesGateways(input) ? [GATEWAYS] : []),
    ...(hasManagedDatabase(input) && databaseZones(input) === 2 ? [DATABASE] : []),
  ];
}

const GATEWAYS: LessChoice = {
  less: 'nat_gateways = "one"',
  full: 'nat_gateways = "each-zone"',
  has: 'one NAT gateway for its three zones',
  lost: 'all of them may lose their way out with it',
};
const DATABASE: LessChoice = {
  less: 'database_zones = 1',
  full: 'database_zones = 2',
  has: 'a database in one zone',
  lost: 'the database is waited for or restored into another zone',
};
