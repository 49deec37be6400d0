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
