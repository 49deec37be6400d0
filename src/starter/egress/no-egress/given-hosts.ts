/** Hosts that a closed network reaches, and what each is there for. */
import type { Contribution } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import { TOKENS, tokensIn } from '../../placeholder-tokens.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';
import type { RegistryWithin } from '../../services.ts';
import { isClosedInCloud } from './closed.ts';

type Whole = Required<Contribution>;

interface GivenHost {
  readonly host: string;
  readonly for: string;
}

/** What a host of the house is there for, by the token that stands for its name. */
const OF_THE_HOUSE: readonly GivenHost[] = [
  [TOKENS.objectStorage, 'logs, traces and backups'],
  [TOKENS.vault, 'secrets'],
  [TOKENS.releaseRegistry, 'releases of OpenShift'],
  [TOKENS.traceStore, 'the store of traces'],
  [TOKENS.signInIssuer, 'signing in'],
  [TOKENS.deadManSwitch, 'the switch that notices silence: one inside, which itself is watched'],
  [TOKENS.alertReceiver, 'alerts'],
  [TOKENS.mailServer, 'mails of alerts'],
  [TOKENS.telemetryVendor, 'metrics, logs and traces'],
  [TOKENS.nameServer, 'names'],
  [TOKENS.acmeServer, 'certificates'],
].map(([host = '', why = '']) => ({ host, for: why }));

/** Tokens that stand in what the cluster and its hosts read. */
export function tokensOf({ files, components, config, apps }: Whole): ReadonlySet<string> {
  return new Set(tokensIn(JSON.stringify([...files.values(), components, config, apps])));
}

/** Names of the house that files of this repository may hold: those that some part of this stack does hold. */
function givenHosts(input: ModuleInput, named: ReadonlySet<string>): readonly GivenHost[] {
  const { project } = input;
  const within = input.foundation.services?.registry?.within;
  const receiver = project.alertReceiver?.startsWith('https://') ? new URL(project.alertReceiver).host : null;
  return [
    ...(isClosedInCloud(input) && within !== undefined ? ofTheCloud(input, within) : ofTheRegistry(input)),
    ...OF_THE_HOUSE.filter(({ host }) => named.has(host)).map(({ host, for: why }) => ({
      host: `${host}.example.com`,
      for: why,
    })),
    ...(receiver === null ? [] : [{ host: receiver, for: 'alerts' }]),
  ];
}

/** The same as a table of a page. */
export function hostsTable(input: ModuleInput, named: ReadonlySet<string>): string {
  const rows = givenHosts(input, named).map(({ host, for: why }) => `| \`${host}\` | ${why} |`);
  return `| Host | For |
| --- | --- |
${rows.join('\n')}`;
}

function ofTheRegistry(input: ModuleInput): readonly GivenHost[] {
  return [
    {
      host: HARBOR,
      for: `images, charts and releases: ${UPSTREAMS.length} projects that stand for publishers, and our own`,
    },
    { host: new URL(repositoryUrl(input)).host, for: 'this repository, and copies of others beside it' },
  ];
}

function ofTheCloud(input: ModuleInput, { addressOf, reached }: RegistryWithin): readonly GivenHost[] {
  const { clusters } = input;
  const registries = [...new Set(clusters.map(addressOf))].map(address => ({
    host: address.replace(/\/.*$/, ''),
    for: 'images, charts and this repository as it was handed over',
  }));
  const links = {
    host: new URL(repositoryUrl(input)).host,
    for: 'links that people open from alerts; nothing in this network calls it',
  };
  return [...new Map([...registries, ...reached, links].map(each => [each.host, each])).values()];
}
