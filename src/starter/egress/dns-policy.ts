/** Names that may be called: controllers by a list of this repository, teams by one of their own in each namespace. */
import type { Contribution, NamespaceSpec, Runbook } from '../contribution.ts';
import { isAutoMode } from '../control-plane/eks/mode.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { domainOf } from '../names.ts';
import type { Edge, Peer } from '../network/edge.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { destinationsOf } from './dns-policy/destinations.ts';
import { byAutoMode, byCilium, byGke, type NamePolicy } from './dns-policy/policies.ts';

type Whole = Required<Contribution>;

const FOLDER = 'names-that-may-be-called';

/** Who enforces policies by name here; null where nobody does. */
function formOf(input: StarterInput): NamePolicy | null {
  const { stack } = input;
  const automatic = pickOf(stack, 'control-plane') === 'managed-auto';
  switch (pickOf(stack, 'cni')) {
    case 'cilium':
      return byCilium;
    case 'azure-cni-cilium':
      return automatic ? null : byCilium;
    case 'gke-dataplane-v2':
      return byGke;
    case 'aws-vpc-cni':
      return isAutoMode(input) && answerOf(stack, 'cloud') === 'aws' ? byAutoMode : null;
    default:
      return null;
  }
}

export function dnsPolicy(input: ModuleInput): Contribution | NotGenerated {
  if (formOf(input) !== null) return {};
  return {
    notGenerated:
      'Policies by name of host are not generated here: nodes of AKS Automatic resolve names themselves, which such policies do not see. Traffic leaves through NAT gateways.',
  };
}

/** Edges to any address become edges to the names that are known to be needed; each namespace of a team gets its list. */
export function calledByName(input: ModuleInput, whole: Whole): Whole {
  const form = formOf(input);
  if (pickOf(input.stack, 'egress') !== 'dns-policy' || form === null) return whole;
  const edges = whole.edges.map(edge => named(input, edge));
  const open = edges.filter(isOpen).map(({ owner, name }) => `${owner}/${name}`);
  const teams = whole.namespaces.filter(({ quota }) => quota !== null);
  return {
    ...whole,
    edges,
    config: [...whole.config, ...(teams.length === 0 ? [] : [lists(input, teams, form)])],
    runbooks: [...whole.runbooks, page(form, open)],
    checks: [
      ...whole.checks,
      ...(teams.length === 0
        ? []
        : [
            {
              decision: 'egress',
              says: 'Namespaces of teams say which names they call.',
              command: `test -f platform-config/base/${FOLDER}/${teams[0]?.name}.yaml`,
              path: `platform-config/base/${FOLDER}`,
            },
          ]),
    ],
  };
}

function named(input: ModuleInput, edge: Edge): Edge {
  if (!isOpen(edge)) return edge;
  const names = destinationsOf(input, edge.owner);
  if (names === null) return edge;
  const peers: readonly Peer[] = edge.peers.filter(({ kind }) => kind !== 'anywhere');
  return { ...edge, peers: [...peers, { kind: 'names', names }] };
}

function isOpen({ direction, peers }: Edge): boolean {
  return direction === 'egress' && peers.some(({ kind }) => kind === 'anywhere');
}

function lists(input: ModuleInput, teams: readonly NamespaceSpec[], form: NamePolicy) {
  return {
    id: FOLDER,
    decision: 'egress',
    says: 'Names outside the cluster that the pods of a namespace may call over HTTPS, one file for each namespace. Add a name here.',
    objects: Object.fromEntries(
      teams.map(({ name }) => [
        name,
        [
          form({
            name: 'names-that-may-be-called',
            because: 'The only names outside that this namespace calls; its team reviews the list.',
            pods: { kind: 'pods', namespace: name },
            names: [`*.${domainOf(input)}`],
            ports: [{ port: 443 }],
          }),
        ],
      ]),
    ),
  };
}

function page(form: NamePolicy, open: readonly string[]): Runbook {
  const field = form === byCilium ? '`toFQDNs`' : form === byGke ? '`matches`' : '`domainNames`';
  return {
    id: 'names-that-may-be-called',
    title: 'Names that may be called',
    text: `Nothing leaves a namespace but to names that a policy lists. The lists of controllers lie beside them (\`*-by-name\` in
\`platform/*/network-policies.yaml\`); those of teams in \`platform-config/base/${FOLDER}\`, a file for each namespace.

## Adding a name

1. Add it under ${field} in the file of the namespace, as exact as it can be: \`api.partner.example\`, not \`*.example\`. \`*\` stands for
   one label and matches no dot. A namespace that is new has no file yet: copy that of another under its own name, with its namespace in
   it, and list it in \`kustomization.yaml\` beside it.
2. A pull request, reviewed by the team and by the platform: each name is a way out for whoever takes a pod over.
3. Another port than 443 is one more entry under \`ports\`.

## A call times out

1. Is the name on the list, and is it the one that is called? An alias is judged by the name that was asked for.
2. The pod asks the resolver of the cluster? A program with a resolver of its own, or with an address in its settings, is never let out.
3. A connection that outlives the answer of the resolver may be cut when the addresses of the name change: reconnect.

A name is allowed, not what is said to it: whoever may change its records, or shares its addresses, is let in as well. Where traffic has to be
looked into, this is not enough.
${open.length === 0 ? '' : `\nStill open to any address, because what they call cannot be listed: ${open.map(each => `\`${each}\``).join(', ')}.\n`}`,
  };
}
