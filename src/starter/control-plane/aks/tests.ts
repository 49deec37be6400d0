/** tests/: what must never be lost in a change of the AKS root module. */
import { attributes, block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { terraformText } from '../../terraform.ts';
import {
  apiServerRange,
  isGivenNetwork,
  isOverlay,
  isThroughFirewall,
  nodeRange,
  overlayRange,
} from './addresses.ts';
import { storageEndpoint } from './archives.ts';
import { copiesCluster } from './backup.ts';
import { DATABASE_RUNS } from './database-alarms.ts';
import { hasDatabase } from './database-choices.ts';
import { signInByGroups } from './people.ts';
import { isProxied } from './proxy.ts';
import { clusterTitle, FOLDER } from './title.ts';
import { zoneTested } from './values.ts';

const ZEROS = '00000000-0000-0000-0000-000000000000';
export const exampleSubnet = (name: string): string =>
  `/subscriptions/${ZEROS}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/network/subnets/${name}`;

/** `runs` are those of the mode. */
export const PROXY_TESTED = {
  proxy: { url: 'http://proxy.example.com:3128', range: '192.0.2.8/32' },
} as const;

export function moduleTests(input: ClusterInput, runs: HclExpression): FileTree {
  return new Map([
    [
      `${FOLDER}/tests/defaults.tftest.hcl`,
      terraformText(
        input,
        'platform-defaults',
        'Runs without a subscription: tofu test. What must never be lost in a change of this module.',
        hcl`
mock_provider "azurerm" {
  mock_data "azurerm_client_config" {
    defaults = {
      tenant_id = ${ZEROS}
    }
  }

  mock_data "azurerm_subnet" {
    defaults = {
      address_prefixes          = [${nodeRange(input.clusters[0])}]
      network_security_group_id = "given"
      route_table_id            = "given"
      service_endpoints         = ${['Microsoft.KeyVault', storageEndpoint(input)]}
    }
  }${copiesCluster(input) ? EXTENSION : hcl``}
}

${variables(input)}

${runs}${hasDatabase(input) ? DATABASE_RUNS : hcl``}
${environmentRuns(input)}`,
      ),
    ],
  ]);
}

/** Azure gives an extension its identity; a mock has to be told of it. */
const EXTENSION = hcl`

mock_resource "azurerm_kubernetes_cluster_extension" {
  defaults = {
    aks_assigned_identity = [{ principal_id = ${ZEROS}, tenant_id = ${ZEROS}, type = "UserAssigned" }]
  }
}`;

function variables(input: ClusterInput): HclExpression {
  const [cluster] = input.clusters;
  const body = attributes({
    cluster_name: clusterTitle(input, cluster),
    environment: cluster.environment,
    subscription_id: ZEROS,
    location: cluster.region,
    ...(isGivenNetwork(input)
      ? {
          node_subnet_id: exampleSubnet('nodes'),
          node_cidr: nodeRange(cluster),
          ...(isOverlay(input) ? {} : { pod_subnet_id: exampleSubnet('pods') }),
          api_server_subnet_id: exampleSubnet('api-server'),
          api_server_cidr: apiServerRange(cluster),
        }
      : { network_cidr: cluster.vpcCidr }),
    ...(isThroughFirewall(input) && !isGivenNetwork(input) ? { firewall_address: '10.0.0.4' } : {}),
    ...(isProxied(input) ? PROXY_TESTED : {}),
    ...(isOverlay(input) ? { pod_cidr: overlayRange(input) } : {}),
    service_cidr: cluster.serviceCidr,
    admin_group_ids: [ZEROS],
    ...zoneTested(input),
    ...(hasDatabase(input) ? { database_admin: { name: 'platform', object_id: ZEROS } } : {}),
    ...(hasDatabase(input) && isGivenNetwork(input) ? { database_subnet_id: exampleSubnet('database') } : {}),
    ...(signInByGroups(input) ? { groups: { platform: ZEROS, developers: ZEROS, break_glass: ZEROS } } : {}),
  });
  return { kind: 'expression', code: writeHcl([block('variables', [], body)]).trim() };
}

/** Of AKS Standard. */
export const STANDARD_RUNS = hcl`run "spreads_over_three_zones" {
  command = plan

  assert {
    condition     = length(azurerm_kubernetes_cluster.main.default_node_pool[0].zones) == 3 && length(azurerm_kubernetes_cluster_node_pool.workload) == 3
    error_message = "Three zones, each with workload nodes of its own."
  }
}

run "keeps_the_api_closed_by_default" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.main.private_cluster_enabled
    error_message = "Without an allow-list the API answers within the network alone."
  }
}

run "opens_the_api_to_a_list_alone" {
  command = plan

  variables {
    api_allowed_cidrs = ["192.0.2.0/24"]
  }

  assert {
    condition     = length(azurerm_kubernetes_cluster.main.api_server_access_profile[0].authorized_ip_ranges) == 1
    error_message = "A public API names who may reach it."
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "refuses_a_zone_without_nodes" {
  command = plan

  variables {
    workload_nodes = {
      vm_size  = "Standard_D4s_v5"
      min_size = 0
      max_size = 1
    }
  }

  expect_failures = [var.workload_nodes]
}

run "lets_nobody_in_without_entra" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.main.local_account_disabled && azurerm_kubernetes_cluster.main.workload_identity_enabled
    error_message = "There are no local accounts, and pods have identities of their own."
  }
}

run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = azurerm_management_lock.cluster.lock_level == "CanNotDelete" && azurerm_management_lock.logs.lock_level == "CanNotDelete"
    error_message = "A lock keeps the cluster and its audit log from being deleted."
  }
}`;
