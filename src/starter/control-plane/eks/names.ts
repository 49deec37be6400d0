/** Values that infrastructure and manifests of a cluster share. */

import { hostOf, partOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_RANGE, PROXY_URL } from '../../egress/proxy/settings.ts';
import { domainOf } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { ManifestVariables } from '../control-plane.ts';
import { type KnownVariable, knownVariables } from '../manifest-variables.ts';
import { outputs } from './outputs.ts';
import { nodeSettings, pastProxyOnEks } from './proxy.ts';
import { clusterTitle } from './title.ts';

export function addressOfRegistry({ region }: Cluster): string {
  return `${TOKENS.account}.dkr.ecr.${region}.amazonaws.com`;
}

/** For controllers in a network that they do not find by its name. */
export const VPC_ID: KnownVariable = { name: 'VPC_ID', value: () => TOKENS.vpc, output: 'local.vpc_id' };
/** Where metrics of the cluster are kept. */
export const METRICS_WORKSPACE: KnownVariable = {
  name: 'METRICS_WORKSPACE',
  value: () => TOKENS.metricsWorkspace,
  output: 'aws_prometheus_workspace.main.id',
};
/** The registry of the account, in the region of the cluster. */
export const REGISTRY: KnownVariable = {
  name: 'REGISTRY',
  value: (_input, cluster) => addressOfRegistry(cluster),
  output: '"${var.account_id}.dkr.ecr.${var.region}.amazonaws.com"',
};

const VARIABLES: readonly KnownVariable[] = [
  { name: 'ACCOUNT_ID', value: () => TOKENS.account, output: 'var.account_id' },
  { name: 'CLUSTER_NAME', value: clusterTitle, output: 'aws_eks_cluster.main.name' },
  { name: 'DNS_ZONE', value: domainOf, output: 'var.dns_zone' },
  {
    name: 'KUBERNETES_DNS_ADDRESS',
    value: (_input, { serviceCidr }) => hostOf(serviceCidr, 10),
    output: 'cidrhost(var.service_cidr, 10)',
  },
  { name: 'ENVIRONMENT', value: (_input, { environment }) => environment, output: 'var.environment' },
  {
    name: 'KUBERNETES_SERVICE_ADDRESS',
    value: (_input, { serviceCidr }) => hostOf(serviceCidr, 1),
    output: 'cidrhost(var.service_cidr, 1)',
  },
  {
    name: 'LOAD_BALANCER_CIDR',
    value: (_input, { vpcCidr }) => publicRange(vpcCidr),
    output: 'local.load_balancer_cidr',
  },
  METRICS_WORKSPACE,
  { name: 'NO_PROXY', value: pastProxyOnEks, output: 'join(",", local.no_proxy)' },
  { name: 'NODE_SETTINGS', value: nodeSettings, output: 'local.node_settings' },
  { name: 'PROXY_RANGE', value: () => PROXY_RANGE, output: 'var.proxy.range' },
  { name: 'PROXY_URL', value: () => PROXY_URL, output: 'var.proxy.url' },
  { name: 'REGION', value: (_input, { region }) => region, output: 'var.region' },
  REGISTRY,
  VPC_ID,
  { name: 'VPC_CIDR', value: (_input, { vpcCidr }) => vpcCidr, output: 'var.vpc_cidr' },
  {
    name: 'WEB_ACL_ARN',
    value: (input, cluster) =>
      `arn:aws:wafv2:${cluster.region}:${TOKENS.account}:regional/webacl/${clusterTitle(input, cluster)}-edge/${TOKENS.webAcl}`,
    output: 'aws_wafv2_web_acl.edge.arn',
  },
];

/** The last quarter of a network: public subnets lie in it, and neither nodes nor pods. */
export function publicRange(vpcCidr: string): string {
  return partOf(vpcCidr, 4, 3);
}

export function clusterVariables(input: ClusterInput, used: ReadonlySet<string>): ManifestVariables {
  return knownVariables(input, VARIABLES, used, outputs);
}
