/** tests/: what must never be lost in a change of the root module of machines. */
import { block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { terraformText } from '../../terraform.ts';
import { isGivenNetwork, nodeRange } from '../aks/addresses.ts';
import { storageEndpoint } from '../aks/archives.ts';
import { DATABASE_RUNS } from '../aks/database-alarms.ts';
import { hasDatabase } from '../aks/database-choices.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { joinedRuns } from './joined.ts';
import { MACHINES_FOLDER } from './place.ts';
import { exampleValues } from './values.ts';
import { windowsRun } from './windows.ts';

const ZEROS = '00000000-0000-0000-0000-000000000000';
const NETWORK_ID = `/subscriptions/${ZEROS}/resourceGroups/given/providers/Microsoft.Network/virtualNetworks/given`;

export function moduleTests(input: ClusterInput, distribution: Distribution): FileTree {
  const values: HclExpression = {
    kind: 'expression',
    code: writeHcl([block('variables', [], exampleValues(input, distribution))]).trim(),
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
      address_prefixes  = [${nodeRange(input.clusters[0])}]
      route_table_id    = "given"
      service_endpoints = ${['Microsoft.KeyVault', storageEndpoint(input)]}
    }
  }
${isGivenNetwork(input) ? hcl`` : OWN_NETWORK}}

${values}

${runs(windowsHosts(input) !== null)}${distribution.setUpBy === 'machine' ? ARCHIVES : hcl``}${windowsRun(input)}${hasDatabase(input) ? DATABASE_RUNS : hcl``}${joinedRuns(input)}
${environmentRuns(input)}`,
      ),
    ],
  ]);
}

/** Its ids are taken apart for the controller of load balancers, and an id that is made up has no parts. */
const OWN_NETWORK = hcl`
  mock_resource "azurerm_virtual_network" {
    defaults = {
      id = ${NETWORK_ID}
    }
  }

  mock_resource "azurerm_subnet" {
    defaults = {
      id = ${`${NETWORK_ID}/subnets/nodes-1`}
    }
  }
`;

const runs = (windows: boolean): HclExpression => hcl`run "makes_the_machines_of_the_inventory" {
  command = plan

  assert {
    condition     = length(azurerm_linux_virtual_machine.host)${windows ? hcl` + length(azurerm_windows_virtual_machine.host)` : hcl``} == length(local.hosts) && length(local.control_plane) >= 3
    error_message = "Every line of the inventory is a machine, and three of them form the control plane."
  }

  assert {
    condition     = length(distinct([for host in local.control_plane : host.zone])) == 3
    error_message = "The control plane stands in three zones."
  }
}

run "gives_no_machine_a_public_address" {
  command = plan

  assert {
    condition     = alltrue([for one in azurerm_network_interface.host : one.ip_configuration[0].public_ip_address_id == null])
    error_message = "Machines are reached from within the network alone."
  }
}

run "encrypts_every_disk" {
  command = plan

  assert {
    condition     = alltrue([for one in ${windows ? hcl`merge(azurerm_linux_virtual_machine.host, azurerm_windows_virtual_machine.host)` : hcl`azurerm_linux_virtual_machine.host`} : one.encryption_at_host_enabled])
    error_message = "Disks are encrypted at the host, temporary ones as well."
  }
}

run "lets_etcd_talk_to_etcd_alone" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.let_in["control_plane-etcd"].source_address_prefixes == toset([for host in local.control_plane : host.address])
    error_message = "Nobody but the control plane reaches etcd."
  }
}

run "refuses_everything_as_a_network_of_people" {
  command = plan

  variables {
    people_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.people_cidrs]
}

run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = length(azurerm_management_lock.control_plane) == length(local.control_plane) && azurerm_management_lock.issuer.lock_level == "CanNotDelete"
    error_message = "Locks keep etcd and the keys of service accounts from being deleted."
  }
}`;

const ARCHIVES = hcl`

run "keeps_archives_of_machines_private" {
  command = plan

  assert {
    condition     = !azurerm_storage_account.hosts.allow_nested_items_to_be_public && alltrue([for one in azurerm_storage_container.host : one.container_access_type == "private"])
    error_message = "What a machine joins by is read by that machine."
  }

  assert {
    condition     = azurerm_management_lock.hosts.lock_level == "CanNotDelete"
    error_message = "A lock keeps snapshots of etcd from being deleted."
  }
}`;
