/** edge.tf where nothing comes from the internet: a load balancer in each region, at a private address. */
import { hcl } from '../../../files/hcl.ts';
import { REGIONAL_FIREWALL_RULES, RULE_SETS } from '../../google/web-firewall.ts';

export const CLOSED_EDGE = hcl`
locals {
${RULE_SETS}
}

# The same in both ports of a region, and in no network but this one and those that peer with it.
resource "google_compute_address" "edge" {
  for_each = local.subnets

  name         = "\${var.name}-edge"
  region       = each.key
  subnetwork   = google_compute_subnetwork.main[each.key].id
  address_type = "INTERNAL"
  purpose      = "SHARED_LOADBALANCER_VIP"
}

# Proven by a DNS record in the public zone of the domain, which nobody in this network asks: one for the domain and for
# what lies a level below it.
resource "google_certificate_manager_dns_authorization" "main" {
  for_each = local.subnets

  name        = var.name
  location    = each.key
  type        = "PER_PROJECT_RECORD"
  description = "Proves that \${var.domain} and what lies below it are ours."
  domain      = var.domain
}

resource "google_certificate_manager_certificate" "main" {
  for_each = google_certificate_manager_dns_authorization.main

  name        = var.name
  location    = each.key
  description = "Certificate of \${var.domain} and of services below it; Google renews it."

  managed {
    domains            = [var.domain, "*.\${var.domain}"]
    dns_authorizations = [each.value.id]
  }
}

resource "google_compute_region_ssl_policy" "main" {
  for_each = local.subnets

  name            = var.name
  region          = each.key
  profile         = "RESTRICTED"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_region_network_endpoint_group" "web" {
  for_each = google_cloud_run_v2_service.web

  name                  = each.value.name
  region                = each.value.location
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = each.value.name
  }
}

resource "google_compute_region_backend_service" "web" {
  for_each = google_compute_region_network_endpoint_group.web
  provider = google-beta

  name                  = each.value.name
  region                = each.value.region
  protocol              = "HTTPS"
  load_balancing_scheme = "INTERNAL_MANAGED"
  security_policy       = google_compute_region_security_policy.edge[each.value.region].self_link

  backend {
    group           = each.value.id
    balancing_mode  = "UTILIZATION"
    capacity_scaler = 1
  }

  log_config {
    enable      = true
    sample_rate = 1
  }
}

resource "google_compute_region_security_policy" "edge" {
  for_each = local.subnets

  name        = "\${var.name}-edge"
  region      = each.key
  description = "Web application firewall and rate limit of \${var.domain}, for the networks of the house."
  type        = "CLOUD_ARMOR"

${REGIONAL_FIREWALL_RULES}
}

resource "google_compute_region_url_map" "https" {
  for_each = local.subnets

  name   = "\${var.name}-https"
  region = each.key

  # A request for another name, or for the bare address, is sent to the domain.
  default_url_redirect {
    host_redirect          = var.domain
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }

  dynamic "host_rule" {
    for_each = local.served

    content {
      hosts        = [host_rule.value.host]
      path_matcher = host_rule.key
    }
  }

  dynamic "path_matcher" {
    for_each = local.served

    content {
      name            = path_matcher.key
      default_service = google_compute_region_backend_service.web["\${path_matcher.key}/\${each.key}"].id
    }
  }
}

resource "google_compute_region_url_map" "http" {
  for_each = local.subnets

  name   = "\${var.name}-http"
  region = each.key

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }
}

resource "google_compute_region_target_https_proxy" "main" {
  for_each = google_compute_region_url_map.https

  name                             = var.name
  region                           = each.key
  url_map                          = each.value.id
  ssl_policy                       = google_compute_region_ssl_policy.main[each.key].id
  certificate_manager_certificates = [google_certificate_manager_certificate.main[each.key].id]
}

resource "google_compute_region_target_http_proxy" "main" {
  for_each = google_compute_region_url_map.http

  name    = var.name
  region  = each.key
  url_map = each.value.id
}

resource "google_compute_forwarding_rule" "https" {
  for_each = google_compute_region_target_https_proxy.main

  name                  = "\${var.name}-https"
  region                = each.key
  load_balancing_scheme = "INTERNAL_MANAGED"
  network               = google_compute_network.main.id
  subnetwork            = google_compute_subnetwork.main[each.key].id
  ip_address            = google_compute_address.edge[each.key].id
  port_range            = "443"
  target                = each.value.id
  allow_global_access   = true

  depends_on = [google_compute_subnetwork.proxies]
}

resource "google_compute_forwarding_rule" "http" {
  for_each = google_compute_region_target_http_proxy.main

  name                  = "\${var.name}-http"
  region                = each.key
  load_balancing_scheme = "INTERNAL_MANAGED"
  network               = google_compute_network.main.id
  subnetwork            = google_compute_subnetwork.main[each.key].id
  ip_address            = google_compute_address.edge[each.key].id
  port_range            = "80"
  target                = each.value.id
  allow_global_access   = true

  depends_on = [google_compute_subnetwork.proxies]
}
`;

export const CLOSED_EDGE_TEST = hcl`
run "plain_http_is_redirected" {
  command = plan

  assert {
    condition     = alltrue([for map in google_compute_region_url_map.http : map.default_url_redirect[0].https_redirect])
    error_message = "Port 80 answers with a redirect to HTTPS."
  }
}

run "the_load_balancer_answers_to_the_house_alone" {
  command = plan

  assert {
    condition     = alltrue([for address in google_compute_address.edge : address.address_type == "INTERNAL"]) && alltrue([for rule in google_compute_forwarding_rule.https : rule.load_balancing_scheme == "INTERNAL_MANAGED"])
    error_message = "The load balancer has private addresses."
  }

  assert {
    condition     = alltrue([for policy in google_compute_region_security_policy.edge : alltrue([for rule in policy.rules : rule.action == "deny(403)" if rule.priority == 2147483647])])
    error_message = "Who comes from another network is refused."
  }
}

run "old_versions_of_tls_are_refused" {
  command = plan

  assert {
    condition     = alltrue([for policy in google_compute_region_ssl_policy.main : policy.min_tls_version == "TLS_1_2"])
    error_message = "TLS 1.2 is the least."
  }
}

run "the_firewall_blocks" {
  command = plan

  assert {
    condition     = alltrue([for policy in google_compute_region_security_policy.edge : length([for rule in policy.rules : rule if rule.action == "deny(403)" && !rule.preview]) == length(local.waf_rules) + 2])
    error_message = "The rules of the web application firewall are enforced, not previewed."
  }
}
`;
