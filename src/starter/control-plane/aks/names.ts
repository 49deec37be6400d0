/** Values that infrastructure and manifests of a cluster share, and the page of outputs that they are read from. */

import type { HclExpression } from '../../../files/hcl.ts';
import { hcl } from '../../../files/hcl.ts';
import { mergeTrees } from '../../../files/tree.ts';
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { asksForZone } from '../../dns-and-certificates/zone.ts';
import { PROXY_RANGE, PROXY_URL } from '../../egress/proxy/settings.ts';
import type { ObjectStore } from '../../foundation.ts';
import { domainOf } from '../../names.ts';
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import type { ManifestVariables } from '../control-plane.ts';
import { podRange } from '../self-managed/inventory.ts';
import { apiServerRange, nodeRange } from './addresses.ts';
import { pastProxyOnAzure } from './proxy.ts';
import { CLIENT } from './rights.ts';
import { objectStoreFile, secretStoreFile } from './stores.ts';
import { clusterTitle, folderOf } from './title.ts';

interface Variable {
  /** What is put in the place of `${…}` in manifests; null where only Azure knows it, once the cluster stands. */
  readonly value: ((input: ClusterInput, cluster: Cluster) => string) | null;
  /** The same as the infrastructure knows it. */
  readonly output: string;
}

const VARIABLES: Readonly<Record<string, Variable>> = {
  API_SERVER_CIDR: {
    value: (_input, cluster) => apiServerRange(cluster),
    output: 'local.ranges.api_server',
  },
  CLUSTER_NAME: { value: clusterTitle, output: 'local.cluster.name' },
  DNS_ZONE: { value: domainOf, output: 'var.dns_zone' },
  DNS_ZONE_GROUP: { value: null, output: 'var.dns_zone_group' },
  DELIVERY_APPS: { value: null, output: 'azurerm_user_assigned_identity.delivery["apps"].principal_id' },
  DELIVERY_COMPARE: {
    value: null,
    output: 'azurerm_user_assigned_identity.delivery["compare"].principal_id',
  },
  DELIVERY_PLATFORM: {
    value: null,
    output: 'azurerm_user_assigned_identity.delivery["platform"].principal_id',
  },
  FOLLOWED_ACCOUNT: { value: null, output: 'local.followed_account' },
  ENVIRONMENT: { value: (_input, { environment }) => environment, output: 'var.environment' },
  GROUP_BREAK_GLASS: { value: null, output: 'var.groups.break_glass' },
  GROUP_DEVELOPERS: { value: null, output: 'var.groups.developers' },
  GROUP_PLATFORM: { value: null, output: 'var.groups.platform' },
  KUBERNETES_SERVICE_ADDRESS: {
    value: (_input, { serviceCidr }) => hostOf(serviceCidr, 1),
    output: 'cidrhost(var.service_cidr, 1)',
  },
  LOGS_ENDPOINT: {
    value: null,
    output: 'azurerm_monitor_data_collection_endpoint.pod_logs.logs_ingestion_endpoint',
  },
  LOGS_RULE: { value: null, output: 'azurerm_monitor_data_collection_rule.pod_logs.immutable_id' },
  METRICS_ENDPOINT: {
    value: null,
    output: 'azurerm_monitor_data_collection_endpoint.metrics.metrics_ingestion_endpoint',
  },
  METRICS_RULE: { value: null, output: 'azurerm_monitor_data_collection_rule.metrics.immutable_id' },
  NO_PROXY: { value: pastProxyOnAzure, output: 'join(",", local.no_proxy)' },
  NODE_CIDR: {
    value: (_input, cluster) => nodeRange(cluster),
    output: 'local.ranges.nodes',
  },
  NODE_GROUP: {
    value: (input, cluster) => `${clusterTitle(input, cluster)}-nodes`,
    output: 'local.cluster.node_group',
  },
  POD_CIDR: { value: (_input, cluster) => podRange(cluster), output: 'local.settings.POD_CIDR' },
  PROXY_RANGE: { value: () => PROXY_RANGE, output: 'var.proxy.range' },
  PROXY_URL: { value: () => PROXY_URL, output: 'var.proxy.url' },
  QUEUE_NAMESPACE: { value: null, output: 'azurerm_servicebus_namespace.main.name' },
  REGION: { value: (_input, { region }) => region, output: 'var.location' },
  REGISTRY: { value: null, output: '"${local.registry_name}.azurecr.io"' },
  SECRETS_VAULT: { value: null, output: 'azurerm_key_vault.secrets.name' },
  STORAGE_ACCOUNT: { value: null, output: 'azurerm_storage_account.main.name' },
  SUBSCRIPTION_ID: { value: null, output: 'var.subscription_id' },
  TENANT_ID: { value: null, output: 'data.azurerm_client_config.current.tenant_id' },
};

/** Asked for while the modules spoke. */
export interface Asked {
  readonly stores: readonly ObjectStore[];
  /** Where the infrastructure says a value elsewhere than clusters of other kinds do. */
  readonly said?: Readonly<Record<string, string>>;
}

export function clusterVariables(
  input: ClusterInput,
  { stores, said = {} }: Asked,
  used: ReadonlySet<string>,
): ManifestVariables {
  const names = [...used].filter(name => name in VARIABLES || name.startsWith(CLIENT)).sort();
  const unknown = names.filter(name => variable(name).value === null);
  return {
    files: mergeTrees(
      outputs(input, names, said),
      stores.length > 0 ? objectStoreFile(input, stores) : new Map(),
      used.has('SECRETS_VAULT') ? secretStoreFile(input) : new Map(),
    ),
    of: cluster =>
      Object.fromEntries(
        names.map(name => [name, variable(name).value?.(input, cluster) ?? token(name)] as const),
      ),
    placeholders: unknown.map(name => ({
      token: token(name),
      meaning: `${name} of the cluster: scripts/fill-cluster-vars.sh writes it once the infrastructure stands.`,
      example: 'see the script',
    })) satisfies readonly Omit<Placeholder, 'file'>[],
  };
}

/** Every identity of a controller has an id that Azure makes up. */
function variable(name: string): Variable {
  const known = VARIABLES[name];
  if (known !== undefined) return known;
  const label = name.slice(CLIENT.length).toLowerCase();
  return { value: null, output: `azurerm_user_assigned_identity.${label}.client_id` };
}

function token(name: string): string {
  return name === 'SUBSCRIPTION_ID' ? TOKENS.subscription : `REPLACE_ME_${name}`;
}

function outputs(input: ClusterInput, names: readonly string[], said: Readonly<Record<string, string>>) {
  const expressions = Object.fromEntries(
    names.map((name): [string, HclExpression] => [
      name,
      { kind: 'expression', code: said[name] ?? variable(name).output },
    ]),
  );
  return new Map([
    [
      `${folderOf(input)}/outputs.tf`,
      terraformText(
        input,
        'control-plane',
        'cluster_vars is what scripts/fill-cluster-vars.sh writes into clusters/<name>/variables/cluster-vars.yaml; scripts/bootstrap.sh compares them.',
        hcl`
output "cluster_name" {
  description = "Name of the cluster, and of its resource group."
  value       = local.cluster.name
}

output "zones" {
  description = "Zones that nodes spread over."
  value       = local.zones
}

${asksForZone(input) ? ZONE : hcl``}output "cluster_vars" {
  description = "What is put into manifests."
  value = ${expressions}
}
`,
      ),
    ],
  ]);
}

const ZONE = hcl`output "dns_zone" {
  description = "Zone in Azure DNS that the cluster's names lie in, by its id."
  value       = local.dns_zone
}

`;
