# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Runs without an account: tofu test. What must never be lost in a change of this module.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = {
      names = ["zone-a", "zone-b", "zone-c", "zone-d"]
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{}"
    }
  }
}

variables {
  cluster_name    = "booking-staging"
  environment     = "staging"
  account_id      = "000000000000"
  region          = "eu-central-1"
  vpc_cidr        = "10.96.0.0/17"
  service_cidr    = "172.20.0.0/16"
  admin_role_arns = ["arn:aws:iam::000000000000:role/admin"]
  dns_zone        = "example.com"
  sign_in = {
    issuer_url = "https://login.example.com"
    client_id  = "kubernetes"
  }
}

run "spreads_over_three_zones" {
  command = plan

  assert {
    condition     = length(aws_subnet.private) == 3 && length(aws_nat_gateway.zone) == 3
    error_message = "Three zones, each with a NAT gateway of its own."
  }

  assert {
    condition     = aws_eks_node_group.workload.scaling_config[0].min_size >= 3
    error_message = "Losing one node must go unnoticed."
  }
}

run "keeps_the_api_closed_by_default" {
  command = plan

  assert {
    condition     = aws_eks_cluster.main.vpc_config[0].endpoint_public_access == false
    error_message = "Without an allow-list there is no public endpoint."
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "refuses_a_single_node" {
  command = plan

  variables {
    workload_nodes = {
      instance_types = ["m7i.large"]
      min_size       = 1
      max_size       = 1
    }
  }

  expect_failures = [var.workload_nodes]
}

run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = aws_eks_cluster.main.deletion_protection && aws_eks_cluster.main.access_config[0].authentication_mode == "API"
    error_message = "Deletion protection is on, and access is given by access entries alone."
  }
}

run "leaves_by_one_gateway_where_that_is_enough" {
  command = plan

  variables {
    nat_gateways = "one"
  }

  assert {
    condition     = length(aws_nat_gateway.zone) == 1 && length(aws_eip.nat) == 1 && length(aws_route.nat) == 3
    error_message = "One NAT gateway, and a way to it from each zone."
  }
}

run "keeps_a_copy_of_the_database_in_a_second_zone" {
  command = plan

  variables {
    database_zones = 2
  }

  assert {
    condition     = aws_db_instance.main.multi_az
    error_message = "A second zone takes over."
  }
}

run "keeps_the_database_in_one_zone_where_that_is_enough" {
  command = plan

  variables {
    database_zones = 1
  }

  assert {
    condition     = !aws_db_instance.main.multi_az && aws_db_instance.main.deletion_protection && aws_db_instance.main.backup_retention_period == 14
    error_message = "One zone, with the same backups and the same protection."
  }
}
