/** tests/inputs.tftest.hcl: values that are refused before anything is planned. */
import { hcl } from '../../../files/hcl.ts';

export const INPUTS = hcl`
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
`;

export const WEB_INPUTS = hcl`
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
`;

export const EDGE_INPUTS = hcl`
run "an_objective_whose_alert_cannot_fire_is_refused" {
  command = plan

  variables {
    slo = { availability = 0.9 }
  }

  expect_failures = [var.slo]
}
`;
