/** Values that the infrastructure, the inventory and manifests of a cluster share. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_RANGE, PROXY_URL, pastProxy } from '../../egress/proxy/settings.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { REGISTRY_EXPRESSION, registryOf } from '../../google/image-readers.ts';
import { GOOGLE_WITHIN } from '../../google/way-within.ts';
import { domainOf } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import type { ManifestVariables } from '../control-plane.ts';
import { clusterTitle, shortName } from '../gke/title.ts';
import { zoneLookedUp, zoneOutput } from '../gke/ways.ts';
import { type KnownVariable, knownVariables } from '../manifest-variables.ts';
import { podRange } from '../self-managed/inventory.ts';
import { zonesOf } from './place.ts';
import { FOLDER } from './settings.ts';

/** Beside what is never called through a proxy: who a machine is, by its name, and what answers within the network. */
export const GOOGLE_PAST_PROXY = ['metadata.google.internal', ...GOOGLE_WITHIN] as const;

function pastProxyOnGoogle(input: ClusterInput, cluster: Cluster): string {
  return [pastProxy(input, cluster, podRange(cluster)), ...GOOGLE_PAST_PROXY].join(',');
}

/** What the inventory tells machines and pods of the proxy; nothing where there is none. */
export function proxySettings(input: ClusterInput, cluster: Cluster): Readonly<Record<string, string>> {
  return wayOut(input) === 'proxy'
    ? { NO_PROXY: pastProxyOnGoogle(input, cluster), PROXY_RANGE, PROXY_URL }
    : {};
}

export const GOOGLE_VARIABLES: readonly KnownVariable[] = [
  { name: 'CLUSTER_NAME', value: clusterTitle, output: 'var.cluster_name' },
  {
    name: 'DNS_ZONE',
    value: domainOf,
    output: 'trimsuffix(data.google_dns_managed_zone.platform.dns_name, ".")',
  },
  { name: 'DNS_ZONE_NAME', value: () => 'platform', output: 'var.dns_zone_name' },
  { name: 'ENVIRONMENT', value: (_input, { environment }) => environment, output: 'var.environment' },
  {
    name: 'FIRST_ZONE',
    value: (_input, cluster) => zonesOf(cluster)[0],
    output: 'sort([for machine in values(local.machines) : machine.zone])[0]',
  },
  {
    name: 'IDENTITY_POOL',
    value: (input, cluster) => `k8s-${shortName(input, cluster)}`,
    output: 'google_iam_workload_identity_pool.cluster.workload_identity_pool_id',
  },
  {
    name: 'KUBERNETES_SERVICE_ADDRESS',
    value: (_input, { serviceCidr }) => hostOf(serviceCidr, 1),
    output: 'cidrhost(local.settings["SERVICE_CIDR"], 1)',
  },
  {
    name: 'NETWORK_NAME',
    value: () => TOKENS.givenNetwork,
    output: 'var.given_network.network',
  },
  {
    name: 'NETWORK_PROJECT',
    value: () => TOKENS.givenNetworkProject,
    output: 'var.given_network.project',
  },
  { name: 'NODE_CIDR', value: (_input, { vpcCidr }) => vpcCidr, output: 'var.vpc_cidr' },
  { name: 'NO_PROXY', value: pastProxyOnGoogle, output: 'local.settings["NO_PROXY"]' },
  { name: 'POD_CIDR', value: (_input, cluster) => podRange(cluster), output: 'local.settings["POD_CIDR"]' },
  { name: 'PROJECT_ID', value: () => TOKENS.gcpProject, output: 'var.project_id' },
  {
    name: 'PROJECT_NUMBER',
    value: () => TOKENS.gcpProjectNumber,
    output: 'data.google_project.current.number',
  },
  { name: 'PROXY_RANGE', value: () => PROXY_RANGE, output: 'local.settings["PROXY_RANGE"]' },
  { name: 'PROXY_URL', value: () => PROXY_URL, output: 'local.settings["PROXY_URL"]' },
  { name: 'REGION', value: (_input, { region }) => region, output: 'var.region' },
  {
    name: 'REGISTRY',
    value: (_input, { region }) => `${region}-docker.pkg.dev/${TOKENS.gcpProject}`,
    output: REGISTRY_EXPRESSION,
  },
  { name: 'SHORT_NAME', value: shortName, output: 'var.short_name' },
  {
    name: 'SUBNETWORK_NAME',
    value: () => TOKENS.givenSubnet,
    output: 'var.given_network.subnetwork',
  },
];

export function machineVariables(input: ClusterInput, used: ReadonlySet<string>): ManifestVariables {
  return knownVariables(input, GOOGLE_VARIABLES, used, outputs);
}

/** Of all roles: what runs on the control plane is pulled as well. */
export const MACHINE_MEMBERS = hcl`[for account in google_service_account.machine : account.member]`;

/** `expressions` are the values of the output `cluster_vars`, which scripts/bootstrap.sh compares with the manifests. */
function outputs(input: ClusterInput, expressions: Readonly<Record<string, HclExpression>>): FileTree {
  return new Map([
    [
      `${FOLDER}/outputs.tf`,
      terraformText(
        input,
        'control-plane',
        'cluster_vars must equal clusters/<name>/cluster-vars.yaml; scripts/bootstrap.sh compares them.',
        hcl`
${zoneLookedUp(input)}output "cluster_name" {
  description = "What the cluster is called."
  value       = var.cluster_name
}

output "host_store" {
  description = "The bucket that scripts/host-config.sh puts the configuration of machines into."
  value       = google_storage_bucket.hosts.name
}

output "machines" {
  description = "Machines and the zones they stand in, for gcloud compute ssh."
  value       = { for name, machine in local.machines : name => machine.zone }
}

${zoneOutput(input)}output "cluster_vars" {
  description = "What delivery puts into manifests."
  value = ${expressions}
}
${registryOf(input, expressions, MACHINE_MEMBERS)}`,
      ),
    ],
  ]);
}
