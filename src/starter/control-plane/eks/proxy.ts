/** proxy.tf: what nodes are told of the proxy of the house, and what is reached without it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_VARIABLE } from '../../egress/proxy/infrastructure.ts';
import { NEVER_BY_PROXY, PROXY_URL } from '../../egress/proxy/settings.ts';
import { domainOf } from '../../names.ts';
import { endpointServices } from './endpoints.ts';

/** Names under which a service answers within the network, before the region. */
function namesOf(service: string): readonly string[] {
  if (service === 'ecr.dkr') return ['.dkr.ecr'];
  if (service === 'ecr.api') return ['api.ecr'];
  return service === 's3' ? ['s3', '.s3'] : [service];
}

export const namesWithin = (input: ClusterInput, region: string): readonly string[] =>
  endpointServices(input)
    .flatMap(namesOf)
    .map(name => `${name}.${region}.amazonaws.com`);

export function pastProxyOnEks(input: ClusterInput, { vpcCidr, serviceCidr, region }: Cluster): string {
  return [
    vpcCidr,
    serviceCidr,
    `.${domainOf(input)}`,
    ...NEVER_BY_PROXY,
    '.eks.amazonaws.com',
    ...namesWithin(input, region),
  ].join(',');
}

export function proxyFile(input: ClusterInput): HclExpression {
  const names: HclExpression = {
    kind: 'expression',
    code: [...NEVER_BY_PROXY, '.eks.amazonaws.com', ...namesWithin(input, '${var.region}')]
      .map(name => `    "${name}",`)
      .join('\n'),
  };
  return hcl`${PROXY_VARIABLE}
locals {
  # What answers within the network is asked there; NO_PROXY of every pod is the same list.
  no_proxy = [
    var.vpc_cidr,
    var.service_cidr,
    ".\${var.dns_zone}",
${names}
  ]

  # In the form of Bottlerocket, on one line: manifests hold it as well.
  node_settings = "settings.network = {https-proxy = '\${var.proxy.url}', no-proxy = [\${join(", ", [for host in local.no_proxy : "'\${host}'"])}]}"
}
`;
}

/** User data of a launch template: a file of this folder, told of the proxy. */
export const userDataByProxy = (
  file: string,
): HclExpression => hcl`base64encode(replace(replace(file("\${path.module}/${{ kind: 'expression', code: file }}"),
"__PROXY_URL__", var.proxy.url), "__NO_PROXY__", join(",", local.no_proxy)))`;

/** The same as `local.node_settings`, for machines that Karpenter makes. */
export function nodeSettings(input: ClusterInput, cluster: Cluster): string {
  const past = pastProxyOnEks(input, cluster).split(',');
  return `settings.network = {https-proxy = '${PROXY_URL}', no-proxy = [${past.map(each => `'${each}'`).join(', ')}]}`;
}
