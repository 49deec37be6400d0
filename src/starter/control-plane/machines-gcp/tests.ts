/** The tests of the module: what must never be lost in a change of it. */
import { hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { terraformText } from '../../terraform.ts';
import { gkeChoices, leadsToHouse } from '../gke/choices.ts';
import { clusterTitle, shortName } from '../gke/title.ts';
import { runsOf } from '../gke/way-out.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { GIVEN_NETWORK_TESTED } from './given-network.ts';
import { joinedRuns } from './joined.ts';
import { apiIsListed, LISTED_RUNS } from './listed-api.ts';
import { FOLDER } from './settings.ts';
import { windowsRun } from './windows.ts';

const NOTHING = hcl``;
const HUB_TESTED = hcl`\nhub_network   = "projects/network/global/networks/hub"`;
const ZONE_TESTED = hcl`\ndns_zone      = "example.com"`;
export const subnetOf = (range: string) => hcl`
  mock_data "google_compute_subnetwork" {
    defaults = {
      ip_cidr_range            = ${range}
      private_ip_google_access = true
    }
  }
`;

export function moduleTests(input: ClusterInput, distribution: Distribution): FileTree {
  const { setUpBy } = distribution;
  const [cluster] = input.clusters;
  const choices = gkeChoices(input);
  const given = choices.network === 'given';
  const house = leadsToHouse(choices);
  const image =
    setUpBy === 'talosctl' ? hcl`\nmachine_image = "projects/test-project/global/images/talos"` : hcl``;
  return new Map([
    [
      `${FOLDER}/tests/defaults.tftest.hcl`,
      terraformText(
        input,
        'platform-defaults',
        'Runs without a project: tofu test. What must never be lost in a change of this module.',
        hcl`
mock_provider "google" {
  mock_data "google_project" {
    defaults = {
      number = "100000000000"
    }
  }
${given ? subnetOf(cluster.vpcCidr) : NOTHING}}

variables {
  cluster_name  = ${clusterTitle(input, cluster)}
  short_name    = ${shortName(input, cluster)}
  environment   = ${cluster.environment}
  hosts         = ${cluster.name}
  project_id    = "test-project"
  region        = ${cluster.region}
  vpc_cidr      = ${cluster.vpcCidr}
  admin_members = ["group:admins@example.com"]${image}${given ? GIVEN_NETWORK_TESTED : NOTHING}${house ? HUB_TESTED : NOTHING}${choices.way === 'none' ? ZONE_TESTED : NOTHING}
}

run "reads_the_inventory" {
  command = plan

  assert {
    condition     = length([for machine in values(local.machines) : machine if machine.role == "control-plane"]) >= 3
    error_message = "Three machines at least form the control plane."
  }

  assert {
    condition     = length(google_compute_instance_group.control_plane) >= 3
    error_message = "The control plane stands in three zones."
  }
}

run "keeps_machines_private" {
  command = plan

  assert {
    condition     = alltrue([for machine in values(google_compute_instance.machine) : length(machine.network_interface[0].access_config) == 0])
    error_message = "No machine has a public address."
  }

  assert {
    condition     = alltrue([for machine in values(google_compute_instance.machine) : machine.shielded_instance_config[0].enable_integrity_monitoring && machine.metadata["block-project-ssh-keys"] == "true"])
    error_message = "Machines are watched, and keys of the project are refused."
  }
}

run "keeps_the_api_within_the_network" {
  command = plan

  assert {
    condition     = alltrue([for rule in values(google_compute_forwarding_rule.api) : rule.load_balancing_scheme == "INTERNAL_MANAGED"]) && google_dns_managed_zone.api.visibility == "private"
    error_message = "The API has no address and no name outside."
  }

  assert {
    condition     = length(google_compute_firewall.etcd.source_ranges == null ? [] : google_compute_firewall.etcd.source_ranges) == 0
    error_message = "etcd is reached by the account of a machine, never by an address."
  }
}

run "believes_no_cluster_before_it_has_its_keys" {
  command = plan

  variables {
    hosts = ${cluster.name}
  }

  assert {
    condition     = length(google_iam_workload_identity_pool_provider.cluster) == (fileexists("keys/${{ kind: 'expression', code: cluster.name }}.jwks.json") ? 1 : 0)
    error_message = "Without the file with its keys nothing is trusted."
  }
}
${windowsRun(input)}${apiIsListed(input, distribution) ? LISTED_RUNS : NOTHING}${house ? runsOf(choices.way) : NOTHING}${joinedRuns(input)}${environmentRuns(input)}`,
      ),
    ],
  ]);
}
