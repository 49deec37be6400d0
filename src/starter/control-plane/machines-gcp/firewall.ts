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
import { ACCOUNTS, CONTROL_PLANE, firewallRule, type Rule } from './firewall-rule.ts';
import { BALANCERS_LET_IN, GIVEN_PROJECT } from './given-network.ts';
import { gatewayLetIn } from './joined.ts';

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
  const written = [...rules, ...ofJoined].map(each => firewallRule(each, project).code);
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
    when: hcl`length(var.joined_cidrs) > 0`,
    name: 'joined',
    says: 'Machines of joined clusters: the network of pods, and what agents of Cilium ask of one another.',
    priority: 1000,
    from: hcl`source_ranges           = sort(var.joined_cidrs)`,
    to: ACCOUNTS,
    allow: allowed(betweenJoined(input)),
  };
}
