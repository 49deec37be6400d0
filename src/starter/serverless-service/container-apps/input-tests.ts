/** tests/inputs.tftest.hcl: values that must be refused before anything is planned. */
import { hcl } from '../../../files/hcl.ts';

export const INPUTS = hcl`
run "placeholders_are_refused" {
  command = plan

  variables {
    subscription_id = "replace-me"
    location        = "West Europe"
  }

  expect_failures = [var.subscription_id, var.location]
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

export const NETWORK_INPUTS = hcl`
run "a_network_too_small_is_refused" {
  command = plan

  variables {
    network_cidr = "10.40.0.0/24"
  }

  expect_failures = [var.network_cidr]
}

run "an_egress_range_of_everything_is_refused" {
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
    web = { image = "shop.azurecr.io/web:main" }
  }

  expect_failures = [var.web]
}

run "more_replicas_than_the_platform_starts_are_refused" {
  command = plan

  variables {
    web = { max_replicas = 1001 }
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

export const SIZE_INPUTS = hcl`
run "a_pair_of_cpu_and_memory_that_does_not_exist_is_refused" {
  command = plan

  variables {
    web = { cpu = 1, memory = "4Gi" }
  }

  expect_failures = [var.web]
}

run "more_than_the_profile_has_is_refused" {
  command = plan

  variables {
    web = { cpu = 4.25, memory = "8.5Gi" }
  }

  expect_failures = [var.web]
}

run "the_largest_pair_is_taken" {
  command = plan

  variables {
    web = { cpu = 4, memory = "8Gi" }
  }

  assert {
    condition     = azurerm_container_app.web["web"].template[0].container[0].cpu == 4
    error_message = "Four vCPU with 8 GiB fit the Consumption profile."
  }
}
`;
