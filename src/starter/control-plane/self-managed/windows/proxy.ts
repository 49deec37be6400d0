/** What the service of RKE2 on Windows is told of the proxy of the house: its containerd and its kubelet have the environment that it has. */
import type { ClusterInput } from '../../../cluster-input.ts';
import { proxyOfService } from '../../../egress/proxy/windows-service.ts';
import { wayOut } from '../../../egress/way-out/way.ts';

/** Settings of the inventory that the lines below name. */
export const windowsProxySettings = (input: ClusterInput): readonly string[] =>
  wayOut(input) === 'proxy' ? ['NO_PROXY', 'PROXY_URL'] : [];

const SET = `# The way out: what is fetched here comes through it, and so does what the service fetches.
$env:HTTPS_PROXY = '__PROXY_URL__'
$env:NO_PROXY = '__NO_PROXY__'
`;

/** Before anything is fetched. */
export const fetchByProxy = (input: ClusterInput): string => (wayOut(input) === 'proxy' ? SET : '');

/** Once the service is there, and before it starts. */
export const serviceByProxy = (input: ClusterInput): string =>
  wayOut(input) === 'proxy' ? proxyOfService('rke2') : '';
