/** Names that infrastructure and manifests share. */

import type { Stack } from '../../../engine/outcome.ts';
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../module.ts';
import { domainOf } from '../../names.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';

/** The cluster's name in AWS. */
export function clusterTitle({ project }: StarterInput, cluster: Cluster): string {
  return `${project.name}-${cluster.name}`;
}

interface Variable {
  readonly name: string;
  /** What is put in the place of `${…}` in manifests. */
  readonly value: (input: ClusterInput, cluster: Cluster) => string;
  /** The same as the infrastructure knows it. */
  readonly output: string;
  /** A variable that no manifest uses is not there. */
  readonly used: (stack: Stack) => boolean;
}

const always = () => true;

const VARIABLES: readonly Variable[] = [
  {
    name: 'ACCOUNT_ID',
    value: () => TOKENS.account,
    output: 'var.account_id',
    used: stack =>
      pickOf(stack, 'logs') === 'loki' ||
      pickOf(stack, 'traces') === 'tempo' ||
      pickOf(stack, 'backup') === 'velero',
  },
  { name: 'CLUSTER_NAME', value: clusterTitle, output: 'aws_eks_cluster.main.name', used: always },
  {
    name: 'DNS_ZONE',
    value: domainOf,
    output: 'var.dns_zone',
    used: stack => pickOf(stack, 'dns-and-certificates') === 'external-dns-cert-manager',
  },
  {
    name: 'ENVIRONMENT',
    value: (_input, { environment }) => environment,
    output: 'var.environment',
    used: always,
  },
  {
    name: 'KUBERNETES_SERVICE_ADDRESS',
    value: (_input, { serviceCidr }) => hostOf(serviceCidr, 1),
    output: 'cidrhost(var.service_cidr, 1)',
    used: always,
  },
  { name: 'REGION', value: (_input, { region }) => region, output: 'var.region', used: always },
  { name: 'VPC_CIDR', value: (_input, { vpcCidr }) => vpcCidr, output: 'var.vpc_cidr', used: always },
];

export function clusterVariables(input: ClusterInput, cluster: Cluster): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variablesOf(input).map(({ name, value }) => [name, value(input, cluster)] as const),
  );
}

/** Names and expressions of the output `cluster_vars`, which scripts/bootstrap.sh compares with the above. */
export function clusterOutputs(input: ClusterInput): Readonly<Record<string, string>> {
  return Object.fromEntries(variablesOf(input).map(({ name, output }) => [name, output] as const));
}

function variablesOf({ stack }: ClusterInput): readonly Variable[] {
  return VARIABLES.filter(({ used }) => used(stack));
}
