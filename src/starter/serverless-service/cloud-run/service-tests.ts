/** What holds of a service beside web, in tests/*.tftest.hcl. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';

export const serviceTests = ({ closed }: Settings): HclExpression =>
  together(OWN, closed ? REACHED_WITHIN : REACHED, RETIRED);

/** Of tests/workloads. */
const OWN = hcl`
run "a_further_service_has_all_of_its_own" {
  command = plan

  variables {
    regions  = ["europe-west1", "europe-west4"]
    services = { orders = { port = 8080, max_instances = 5 } }
    secrets = {
      token = { workload = "orders", environment_variable = "TOKEN", version = "1" }
    }
  }

  assert {
    condition     = join(" ", keys(google_cloud_run_v2_service.web)) == "orders/europe-west1 orders/europe-west4 web/europe-west1 web/europe-west4"
    error_message = "It is a service in each region."
  }

  assert {
    condition     = alltrue([for place, service in google_cloud_run_v2_service.web : startswith(service.template[0].service_account, "\${split("/", place)[0]}-runtime@")])
    error_message = "It runs as an identity that no other has."
  }

  assert {
    condition     = join(" ", keys(google_secret_manager_secret_iam_member.reader)) == "token" && startswith(google_secret_manager_secret_iam_member.reader["token"].member, "serviceAccount:orders-runtime@") && length(local.mounted_secrets["orders"]) == 1 && length(local.mounted_secrets["web"]) == 0
    error_message = "It alone reads its secrets."
  }

  assert {
    condition     = google_cloud_run_v2_service.web["orders/europe-west4"].template[0].containers[0].ports[0].container_port == 8080
    error_message = "It is reached at its port."
  }

  assert {
    condition     = google_monitoring_alert_policy.saturation["orders"].conditions[0].condition_threshold[0].threshold_value == 4
    error_message = "Its limit is its own."
  }
}
`;

const REACHED = hcl`
run "a_further_service_answers_at_a_host_of_its_own" {
  command = plan

  variables {
    services = { orders = {}, prices = { host = "what-it-costs.shop.example.com" } }
  }

  assert {
    condition     = { for rule in google_compute_url_map.https.host_rule : rule.path_matcher => join(" ", rule.hosts) } == { orders = "orders.shop.example.com", prices = "what-it-costs.shop.example.com", web = "shop.example.com" }
    error_message = "The load balancer knows each of them by its host."
  }

  assert {
    condition     = join(" ", google_certificate_manager_certificate.main.managed[0].domains) == "shop.example.com *.shop.example.com" && google_certificate_manager_certificate_map_entry.services.hostname == "*.shop.example.com"
    error_message = "The certificate covers their hosts."
  }

  assert {
    condition     = google_monitoring_uptime_check_config.web["orders"].monitored_resource[0].labels["host"] == "orders.shop.example.com" && contains(keys(google_monitoring_alert_policy.unreachable), "orders")
    error_message = "It is asked from outside, and somebody hears when it does not answer."
  }

  assert {
    condition     = length([for record in output.dns_records : record if record.name == "orders.shop.example.com."]) == 2
    error_message = "Its records are printed, for both addresses."
  }
}
`;

const REACHED_WITHIN = hcl`
run "a_further_service_answers_at_a_host_of_its_own" {
  command = plan

  variables {
    services = { orders = {}, prices = { host = "what-it-costs.shop.example.com" } }
  }

  assert {
    condition     = alltrue([for map in google_compute_region_url_map.https : { for rule in map.host_rule : rule.path_matcher => join(" ", rule.hosts) } == { orders = "orders.shop.example.com", prices = "what-it-costs.shop.example.com", web = "shop.example.com" }])
    error_message = "The load balancer knows each of them by its host."
  }

  assert {
    condition     = alltrue([for certificate in google_certificate_manager_certificate.main : join(" ", certificate.managed[0].domains) == "shop.example.com *.shop.example.com"])
    error_message = "The certificate covers their hosts."
  }

  assert {
    condition     = length([for record in output.dns_records : record if record.name == "orders.shop.example.com."]) == 1
    error_message = "Its record is printed, for the address of the region."
  }
}
`;

const RETIRED = hcl`
run "a_retired_service_is_reached_by_nobody_and_may_be_deleted" {
  command = plan

  variables {
    services = { orders = { retired = true } }
  }

  assert {
    condition     = alltrue([for place, service in google_cloud_run_v2_service.web : service.deletion_protection == startswith(place, "web/")])
    error_message = "It may be deleted, and web may not."
  }

  assert {
    condition     = join(" ", keys(local.served)) == "web"
    error_message = "No host leads to it."
  }
}
`;

/** Of tests/inputs. */
export const SERVICE_INPUTS = hcl`
run "a_service_is_named_once" {
  command = plan

  variables {
    services = { worker = {} }
  }

  expect_failures = [var.services]
}

run "a_service_whose_name_cloud_run_refuses_is_refused_before" {
  command = plan

  variables {
    name     = "a-name-of-forty-characters-and-not-more"
    services = { recommendations = {} }
  }

  expect_failures = [var.services]
}

run "a_host_that_the_certificate_does_not_cover_is_refused" {
  command = plan

  variables {
    services = { orders = { host = "orders.of.shop.example.com" } }
  }

  expect_failures = [var.services]
}

run "a_host_is_that_of_one_service" {
  command = plan

  variables {
    services = { orders = {}, prices = { host = "orders.shop.example.com" } }
  }

  expect_failures = [var.services]
}

run "a_service_is_held_to_what_web_is_held_to" {
  command = plan

  variables {
    services = { orders = { image = "europe-west1-docker.pkg.dev/a-project/images/orders:main" } }
  }

  expect_failures = [var.services]
}
`;
