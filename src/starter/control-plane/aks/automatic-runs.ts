/** What must never be lost in a change of the module of AKS Automatic. */
import { hcl } from '../../../files/hcl.ts';

/** tests/ of AKS Automatic. */
export const AUTOMATIC_RUNS = hcl`run "keeps_the_api_closed_by_default" {
  command = plan

  assert {
    condition     = local.automatic_cluster.properties.apiServerAccessProfile.enablePrivateCluster
    error_message = "Without an allow-list the API answers within the network alone."
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "lets_nobody_in_without_entra" {
  command = plan

  assert {
    condition     = local.automatic_cluster.properties.disableLocalAccounts && local.automatic_cluster.properties.securityProfile.workloadIdentity.enabled
    error_message = "There are no local accounts, and pods have identities of their own."
  }
}

run "holds_versions_back_in_a_freeze" {
  command = plan

  variables {
    freezes = [{ start = "2026-12-15T00:00:00Z", end = "2027-01-05T00:00:00Z" }]
  }

  assert {
    condition     = length(local.maintenance.aksManagedAutoUpgradeSchedule.freezes) == 1 && length(local.maintenance.aksManagedNodeOSUpgradeSchedule.freezes) == 0
    error_message = "A freeze stops new versions of Kubernetes and lets patched images through."
  }
}

run "protects_what_cannot_be_remade" {
  command = plan

  assert {
    condition     = azurerm_management_lock.cluster.lock_level == "CanNotDelete" && azurerm_management_lock.logs.lock_level == "CanNotDelete"
    error_message = "A lock keeps the cluster and its audit log from being deleted."
  }
}`;
