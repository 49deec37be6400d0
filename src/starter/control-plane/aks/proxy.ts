/** proxy.tf: what AKS tells nodes and pods of the proxy of the house, what is reached without it, and what answers it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { NEVER_BY_PROXY } from '../../egress/proxy/settings.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { domainOf } from '../../names.ts';
import { terraformText } from '../../terraform.ts';
import { apiServerRange, isGivenNetwork, isOverlay, nodeRange, overlayRange } from './addresses.ts';
import { FOLDER } from './title.ts';

export const isProxied = (input: ClusterInput): boolean => wayOut(input) === 'proxy';

/** Azure at its own address, the API of the cluster and the database, each within the network. */
const NEARBY = ['168.63.129.16', '.azmk8s.io', '.postgres.database.azure.com'] as const;

export function pastProxyOnAks(input: ClusterInput, cluster: Cluster): string {
  return [
    ...NEVER_BY_PROXY,
    ...NEARBY,
    ...(isGivenNetwork(input) ? [nodeRange(cluster), apiServerRange(cluster)] : [cluster.vpcCidr]),
    ...(isOverlay(input) ? [overlayRange(input)] : []),
    cluster.serviceCidr,
    `.${domainOf(input)}`,
  ].join(',');
}

export function proxyFile(input: ClusterInput): FileTree {
  if (!isProxied(input)) return new Map();
  return new Map([
    [
      `${FOLDER}/proxy.tf`,
      terraformText(
        input,
        'egress',
        'The proxy of the house, and what is reached without it. AKS tells nodes and pods; a change makes all nodes anew.',
        settings(input),
      ),
    ],
  ]);
}

function settings(input: ClusterInput): HclExpression {
  const ranges = isGivenNetwork(input) ? ['var.node_cidr', 'var.api_server_cidr'] : ['var.network_cidr'];
  const past = [
    ...[...NEVER_BY_PROXY, ...NEARBY].map(name => `"${name}"`),
    ...ranges,
    ...(isOverlay(input) ? ['var.pod_cidr'] : []),
    'var.service_cidr',
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

  validation {
    condition     = startswith(var.proxy.url, "http://") && can(cidrhost(var.proxy.range, 0)) && !endswith(var.proxy.range, "/0")
    error_message = "The address of the proxy begins with http://, and its range is a CIDR that is not all addresses."
  }
}

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
