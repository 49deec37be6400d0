/** balancer.tf: one private address and one private name before the API servers, wherever one of them answers. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { gkeChoices } from '../gke/choices.ts';
import { fromAnyRegion, knownElsewhere } from './joined.ts';

/**
 * By a proxy: behind a balancer that passes packets on, a machine of the control plane would reach itself at that address
 * and no other one, so that a second one could never join.
 */
/** `listed`: packets from outside as well (listed-api.ts), by the same groups, which have one way of balancing. */
export function balancer(
  ports: readonly number[],
  input: ClusterInput,
  listed: HclExpression | null,
): HclExpression {
  const { network } = gkeChoices(input);
  const named = Object.fromEntries(ports.map(port => [`api-${port}`, port]));
  return hcl`
locals {
  # What hosts join by and people ask, one front for each.
  api_ports = ${named}

  control_plane_zones = toset([for machine in values(local.machines) : machine.zone if machine.role == "control-plane"])
}

resource "google_compute_instance_group" "control_plane" {
  for_each = local.control_plane_zones

  name      = "\${var.cluster_name}-control-plane-\${each.value}"
  zone      = each.value
  network   = local.network
  instances = [for name, machine in local.machines : google_compute_instance.machine[name].self_link if machine.role == "control-plane" && machine.zone == each.value]

  dynamic "named_port" {
    for_each = local.api_ports

    content {
      name = named_port.key
      port = named_port.value
    }
  }
}

resource "google_compute_address" "api" {
  name         = "\${var.cluster_name}-api"
  region       = var.region
  subnetwork   = local.subnetwork
  address      = local.settings["API_ADDRESS"]
  address_type = "INTERNAL"
  purpose      = "SHARED_LOADBALANCER_VIP"
}

resource "google_compute_region_health_check" "api" {
  for_each = local.api_ports

  name                = "\${var.cluster_name}-\${each.key}"
  region              = var.region
  check_interval_sec  = 5
  timeout_sec         = 3
  healthy_threshold   = 2
  unhealthy_threshold = 3

  tcp_health_check {
    port = each.value
  }
}

resource "google_compute_region_backend_service" "api" {
  for_each = local.api_ports

  name                  = "\${var.cluster_name}-\${each.key}"
  region                = var.region
  load_balancing_scheme = "INTERNAL_MANAGED"
  protocol              = "TCP"
  port_name             = each.key
  health_checks         = [google_compute_region_health_check.api[each.key].id]

  # Somebody who watches objects may hear nothing for an hour.
  timeout_sec                     = 7200
  connection_draining_timeout_sec = 60

  dynamic "backend" {
    for_each = google_compute_instance_group.control_plane

    content {
${listed === null ? BY_LOAD : BY_CONNECTIONS}
    }
  }
}

resource "google_compute_region_target_tcp_proxy" "api" {
  for_each = local.api_ports

  name            = "\${var.cluster_name}-\${each.key}"
  region          = var.region
  backend_service = google_compute_region_backend_service.api[each.key].id
}

resource "google_compute_forwarding_rule" "api" {
  for_each = local.api_ports

  name                  = "\${var.cluster_name}-\${each.key}"
  region                = var.region
  network               = local.network
  subnetwork            = local.subnetwork
  ip_address            = google_compute_address.api.id
  target                = google_compute_region_target_tcp_proxy.api[each.key].id
  port_range            = each.value
  load_balancing_scheme = "INTERNAL_MANAGED"${fromAnyRegion(input)}
${network === 'given' ? NOTHING : AFTER_PROXIES}}

# Its name, within the network and nowhere else.
resource "google_dns_managed_zone" "api" {
  # checkov:skip=CKV_GCP_16: A private zone is not signed.
  name        = "\${var.cluster_name}-api"
  dns_name    = "\${local.settings["API_NAME"]}."
  description = "The name of the Kubernetes API, within the network."
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = local.network
    }${knownElsewhere(input)}
  }
}

resource "google_dns_record_set" "api" {
  managed_zone = google_dns_managed_zone.api.name
  name         = google_dns_managed_zone.api.dns_name
  type         = "A"
  ttl          = 300
  rrdatas      = [google_compute_address.api.address]
}
${listed ?? NOTHING}`;
}

const NOTHING = hcl``;
const AFTER_PROXIES = hcl`
  depends_on = [google_compute_subnetwork.proxies]
`;
const BY_LOAD = hcl`      group           = backend.value.id
      balancing_mode  = "UTILIZATION"
      capacity_scaler = 1`;
const BY_CONNECTIONS = hcl`      group                        = backend.value.id
      balancing_mode               = "CONNECTION"
      max_connections_per_instance = 20000
      capacity_scaler              = 1`;
