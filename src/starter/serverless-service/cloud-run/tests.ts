/** tests/*.tftest.hcl: what must hold in every environment, run with mock providers and without a cloud. */
import { attributes, block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import type { GoogleProvider } from '../../google/versions.ts';
import { together } from '../code.ts';
import { CLOSED_INPUTS, CLOSED_TEST, closedInputs } from './closed.ts';
import { CLOSED_EDGE_TEST } from './edge-closed.ts';
import { providersOf } from './foundation.ts';
import { SERVICE_INPUTS, serviceTests } from './service-tests.ts';
import { INSIDE } from './service-web.ts';
import type { Settings } from './settings.ts';

/** File name without its ending, to code. */
export function tests(settings: Settings): ReadonlyMap<string, HclExpression> {
  const { workloads, closed } = settings;
  const web = workloads.includes('web');
  const given = together(...providersOf(settings).map(mock), variables(settings));
  return new Map([
    [
      'inputs',
      together(
        given,
        INPUTS,
        web ? together(WEB_INPUTS, SERVICE_INPUTS) : null,
        web && closed ? CLOSED_INPUTS : null,
      ),
    ],
    ['network', together(given, closed ? CLOSED_TEST : WAYS_OUT, REGIONS)],
    [
      'workloads',
      together(
        given,
        web ? reached(closed ? INSIDE.ingress : 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER') : null,
        web ? together(WEB, serviceTests(settings)) : null,
        workloads.includes('worker') ? WORKER : null,
        workloads.includes('job') ? JOB : null,
      ),
    ],
    ...(web
      ? ([
          ['edge', together(given, closed ? CLOSED_EDGE_TEST : EDGE)],
          ['slo', together(given, SLO)],
        ] as const)
      : []),
  ]);
}

const mock = (name: GoogleProvider) => hcl`mock_provider ${name} {}`;

function variables(settings: Settings): HclExpression {
  const web = settings.workloads.includes('web');
  const values = attributes({
    project_id: 'a-project',
    environment: 'staging',
    regions: ['europe-west1'],
    network_cidr: '10.40.0.0/20',
    ...(web ? { domain: 'shop.example.com' } : {}),
    ...(settings.closed ? closedInputs(settings) : {}),
    alert_receiver: 'alerts@example.com',
  });
  return { kind: 'expression', code: writeHcl([block('variables', [], values)]) };
}

const INPUTS = hcl`
run "placeholders_are_refused" {
  command = plan

  variables {
    project_id = "replace-me"
    regions    = ["somewhere"]
  }

  expect_failures = [var.project_id, var.regions]
}

run "a_network_too_small_for_direct_egress_is_refused" {
  command = plan

  variables {
    network_cidr = "10.40.0.0/24"
  }

  expect_failures = [var.network_cidr]
}

run "a_secret_without_a_fixed_version_is_refused" {
  command = plan

  variables {
    secrets = {
      token = { workload = "web", environment_variable = "TOKEN", version = "latest" }
    }
  }

  expect_failures = [var.secrets]
}
`;

const WEB_INPUTS = hcl`
run "an_image_without_a_digest_is_refused" {
  command = plan

  variables {
    web = { image = "europe-west1-docker.pkg.dev/a-project/images/web:main" }
  }

  expect_failures = [var.web]
}

run "an_objective_whose_alert_cannot_fire_is_refused" {
  command = plan

  variables {
    slo = { availability = 0.9 }
  }

  expect_failures = [var.slo]
}
`;

const WAYS_OUT = hcl`
run "nothing_leaves_but_what_is_allowed" {
  command = plan

  assert {
    condition     = google_compute_network_firewall_policy_rule.deny.action == "deny" && contains(google_compute_network_firewall_policy_rule.deny.match[0].dest_ip_ranges, "0.0.0.0/0")
    error_message = "The last rule denies all egress."
  }

  assert {
    condition     = length(google_compute_router_nat.main) == 0
    error_message = "Without allowed domains there is no way to the internet."
  }
}

run "allowed_domains_open_a_way_to_them_only" {
  command = plan

  variables {
    egress_domains = ["api.example.com"]
  }

  assert {
    condition     = google_compute_network_firewall_policy_rule.domains[0].match[0].dest_fqdns == tolist(["api.example.com"])
    error_message = "The rule names the domains."
  }

  assert {
    condition     = length(google_compute_router_nat.main) == 1
    error_message = "Traffic to the internet needs a NAT gateway in each region."
  }
}
`;

const REGIONS = hcl`
run "each_region_has_a_subnet_of_its_own" {
  command = plan

  variables {
    regions = ["europe-west1", "europe-west4"]
  }

  assert {
    condition     = length(distinct([for subnet in google_compute_subnetwork.main : subnet.ip_cidr_range])) == 2
    error_message = "Ranges of subnets do not overlap."
  }
}
`;

const reached = (ingress: string) => hcl`
run "the_service_is_reached_through_the_load_balancer_only" {
  command = plan

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.web : service.ingress == ${ingress}])
    error_message = "A service that the internet reaches directly is behind no web application firewall."
  }

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.web : service.deletion_protection])
    error_message = "Services are protected from deletion."
  }
}
`;

const WEB = hcl`
run "the_service_starts_before_it_gets_traffic" {
  command = plan

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.web : length(service.template[0].containers[0].startup_probe) == 1 && length(service.template[0].containers[0].liveness_probe) == 1])
    error_message = "A startup and a liveness probe are set."
  }

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.web : service.scaling[0].min_instance_count >= 2])
    error_message = "Unless a values file says less, two instances of a region are always there."
  }
}

run "all_traffic_of_the_service_leaves_through_the_network" {
  command = plan

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.web : service.template[0].vpc_access[0].egress == "ALL_TRAFFIC"])
    error_message = "What does not pass the network passes no allow-list."
  }
}
`;

const WORKER = hcl`
run "the_worker_is_protected_and_behind_the_allow_list" {
  command = plan

  assert {
    condition     = alltrue([for pool in google_cloud_run_v2_worker_pool.worker : pool.deletion_protection && pool.template[0].vpc_access[0].egress == "ALL_TRAFFIC"])
    error_message = "Worker pools are protected from deletion and send all traffic through the network."
  }
}
`;

const JOB = hcl`
run "the_job_is_started_by_an_identity_that_can_do_nothing_else" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_job_iam_member.scheduler.role == "roles/run.invoker"
    error_message = "The scheduler may start the job and no more."
  }

  assert {
    condition     = google_cloud_run_v2_job.job.deletion_protection
    error_message = "The job is protected from deletion."
  }
}
`;

const EDGE = hcl`
run "plain_http_is_redirected" {
  command = plan

  assert {
    condition     = google_compute_url_map.http.default_url_redirect[0].https_redirect
    error_message = "Port 80 answers with a redirect to HTTPS."
  }

  assert {
    condition     = alltrue([for rule in google_compute_global_forwarding_rule.http : rule.port_range == "80"]) && length(google_compute_global_forwarding_rule.http) == 2
    error_message = "Port 80 is open on both addresses."
  }
}

run "old_versions_of_tls_are_refused" {
  command = plan

  assert {
    condition     = google_compute_ssl_policy.main.min_tls_version == "TLS_1_2" && google_compute_ssl_policy.main.profile == "RESTRICTED"
    error_message = "TLS 1.2 with restricted ciphers is the least."
  }
}

run "the_firewall_blocks" {
  command = plan

  assert {
    condition     = length([for rule in google_compute_security_policy.edge.rule : rule if rule.action == "deny(403)" && !rule.preview]) == length(local.waf_rules) + 1
    error_message = "The rules of the web application firewall are enforced, not previewed."
  }
}
`;

const SLO = hcl`
run "every_objective_has_three_alerts_of_two_windows" {
  command = plan

  assert {
    condition     = length(google_monitoring_alert_policy.burn_rate) == 6
    error_message = "Two objectives, three speeds."
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.burn_rate : policy.combiner == "AND" && length(policy.conditions) == 2])
    error_message = "A long and a short window have to agree."
  }

  assert {
    condition     = alltrue([for rate in values(local.burn_rates) : rate.factor * (1 - var.slo.availability) < 1])
    error_message = "An alert above the rate of all requests failing can never fire."
  }
}
`;
