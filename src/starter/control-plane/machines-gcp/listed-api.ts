/** The API for networks on a list: an address outside whose packets arrive as they were sent, so that the firewall knows who asks. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import type { Distribution } from '../self-managed/distribution.ts';

/** An agent of Google in the image lets a machine take packets for the address of a balancer; Talos has none. Answers leave past no firewall. */
export function apiIsListed(input: StarterInput, { setUpBy }: Pick<Distribution, 'setUpBy'>): boolean {
  const wanted = pickOf(input.stack, 'api-exposure') === 'allow-listed';
  return wanted && setUpBy === 'machine' && wayOut(input) === 'nat';
}

/** `project`: a line that names the project of the rule, where the network is of another one. */
export const listedApi = (project: HclExpression) => hcl`
# Machines ask by the address within the network: at this one each would reach itself.
resource "google_compute_address" "api_listed" {
  count = length(var.api_allowed_cidrs) > 0 ? 1 : 0

  name         = "\${var.cluster_name}-api-listed"
  region       = var.region
  address_type = "EXTERNAL"
}

resource "google_compute_region_backend_service" "api_listed" {
  count = length(var.api_allowed_cidrs) > 0 ? 1 : 0

  name                            = "\${var.cluster_name}-api-listed"
  region                          = var.region
  load_balancing_scheme           = "EXTERNAL"
  protocol                        = "TCP"
  health_checks                   = [google_compute_region_health_check.api["api-6443"].id]
  connection_draining_timeout_sec = 60

  dynamic "backend" {
    for_each = google_compute_instance_group.control_plane

    content {
      group          = backend.value.id
      balancing_mode = "CONNECTION"
    }
  }
}

resource "google_compute_forwarding_rule" "api_listed" {
  count = length(var.api_allowed_cidrs) > 0 ? 1 : 0

  name                  = "\${var.cluster_name}-api-listed"
  region                = var.region
  ip_address            = google_compute_address.api_listed[0].id
  ip_protocol           = "TCP"
  ports                 = ["6443"]
  backend_service       = google_compute_region_backend_service.api_listed[0].id
  load_balancing_scheme = "EXTERNAL"
}

resource "google_compute_firewall" "api_listed" {
  count = length(var.api_allowed_cidrs) > 0 ? 1 : 0
${project}
  name        = "\${var.cluster_name}-api-listed"
  description = "Networks on the list, at the API and nothing else, and Google asking whether it is well."
  network     = local.network
  direction   = "INGRESS"
  priority    = 1000

  source_ranges           = concat(sort(var.api_allowed_cidrs), ["35.191.0.0/16", "209.85.152.0/22", "209.85.204.0/22"])
  target_service_accounts = [google_service_account.machine["control-plane"].email]

  allow {
    protocol = "tcp"
    ports    = ["6443"]
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

# The same name outside; within the network its private zone goes before.
resource "google_dns_record_set" "api_listed" {
  count = length(var.api_allowed_cidrs) > 0 ? 1 : 0

  managed_zone = data.google_dns_managed_zone.platform.name
  name         = "\${local.settings["API_NAME"]}."
  type         = "A"
  ttl          = 300
  rrdatas      = [google_compute_address.api_listed[0].address]
}
`;

export const LISTED_VARIABLE = hcl`
variable "api_allowed_cidrs" {
  description = "Networks that reach the API from outside, besides what is in its network. Empty: it has a private address alone."
  type        = set(string)
  default     = []

  validation {
    condition     = !anytrue([for cidr in var.api_allowed_cidrs : endswith(cidr, "/0")])
    error_message = "The whole internet is not an allow-list."
  }
}
`;

export const LISTED_VALUES: HclBody = [
  gap,
  comment('Networks that reach the API from outside, yours in the place of the example.'),
  attribute('api_allowed_cidrs', ['192.0.2.0/24']),
];

export const LISTED_RUNS = hcl`
run "has_no_public_api_without_a_list" {
  command = plan

  assert {
    condition     = length(google_compute_forwarding_rule.api_listed) == 0 && length(google_dns_record_set.api_listed) == 0
    error_message = "Without an allow-list there is no public address."
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}
`;
