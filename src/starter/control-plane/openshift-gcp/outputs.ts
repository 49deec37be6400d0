/** outputs.tf with what manifests are filled in from, and the tests of the module. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { PROXY_TESTED } from '../../egress/proxy/infrastructure.ts';
import { environmentRuns } from '../../environments/runs.ts';
import { registryOf } from '../../google/image-readers.ts';
import { release } from '../../release.ts';
import { terraformText } from '../../terraform.ts';
import { gkeChoices, leadsToHouse } from '../gke/choices.ts';
import { clusterTitle, shortName } from '../gke/title.ts';
import { runsOf } from '../gke/way-out.ts';
import { GOOGLE_VARIABLES, MACHINE_MEMBERS } from '../machines-gcp/names.ts';
import { FOLDER } from '../machines-gcp/settings.ts';
import { subnetOf } from '../machines-gcp/tests.ts';
import type { KnownVariable } from '../manifest-variables.ts';
import { RELEASE_TEST_VALUES } from '../openshift-cloud/release-registry.ts';
import { podRange } from '../self-managed/inventory.ts';
import { AUDIENCES } from './ground.ts';
import { joinedRuns } from './joined.ts';
import { GIVEN_TESTED } from './network.ts';

/** What an inventory says elsewhere are values here. */
const VALUES: Readonly<Record<string, string>> = {
  DNS_ZONE: 'local.dns_zone',
  FIRST_ZONE: 'local.zones[0]',
  KUBERNETES_SERVICE_ADDRESS: 'cidrhost(var.service_cidr, 1)',
  NO_PROXY: 'local.no_proxy',
  POD_CIDR: 'var.pod_cidr',
  PROXY_RANGE: 'var.proxy.range',
  PROXY_URL: 'var.proxy.url',
};
export const VARIABLES: readonly KnownVariable[] = GOOGLE_VARIABLES.map(each => ({
  ...each,
  output: VALUES[each.name] ?? each.output,
}));

export function outputs(input: ClusterInput, expressions: Readonly<Record<string, HclExpression>>): FileTree {
  return new Map([
    [
      `${FOLDER}/outputs.tf`,
      terraformText(
        input,
        'control-plane',
        'cluster_vars must equal clusters/<name>/cluster-vars.yaml; scripts/bootstrap.sh compares them.',
        hcl`
output "cluster_name" {
  description = "What kubectl and the installer call the cluster as well."
  value       = var.cluster_name
}

output "cluster_vars" {
  description = "What delivery puts into manifests."
  value = ${expressions}
}
${registryOf(input, expressions, MACHINE_MEMBERS)}`,
      ),
    ],
    [`${FOLDER}/tests/defaults.tftest.hcl`, tests(input)],
  ]);
}

function tests(input: ClusterInput): string {
  const [cluster] = input.clusters;
  const choices = gkeChoices(input);
  const given = choices.network === 'given';
  const house = leadsToHouse(choices);
  return terraformText(
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

  mock_data "google_compute_zones" {
    defaults = {
      names = ${['a', 'b', 'c', 'd'].map(zone => `${cluster.region}-${zone}`)}
    }
  }

  mock_data "google_dns_managed_zone" {
    defaults = {
      dns_name = "example.com."
    }
  }
${given ? subnetOf(cluster.vpcCidr) : NOTHING}}

variables {
  cluster_name      = ${clusterTitle(input, cluster)}
  short_name        = ${shortName(input, cluster)}
  environment       = ${cluster.environment}
  project_id        = "test-project"
  region            = ${cluster.region}
  vpc_cidr          = ${cluster.vpcCidr}
  pod_cidr          = ${podRange(cluster)}
  service_cidr      = ${cluster.serviceCidr}
  openshift_version = ${release(input, 'openshift').version}
  admin_members     = ["group:admins@example.com"]${given ? GIVEN_TESTED : NOTHING}${house ? HUB_TESTED : NOTHING}${choices.way === 'proxy' ? PROXY_TESTED : NOTHING}${choices.way === 'none' ? CLOSED_TESTED : NOTHING}
}

run "stands_in_three_zones" {
  command = plan

  assert {
    condition     = length(distinct(local.zones)) == 3
    error_message = "Machines stand in three zones: the loss of one must go unnoticed."
  }
}

run "believes_no_cluster_before_it_has_its_keys" {
  command = plan

  assert {
    condition     = length(google_iam_workload_identity_pool_provider.cluster) == (local.keys == null ? 0 : 1)
    error_message = "Without the file with its keys nothing is trusted."
  }

  assert {
    condition     = alltrue([for provider in google_iam_workload_identity_pool_provider.cluster : length(setsubtract(${[...AUDIENCES]}, provider.oidc[0].allowed_audiences)) == 0])
    error_message = "Operators of OpenShift ask with one audience, and pods with the other."
  }
}

run "gives_machines_accounts_of_their_own" {
  command = plan

  assert {
    condition     = toset(keys(google_service_account.machine)) == toset(["control-plane", "worker"]) && !anytrue([for right in values(google_project_iam_member.machine) : right.role == "roles/iam.serviceAccountUser"])
    error_message = "Machines have accounts of their own, and act for no other one."
  }
}

run "refuses_what_is_no_release" {
  command = plan

  variables {
    openshift_version = "latest"
  }

  expect_failures = [var.openshift_version]
}
${house ? runsOf(choices.way) : NOTHING}${joinedRuns(input)}${environmentRuns(input)}`,
  );
}

const NOTHING = hcl``;
const CLOSED_TESTED = hcl`\n\ndns_zone = "example.com"${RELEASE_TEST_VALUES}`;
const HUB_TESTED = hcl`\nhub_network       = "projects/network/global/networks/hub"`;
