# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Runs without a project: tofu test. What must never be lost in a change of this module.

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

  mock_resource "google_certificate_manager_dns_authorization" {
    defaults = {
      dns_resource_record = [{ name = "_proof.example.com.", type = "CNAME", data = "proof.example.com." }]
    }
  }
}

variables {
  cluster_name  = "rides-staging"
  short_name    = "staging"
  environment   = "staging"
  project_id    = "test-project"
  region        = "europe-west4"
  vpc_cidr      = "10.64.0.0/16"
  pod_cidr      = "10.64.128.0/17"
  service_cidr  = "172.21.0.0/21"
  admin_members = ["group:admins@example.com"]
  domain        = "example.com"
  groups_domain = "example.com"
}

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

run "keeps_a_copy_of_the_database_in_a_second_zone" {
  command = plan

  variables {
    database_zones = 2
  }

  assert {
    condition     = google_sql_database_instance.main.settings[0].availability_type == "REGIONAL"
    error_message = "A second zone takes over."
  }
}

run "keeps_the_database_in_one_zone_where_that_is_enough" {
  command = plan

  variables {
    database_zones = 1
  }

  assert {
    condition     = google_sql_database_instance.main.settings[0].availability_type == "ZONAL" && google_sql_database_instance.main.settings[0].deletion_protection_enabled && google_sql_database_instance.main.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "One zone, with the same backups and the same protection."
  }
}
