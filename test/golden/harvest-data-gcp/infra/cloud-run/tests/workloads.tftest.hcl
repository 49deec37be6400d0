# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# Runs with mock providers: no cloud, no credentials.

mock_provider "google" {}

variables {
  project_id     = "a-project"
  environment    = "staging"
  regions        = ["europe-west1"]
  network_cidr   = "10.40.0.0/20"
  domain         = "shop.example.com"
  alert_receiver = "alerts@example.com"
}

run "the_service_is_reached_through_the_load_balancer_only" {
  command = plan

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.web : service.ingress == "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"])
    error_message = "A service that the internet reaches directly is behind no web application firewall."
  }

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.web : service.deletion_protection])
    error_message = "Services are protected from deletion."
  }
}

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
    condition     = alltrue([for place, service in google_cloud_run_v2_service.web : startswith(service.template[0].service_account, "${split("/", place)[0]}-runtime@")])
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

run "the_worker_is_protected_and_behind_the_allow_list" {
  command = plan

  assert {
    condition     = alltrue([for pool in google_cloud_run_v2_worker_pool.worker : pool.deletion_protection && pool.template[0].vpc_access[0].egress == "ALL_TRAFFIC"])
    error_message = "Worker pools are protected from deletion and send all traffic through the network."
  }
}

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
