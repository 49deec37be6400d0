/** Values that infrastructure and manifests of a cluster share. */
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { REGISTRY_EXPRESSION } from '../../google/image-readers.ts';
import { domainOf } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { ManifestVariables } from '../control-plane.ts';
import { type KnownVariable, knownVariables } from '../manifest-variables.ts';
import { outputs } from './outputs.ts';
import { GROUPS_DOMAIN } from './people.ts';
import { clusterTitle, shortName } from './title.ts';

export function addressOfRegistry({ region }: Cluster): string {
  return `${region}-docker.pkg.dev/${TOKENS.gcpProject}`;
}

const VARIABLES: readonly KnownVariable[] = [
  {
    name: 'BACKUP_ACCOUNT',
    value: (input, cluster) =>
      `${shortName(input, cluster)}-velero@${TOKENS.gcpProject}.iam.gserviceaccount.com`,
    output: 'google_service_account.velero.email',
  },
  { name: 'CLUSTER_NAME', value: clusterTitle, output: 'google_container_cluster.main.name' },
  ...(['apps', 'compare', 'platform'] as const).map(identity => ({
    name: `DELIVERY_${identity.toUpperCase()}`,
    value: (input: ClusterInput, cluster: Cluster) =>
      `${shortName(input, cluster)}-${identity}@${TOKENS.gcpProject}.iam.gserviceaccount.com`,
    output: `google_service_account.delivery["${identity}"].email`,
  })),
  {
    name: 'DNS_ZONE',
    value: domainOf,
    output: 'trimsuffix(data.google_dns_managed_zone.platform.dns_name, ".")',
  },
  { name: 'DNS_ZONE_NAME', value: () => 'platform', output: 'var.dns_zone_name' },
  { name: 'ENVIRONMENT', value: (_input, { environment }) => environment, output: 'var.environment' },
  { name: 'GROUPS_DOMAIN', value: () => GROUPS_DOMAIN, output: 'var.groups_domain' },
  {
    name: 'KUBERNETES_SERVICE_ADDRESS',
    value: (_input, { serviceCidr }) => hostOf(serviceCidr, 1),
    output: 'cidrhost(var.service_cidr, 1)',
  },
  { name: 'PROJECT_ID', value: () => TOKENS.gcpProject, output: 'var.project_id' },
  {
    name: 'PROJECT_NUMBER',
    value: () => TOKENS.gcpProjectNumber,
    output: 'data.google_project.current.number',
  },
  { name: 'REGION', value: (_input, { region }) => region, output: 'var.region' },
  {
    name: 'REGISTRY',
    value: (_input, cluster) => addressOfRegistry(cluster),
    output: REGISTRY_EXPRESSION,
  },
  { name: 'VPC_CIDR', value: (_input, { vpcCidr }) => vpcCidr, output: 'var.vpc_cidr' },
];

export function clusterVariables(input: ClusterInput, used: ReadonlySet<string>): ManifestVariables {
  return knownVariables(input, VARIABLES, used, outputs);
}
