/** The tests of the module: what must never be lost in a change of it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { terraformText } from '../../terraform.ts';
import { type GkeChoices, gkeChoices, leadsToHouse } from './choices.ts';
import { joinedRuns } from './joined.ts';
import type { GkeMode } from './mode.ts';
import { podRange } from './ranges.ts';
import { FOLDER } from './settings.ts';
import { clusterTitle, shortName } from './title.ts';
import { runsOf } from './way-out.ts';

export function moduleTests(input: ClusterInput, mode: GkeMode): FileTree {
  const [cluster] = input.clusters;
  const choices = gkeChoices(input);
  return new Map([
    [
      `${FOLDER}/tests/defaults.tftest.hcl`,
      terraformText(
        input,
        'platform-defaults',
        'Runs without a project: tofu test. What must never be lost in a change of this module.',
        hcl`
mock_provider "google" {
  mock_data "google_compute_zones" {
    defaults = {
      names = ["zone-a", "zone-b", "zone-c", "zone-d"]
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "100000000000"
    }
  }
${choices.managedNames ? PROOF : NOTHING}}
${choices.sandboxPool ? BETA : NOTHING}
variables {
  cluster_name  = ${clusterTitle(input, cluster)}
  short_name    = ${shortName(input, cluster)}
  environment   = ${cluster.environment}
  project_id    = "test-project"
  region        = ${cluster.region}
  vpc_cidr      = ${cluster.vpcCidr}
  pod_cidr      = ${podRange(cluster)}
  service_cidr  = ${cluster.serviceCidr}
  admin_members = ["group:admins@example.com"]${more(choices)}
}
${mode === 'standard' ? POOLS : WITHOUT_POOLS}${choices.sandboxPool ? SANDBOXED : NOTHING}
run "keeps_the_api_closed_by_default" {
  command = plan

  assert {
    condition     = google_container_cluster.main.private_cluster_config[0].enable_private_endpoint && google_container_cluster.main.private_cluster_config[0].enable_private_nodes
    error_message = "Without an allow-list there is no public address, and nodes never have one."
  }

  assert {
    condition     = google_container_cluster.main.control_plane_endpoints_config[0].dns_endpoint_config[0].allow_external_traffic == false
    error_message = "The name of the API answers from outside only where that is asked for."
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "refuses_too_few_addresses" {
  command = plan

  variables {
    pod_cidr = "10.255.0.0/22"
  }

  expect_failures = [google_container_cluster.main]
}

run "refuses_an_endless_freeze" {
  command = plan

  variables {
    freezes = {
      winter = {
        start_time = "2027-01-01T00:00:00Z"
        end_time   = "2027-06-01T00:00:00Z"
      }
    }
  }

  expect_failures = [var.freezes]
}

run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = google_container_cluster.main.deletion_protection && google_container_cluster.main.database_encryption[0].state == "ENCRYPTED"
    error_message = "Deletion protection is on, and Secrets are encrypted with a key of this project."
  }
}
${joinedRuns(input)}${environmentRuns(input)}${leadsToHouse(choices) ? runsOf(choices.way) : NOTHING}`,
      ),
    ],
  ]);
}

function more(choices: GkeChoices): HclExpression {
  const { groups, network, managedNames } = choices;
  const lines = [
    ...(leadsToHouse(choices) ? ['hub_network   = "projects/network/global/networks/hub"'] : []),
    ...(choices.way === 'none' ? ['dns_zone      = "example.com"'] : []),
    ...(managedNames ? ['domain        = "example.com"'] : []),
    ...(groups ? ['groups_domain = "example.com"'] : []),
    ...(network === 'given' ? [GIVEN.code] : []),
  ];
  return { kind: 'expression', code: lines.map(line => `\n${line}`).join('') };
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const PROOF = hcl`
  mock_resource "google_certificate_manager_dns_authorization" {
    defaults = {
      dns_resource_record = [{ name = "_proof.example.com.", type = "CNAME", data = "proof.example.com." }]
    }
  }
`;

const GIVEN = hcl`given_network = {
  project                  = "network-project"
  network                  = "shared"
  subnetwork               = "nodes"
  control_plane_subnetwork = "control-plane"
  pods_range               = "pods"
  services_range           = "services"
}`;

const POOLS = hcl`
run "spreads_over_three_zones" {
  command = plan

  assert {
    condition     = length(google_container_node_pool.workload.node_locations) == 3 && length(google_container_node_pool.system.node_locations) == 3
    error_message = "Each pool has nodes in three zones."
  }

  assert {
    condition     = google_container_node_pool.workload.node_config[0].shielded_instance_config[0].enable_secure_boot && google_container_node_pool.workload.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"
    error_message = "Nodes start only what is signed, and pods never act as their node."
  }
}

run "refuses_a_single_node" {
  command = plan

  variables {
    workload_nodes = {
      machine_type = "n2-standard-4"
      min_size     = 1
      max_size     = 1
    }
  }

  expect_failures = [var.workload_nodes]
}
`;

const BETA = hcl`
mock_provider "google-beta" {}
`;

const SANDBOXED = hcl`
run "keeps_tenants_in_the_sandbox" {
  command = plan

  assert {
    condition     = google_container_node_pool.sandbox.node_config[0].sandbox_config[0].sandbox_type == "gvisor" && google_container_node_pool.workload.name_prefix != google_container_node_pool.sandbox.name_prefix
    error_message = "Nodes for pods of tenants run them in gVisor, and are not those of the platform."
  }
}
`;

const WITHOUT_POOLS = hcl`
run "leaves_nodes_to_autopilot" {
  command = plan

  assert {
    condition     = google_container_cluster.main.enable_autopilot
    error_message = "Nodes are Google's: nobody has to plan or patch them."
  }
}
`;
