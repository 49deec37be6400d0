/** The proxy of the house: what it is called in values, and what is reached without it. */
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { domainOf } from '../../names.ts';
import type { Placeholder } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { HARBOR } from '../../registry/harbor.ts';

export const PROXY_PORT = 3128;
export const PROXY_URL = `http://${TOKENS.proxy}.example.com:${PROXY_PORT}`;
/** Until somebody says which: an address of documentation. */
export const PROXY_RANGE = '192.0.2.8/32';

/** Where the house has addresses; what it runs itself is called past the proxy. */
export const HOUSE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] as const;

/** Of every cluster; metadata and agents of identities answer on the node. */
export const NEVER_BY_PROXY = [
  'localhost',
  '127.0.0.1',
  '169.254.169.254',
  '169.254.170.23',
  '.svc',
  '.cluster.local',
] as const;

/** On hosts of one's own. */
export function pastProxy(input: ClusterInput, { vpcCidr, serviceCidr }: Cluster, pods: string): string {
  return [
    ...NEVER_BY_PROXY,
    ...new Set([vpcCidr, pods, serviceCidr]),
    `.${domainOf(input)}`,
    ...(pickOf(input.stack, 'registry') === 'harbor' ? [HARBOR] : []),
  ].join(',');
}

/** For what asks for nothing but sources. */
export function proxyOf(input: ClusterInput, cluster: Cluster): Readonly<Record<string, string>> {
  return {
    HTTP_PROXY: PROXY_URL,
    HTTPS_PROXY: PROXY_URL,
    NO_PROXY: pastProxy(input, cluster, cluster.serviceCidr),
  };
}

export const PROXY_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.proxy,
    meaning: 'Host of the proxy of the house, at port 3128 or with its own; replace the whole name.',
    example: 'proxy.acme.example',
  },
  {
    token: TOKENS.proxyRange,
    meaning: `Addresses of the proxy as a range, in the place of ${PROXY_RANGE}; then take the comment out.`,
    example: '10.0.8.0/28',
  },
];
