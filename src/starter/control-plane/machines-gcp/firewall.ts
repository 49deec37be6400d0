/** firewall.tf: who may reach which port of a machine. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { joinsMachines } from '../../cni/cilium/joined-clusters.ts';
import { NO_ADMINISTRATION } from '../../google/network.ts';
import { gkeChoices } from '../gke/choices.ts';
import { betweenJoined, betweenMachines, type Openings, portsOf } from '../self-managed/between-machines.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { activatesWindows, nothingLeaves } from './closed-network.ts';
import { BALANCERS_LET_IN, GIVEN_PROJECT } from './given-network.ts';
import { gatewayLetIn } from './joined.ts';

/** What reaches a port: members of the network are known by the account of their machine and by nothing else. */
interface Rule {
  /** When it is there at all; a line. */
  readonly count?: HclExpression;
  readonly name: string;
  readonly says: string;
  readonly priority: number;
  readonly from: HclExpression;
  readonly to: HclExpression;
  readonly allow: readonly { readonly protocol: string; readonly ports: readonly string[] }[];
}

const ACCOUNTS = hcl`[for account in google_service_account.machine : account.email]`;
const CONTROL_PLANE = hcl`[google_service_account.machine["control-plane"].email]`;
const texts = (ports: readonly number[]): readonly string[] => ports.map(String);

/** One line for each protocol. */
function allowed(openings: Openings): Rule['allow'] {
  const byProtocol = new Map<string, readonly string[]>();
  for (const opening of Object.values(openings)) {
    const before = byProtocol.get(opening.protocol) ?? [];
    byProtocol.set(opening.protocol, 'from' in opening ? [...before, portsOf(opening)] : before);
  }
  return [...byProtocol].map(([protocol, ports]) => ({ protocol, ports }));
}

export function firewall(input: ClusterInput, { ports }: Pick<Distribution, 'ports'>): HclExpression {
  const { api, setUp } = ports;
  const tcp = (open: readonly string[]) => [{ protocol: 'tcp', ports: open }];
  const rules: readonly Rule[] = [
    {
      name: 'api',
      says: 'The proxies before the API, and Google asking whether it is well.',
      priority: 1000,
      from: hcl`source_ranges           = concat([local.proxies_cidr], ["35.191.0.0/16", "130.211.0.0/22"])`,
      to: CONTROL_PLANE,
      allow: tcp(texts(api)),
    },
    {
      name: 'members',
      says: 'Machines and their pods at API servers, where no balancer lies between.',
      priority: 1000,
      from: hcl`source_service_accounts = ${ACCOUNTS}`,
      to: CONTROL_PLANE,
      allow: tcp(texts(api)),
    },
    {
      name: 'etcd',
      says: 'The members of etcd among each other.',
      priority: 1000,
      from: hcl`source_service_accounts = ${CONTROL_PLANE}`,
      to: CONTROL_PLANE,
      allow: tcp(['2379-2380']),
    },
    {
      name: 'nodes',
      says: 'Machines among each other: the network of pods, kubelets, and what is measured on them.',
      priority: 1000,
      from: hcl`source_service_accounts = ${ACCOUNTS}`,
      to: ACCOUNTS,
      allow: allowed(betweenMachines(input, { ports })),
    },
    {
      name: 'administration',
      says: 'Administrators, by the proxy of Google that asks who they are. Goes before the rule that closes administration.',
      priority: 90,
      from: hcl`source_ranges           = ["35.235.240.0/20"]`,
      to: ACCOUNTS,
      allow: tcp(texts([...new Set([22, ...api.slice(0, 1), ...setUp])])),
    },
  ];
  const { network, way } = gkeChoices(input);
  const given = network === 'given';
  const project = given ? GIVEN_PROJECT : hcl``;
  const ofJoined = joinsMachines(input) ? [ruleOfJoined(input)] : [];
  const written = [...rules, ...ofJoined].map(each => rule(each, project));
  // What may be administered in a network of others, they say.
  const last = given
    ? `${BALANCERS_LET_IN.code}${gatewayLetIn(input).code}`
    : `\n${NO_ADMINISTRATION.code}\n`;
  const windows = windowsHosts(input) === null ? '' : activatesWindows(project).code;
  const out = way === 'none' ? `${nothingLeaves(project).code}${windows}` : '';
  return { kind: 'expression', code: `${written.join('')}${last}${out}` };
}

/** An account counts within its own network alone. */
function ruleOfJoined(input: ClusterInput): Rule {
  return {
    count: hcl`\n  count = length(var.joined_cidrs) > 0 ? 1 : 0\n`,
    name: 'joined',
    says: 'Machines of joined clusters: the network of pods, and what agents of Cilium ask of one another.',
    priority: 1000,
    from: hcl`source_ranges           = sort(var.joined_cidrs)`,
    to: ACCOUNTS,
    allow: allowed(betweenJoined(input)),
  };
}

function rule(
  { count = hcl``, name, says, priority, from, to, allow }: Rule,
  project: HclExpression,
): string {
  const lines = allow
    .map(({ protocol, ports }) =>
      ports.length === 0
        ? hcl`\n  allow {\n    protocol = ${protocol}\n  }\n`
        : hcl`\n  allow {\n    protocol = ${protocol}\n    ports    = ${ports}\n  }\n`,
    )
    .map(({ code }) => code)
    .join('');
  const ending: HclExpression = { kind: 'expression', code: name };
  return hcl`
resource "google_compute_firewall" ${name} {${count}${project}
  name        = "\${var.cluster_name}-${ending}"
  description = ${says}
  network     = local.network
  direction   = "INGRESS"
  priority    = ${priority}

  ${from}
  target_service_accounts = ${to}
${{ kind: 'expression', code: lines }}
  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}
`.code;
}
