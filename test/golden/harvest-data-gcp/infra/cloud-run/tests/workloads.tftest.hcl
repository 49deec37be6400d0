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
