/** Who reaches the API of a cluster: what its infrastructure says of it, and the way there where no other leads into its network. */
import type { HclExpression } from '../../files/hcl.ts';
import type { FileTree } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { wayOut } from '../egress/way-out/way.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { terraformText } from '../terraform.ts';

export const REACH_API = 'scripts/reach-api.sh';

export interface ApiAccess {
  /** The folder whose values name the networks that are let in. */
  readonly values: string;
  /** Null where people come into the network some other way. */
  readonly tunnel: ApiTunnel | null;
}

/** Carries people to an address within a network, once the cloud has asked who they are. */
export interface ApiTunnel {
  /** What of the infrastructure it runs through; empty where it needs nothing of its own. */
  readonly files: FileTree;
  /** scripts/reach-api.sh, after its head and its arguments: it begins with `$cluster` and `$port` set. */
  readonly script: string;
  /** What it runs through: a sentence. */
  readonly through: string;
  /** What people need for it: list items, of programs and of rights. */
  readonly takes: readonly string[];
  /** How what it runs through is kept new: a sentence. */
  readonly patched: string;
}

/** Whether nothing outside the network reaches the API. */
export function answersWithin(input: StarterInput): boolean {
  return pickOf(input.stack, 'api-exposure') === 'private' || wayOut(input) === 'none';
}

interface Way extends Omit<ApiTunnel, 'files'> {
  /** The HCL of what the tunnel runs through. */
  readonly made: HclExpression;
  /** What the script calls. */
  readonly tools: readonly string[];
  /** Variables that it has beside `$name`, by what the values of the cluster call them. */
  readonly reads?: Readonly<Record<string, string>>;
}

export function apiAccess(
  input: ClusterInput,
  folder: string,
  { made, tools, reads = {}, script, ...told }: Way,
): ApiAccess {
  const values = `${folder}/envs`;
  if (!needsTunnel(input)) return { values, tunnel: null };
  const files = new Map([[`${folder}/api-tunnel.tf`, terraformText(input, 'api-exposure', SAYS, made)]]);
  return { values, tunnel: { ...told, files, script: `${beginning(values, tools, reads)}\n${script}` } };
}

function beginning(
  values: string,
  tools: readonly string[],
  reads: Readonly<Record<string, string>>,
): string {
  const read = Object.entries(reads).map(([name, variable]) => `${name}="$(value ${variable})"\n`);
  return String.raw`values="${values}/$cluster.tfvars"
[ -f "$values" ] || { echo "$values is missing: copy $values.example" >&2; exit 2; }
value() { sed -nE "s/^$1 += +\"?([^\"]*)\"?$/\1/p" "$values" | head -1; }
name="$(value cluster_name)"
${read.join('')}for tool in ${tools.join(' ')}; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
`;
}

const SAYS = 'The way to an API that answers within this network alone: docs/runbooks/reach-api.md.';

/** What the values of a cluster say beside its empty list. */
export function bootstrapFrom(input: StarterInput): string {
  return `The API answers within the network only: ${needsTunnel(input) ? `bootstrap goes through ${REACH_API}.` : 'run bootstrap from there.'} Plans need no way to it.`;
}

/** Where one has to be before the first call of the API: a paragraph of the runbook; empty where it answers outside. */
export function fromHereOn(input: StarterInput, cluster: string): string {
  if (!answersWithin(input)) return '';
  return needsTunnel(input)
    ? `The API answers within that network alone: from here on keep \`${REACH_API} ${cluster}\` open in a terminal of its own ([reaching the API](reach-api.md)).\n`
    : 'The API answers within that network alone: what follows is done from a machine that is in it or connected to it.\n';
}

/** What the network plugin needs in the middle of the apply, and how it gets there: a paragraph; empty where it needs nothing. */
export function whileApplying(input: StarterInput, cluster: string, needs = ''): string {
  if (needs === '') return '';
  const way = needsTunnel(input)
    ? `By then the way in stands: keep \`${REACH_API} ${cluster}\` open in another terminal, which says
what it still lacks, and apply again. A port other than 8443 is told to the apply as \`API_PORT\`.`
    : answersWithin(input)
      ? 'Connect to that network and apply again.'
      : 'Put your address into `api_allowed_cidrs` and apply again.';
  return `${needs}\n${way}\n`;
}

/** Whether the network of the cluster leads to no other one, and a tunnel can carry people in. */
export function needsTunnel(input: StarterInput): boolean {
  return leadsNowhere(input) && !refusesTunnels(input);
}

/** Whether people could come in neither through another network nor through a tunnel. */
export function isOutOfReach(input: StarterInput): boolean {
  return leadsNowhere(input) && refusesTunnels(input);
}

function leadsNowhere(input: StarterInput): boolean {
  return (
    answersWithin(input) && pickOf(input.stack, 'network') !== 'existing-network' && wayOut(input) === 'nat'
  );
}

/** Azure Bastion carries nobody to AKS Automatic, whose group of nodes is locked. */
function refusesTunnels({ stack }: StarterInput): boolean {
  return answerOf(stack, 'cloud') === 'azure' && pickOf(stack, 'control-plane') === 'managed-auto';
}
