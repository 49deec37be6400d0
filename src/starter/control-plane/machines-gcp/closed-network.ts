/** Machines in a network without a way out: what they may call, whatever routes somebody adds. */
import { hcl } from '../../../files/hcl.ts';
import { HOUSE_RANGES } from '../../egress/proxy/settings.ts';
import { RESTRICTED_RANGE } from '../gke/way-out.ts';

/** The server of metadata is called past all rules; answers to whoever was let in pass as well. */
export const NOTHING_LEAVES = hcl`
# There is no route out. These hold as well when somebody adds one.
resource "google_compute_firewall" "within" {
  name        = "\${var.cluster_name}-within"
  description = "Machines call this network, the house, and Google at the addresses that lead nowhere else."
  network     = local.network
  direction   = "EGRESS"
  priority    = 1000

  destination_ranges      = concat([var.vpc_cidr, ${RESTRICTED_RANGE}], ${[...HOUSE_RANGES]})
  target_service_accounts = [for account in google_service_account.machine : account.email]

  allow {
    protocol = "all"
  }
}

resource "google_compute_firewall" "no_way_out" {
  name        = "\${var.cluster_name}-no-way-out"
  description = "Nothing leaves this network."
  network     = local.network
  direction   = "EGRESS"
  priority    = 65000

  destination_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}
`;
