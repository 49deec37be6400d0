# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# Runs with mock providers: no cloud, no credentials.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_kms_alias" {
    defaults = { target_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000" }
  }

  mock_data "aws_acm_certificate" {
    defaults = { arn = "arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  account_id     = "111122223333"
  environment    = "staging"
  region         = "eu-central-1"
  network_cidr   = "10.40.0.0/20"
  domain         = "shop.example.com"
  alert_receiver = "alerts@example.com"
}

run "placeholders_are_refused" {
  command = plan

  variables {
    account_id = "000000000000"
    region     = "somewhere"
  }

  expect_failures = [var.account_id, var.region]
}

run "a_network_too_small_for_three_zones_is_refused" {
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
      token = { workload = "nobody", environment_variable = "TOKEN", version = "AWSCURRENT" }
    }
  }

  expect_failures = [var.secrets]
}

run "the_internet_is_not_a_private_range" {
  command = plan

  variables {
    egress_ranges = ["0.0.0.0/0"]
  }

  expect_failures = [var.egress_ranges]
}

run "an_image_without_a_digest_is_refused" {
  command = plan

  variables {
    web = { image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/web:main" }
  }

  expect_failures = [var.web]
}

run "a_size_that_fargate_does_not_sell_is_refused" {
  command = plan

  variables {
    web = { cpu = 32768, memory = 65536 }
  }

  expect_failures = [var.web]
}

run "more_memory_than_fargate_has_is_refused" {
  command = plan

  variables {
    web = { cpu = 16384, memory = 131072 }
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
