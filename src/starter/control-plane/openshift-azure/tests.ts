/** tests/: what must never be lost in a change of the root module of OpenShift on Azure. */
import { block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { terraformText } from '../../terraform.ts';
import { isGivenNetwork, isThroughFirewall, nodeRange } from '../aks/addresses.ts';
import { storageEndpoint } from '../aks/archives.ts';
import { DATABASE_RUNS } from '../aks/database-alarms.ts';
import { hasDatabase } from '../aks/database-choices.ts';
import { MACHINES_FOLDER } from '../machines-azure/place.ts';
import { joinedRuns } from './joined.ts';
import { exampleValues } from './values.ts';

const ZEROS = '00000000-0000-0000-0000-000000000000';

export function moduleTests(input: ClusterInput): FileTree {
  const values: HclExpression = {
    kind: 'expression',
    code: writeHcl([block('variables', [], exampleValues(input))]).trim(),
  };
  return new Map([
    [
      `${MACHINES_FOLDER}/tests/defaults.tftest.hcl`,
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
  }
}

${values}

${RUNS}${isGivenNetwork(input) ? hcl`` : isThroughFirewall(input) ? ROUTED : GUARDED}${hasDatabase(input) ? DATABASE_RUNS : hcl``}${joinedRuns(input)}
${environmentRuns(input)}`,
      ),
    ],
  ]);
}

const RUNS = hcl`run "gives_the_installer_a_group_and_two_subnets" {
  command = plan

  assert {
    condition     = azurerm_resource_group.nodes.name == "\${var.cluster_name}-nodes" && azurerm_resource_group.nodes.name != azurerm_resource_group.main.name
    error_message = "The installer deletes the group of the machines along with the cluster: nothing else may lie in it."
  }

  assert {
    condition     = toset(keys(local.subnet_names)) == toset(["control_plane", "workers"])
    error_message = "The control plane has a subnet of its own."
  }
}

run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = azurerm_management_lock.issuer.lock_level == "CanNotDelete" && azurerm_management_lock.logs.lock_level == "CanNotDelete"
    error_message = "Locks keep the keys of service accounts and the audit log from being deleted."
  }
}

run "refuses_what_is_no_release" {
  command = plan

  variables {
    openshift_version = "latest"
  }

  expect_failures = [var.openshift_version]
}`;

const GUARDED = hcl`

run "lets_the_internet_in_at_two_ports_of_workers" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.gateway.destination_port_ranges == toset(["80", "443"])
    error_message = "The router of workloads is all that the internet reaches."
  }

  assert {
    condition     = length(azurerm_subnet_network_security_group_association.machines) == 2 && alltrue([for subnet in azurerm_subnet.machines : !subnet.default_outbound_access_enabled])
    error_message = "Both subnets have a guard, and no way out that nobody has chosen."
  }
}`;

const ROUTED = hcl`

run "leaves_by_the_firewall_alone" {
  command = plan

  assert {
    condition     = azurerm_route.firewall.address_prefix == "0.0.0.0/0" && length(azurerm_subnet_route_table_association.machines) == 2
    error_message = "Whatever leaves passes the firewall."
  }
}`;
