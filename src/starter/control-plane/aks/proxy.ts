/** proxy.tf: what a cluster of Azure tells nodes and pods of the proxy of the house, what is reached without it, and what answers it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_IS_SOUND } from '../../egress/proxy/infrastructure.ts';
import { NEVER_BY_PROXY } from '../../egress/proxy/settings.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { domainOf } from '../../names.ts';
import { terraformText } from '../../terraform.ts';
import { isOwnControlPlane } from '../eks/trust.ts';
import { podRange } from '../self-managed/inventory.ts';
import { apiServerRange, isGivenNetwork, isOverlay, nodeRange, overlayRange } from './addresses.ts';
import { folderOf } from './title.ts';

export const isProxied = (input: ClusterInput): boolean => wayOut(input) === 'proxy';

/** Azure at its own address, the API where AKS has it, and the database, each within the network. */
const nearby = (input: ClusterInput): readonly string[] => [
  '168.63.129.16',
  ...(isOwnControlPlane(input) ? [] : ['.azmk8s.io']),
  '.postgres.database.azure.com',
];

/** Each range as it is, and as the infrastructure knows it. */
function rangesOf(
  input: ClusterInput,
  cluster: Cluster,
): readonly (readonly [range: string, code: string])[] {
  const own = isOwnControlPlane(input);
  const network: readonly (readonly [string, string])[] = isGivenNetwork(input)
    ? [
        [nodeRange(cluster), 'var.node_cidr'],
        ...(own ? [] : [[apiServerRange(cluster), 'var.api_server_cidr'] as const]),
      ]
    : [[cluster.vpcCidr, 'var.network_cidr']];
  const pods = own ? podRange(cluster) : overlayRange(input);
  return [
    ...network,
    ...(isOverlay(input) ? [[pods, 'var.pod_cidr'] as const] : []),
    [cluster.serviceCidr, 'var.service_cidr'],
  ];
}

export function pastProxyOnAzure(input: ClusterInput, cluster: Cluster): string {
  return [
    ...NEVER_BY_PROXY,
    ...nearby(input),
    ...rangesOf(input, cluster).map(([range]) => range),
    `.${domainOf(input)}`,
  ].join(',');
}

export function proxyFile(input: ClusterInput): FileTree {
  if (!isProxied(input)) return new Map();
  const says = isOwnControlPlane(input)
    ? 'The proxy of the house, and what is reached without it. The installer tells machines and operators.'
    : 'The proxy of the house, and what is reached without it. AKS tells nodes and pods; a change makes all nodes anew.';
  return new Map([[`${folderOf(input)}/proxy.tf`, terraformText(input, 'egress', says, settings(input))]]);
}

function settings(input: ClusterInput): HclExpression {
  const past = [
    ...[...NEVER_BY_PROXY, ...nearby(input)].map(name => `"${name}"`),
    ...rangesOf(input, input.clusters[0]).map(([, code]) => code),
  ];
  const lines: HclExpression = { kind: 'expression', code: past.map(each => `    ${each},`).join('\n') };
  return hcl`
variable "proxy" {
  description = "The proxy of the house and the range that it has its addresses in; what it calls from: public addresses, without a mask where it is one, and by their whole ids its subnets where it stands in this region of Azure."
  type = object({
    url        = string
    range      = string
    addresses  = optional(list(string), [])
    subnet_ids = optional(list(string), [])
  })
${PROXY_IS_SOUND}}

locals {
  # What answers within the network is asked there; NO_PROXY of every pod is the same list.
  no_proxy = [
${lines}
    ".\${var.dns_zone}",
  ]
}
`;
}

/** A block of the cluster. */
export const HTTP_PROXY = hcl`

# Names with a dot in front are no hosts for AKS: without it they stand for what is below them as well.
http_proxy_config {
  http_proxy  = var.proxy.url
  https_proxy = var.proxy.url
  no_proxy    = [for host in local.no_proxy : trimprefix(host, ".")]
}`;
