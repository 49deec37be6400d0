# Follows ADR-0018 (docs/adr/0018-platform-defaults-safe-from-the-first-day.md).
# Global load balancer, certificate, redirect and web application firewall.

locals {
  ip_versions = { ipv4 = "IPV4", ipv6 = "IPV6" }

  # Rule sets of the OWASP Core Rule Set at the lowest sensitivity: high confidence, few false alarms.
  waf_rules = {
    1000 = "sqli-v33-stable"
    1010 = "xss-v33-stable"
    1020 = "lfi-v33-stable"
    1030 = "rfi-v33-stable"
    1040 = "rce-v33-stable"
    1050 = "scannerdetection-v33-stable"
    1060 = "protocolattack-v33-stable"
    1070 = "sessionfixation-v33-stable"
  }
}

resource "google_compute_global_address" "edge" {
  for_each = local.ip_versions

  name       = "${var.name}-${each.key}"
  ip_version = each.value
}

# Proven by a DNS record, one for the domain and for what lies a level below it: the certificate is there before traffic
# moves to the load balancer, and a service more needs no other.
resource "google_certificate_manager_dns_authorization" "main" {
  name        = var.name
  description = "Proves that ${var.domain} and what lies below it are ours."
  domain      = var.domain
}

resource "google_certificate_manager_certificate" "main" {
  name        = var.name
  description = "Certificate of ${var.domain} and of services below it; Google renews it."

  managed {
    domains            = [var.domain, "*.${var.domain}"]
    dns_authorizations = [google_certificate_manager_dns_authorization.main.id]
  }
}

resource "google_certificate_manager_certificate_map" "main" {
  name        = var.name
  description = "Certificates of the load balancer."
}

resource "google_certificate_manager_certificate_map_entry" "main" {
  name         = var.name
  description  = "Certificate of ${var.domain}."
  map          = google_certificate_manager_certificate_map.main.name
  certificates = [google_certificate_manager_certificate.main.id]
  hostname     = var.domain
}

resource "google_certificate_manager_certificate_map_entry" "services" {
  name         = "${var.name}-services"
  description  = "Certificate of services below ${var.domain}."
  map          = google_certificate_manager_certificate_map.main.name
  certificates = [google_certificate_manager_certificate.main.id]
  hostname     = "*.${var.domain}"
}

resource "google_compute_ssl_policy" "main" {
  name            = var.name
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

resource "google_compute_backend_service" "web" {
  for_each = local.services

  name                    = "${var.name}-${each.key}"
  protocol                = "HTTPS"
  load_balancing_scheme   = "EXTERNAL_MANAGED"
  security_policy         = google_compute_security_policy.edge.id
  custom_response_headers = ["Strict-Transport-Security: max-age=31536000"]

  dynamic "backend" {
    for_each = toset(var.regions)

    content {
      group = google_compute_region_network_endpoint_group.web["${each.key}/${backend.key}"].id
    }
  }

  # With a second region, errors of one send requests to the other.
  dynamic "outlier_detection" {
    for_each = length(var.regions) > 1 ? [1] : []

    content {
      consecutive_errors           = 5
      enforcing_consecutive_errors = 100
      max_ejection_percent         = 50

      interval {
        seconds = 10
      }

      base_ejection_time {
        seconds = 60
      }
    }
  }

  log_config {
    enable      = true
    sample_rate = 1
  }
}

resource "google_compute_security_policy" "edge" {
  name        = "${var.name}-edge"
  description = "Web application firewall and rate limit of ${var.domain}."
  type        = "CLOUD_ARMOR"

  adaptive_protection_config {
    layer_7_ddos_defense_config {
      enable = true
    }
  }

  advanced_options_config {
    json_parsing = "STANDARD"
    log_level    = "NORMAL"
  }

  # Flaws that are attacked everywhere, Log4Shell first: blocked even where the rest is only logged.
  rule {
    priority    = 900
    action      = "deny(403)"
    preview     = false
    description = "cve-canary"

    match {
      expr {
        expression = "evaluatePreconfiguredWaf('cve-canary')"
      }
    }
  }

  dynamic "rule" {
    for_each = local.waf_rules

    content {
      priority    = tonumber(rule.key)
      action      = "deny(403)"
      preview     = var.waf_preview
      description = rule.value

      match {
        expr {
          expression = "evaluatePreconfiguredWaf('${rule.value}', {'sensitivity': 1})"
        }
      }
    }
  }

  rule {
    priority    = 2000
    action      = "throttle"
    preview     = false
    description = "Requests per minute and client address."

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = var.requests_per_minute
        interval_sec = 60
      }
    }
  }

  rule {
    priority    = 2147483647
    action      = "allow"
    preview     = false
    description = "Default."

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

resource "google_compute_url_map" "https" {
  name = "${var.name}-https"

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
      default_service = google_compute_backend_service.web[path_matcher.key].id
    }
  }
}

resource "google_compute_url_map" "http" {
  name = "${var.name}-http"

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }
}

resource "google_compute_target_https_proxy" "main" {
  name            = var.name
  url_map         = google_compute_url_map.https.id
  ssl_policy      = google_compute_ssl_policy.main.id
  certificate_map = "//certificatemanager.googleapis.com/${google_certificate_manager_certificate_map.main.id}"

  depends_on = [google_certificate_manager_certificate_map_entry.main, google_certificate_manager_certificate_map_entry.services]
}

resource "google_compute_target_http_proxy" "main" {
  name    = var.name
  url_map = google_compute_url_map.http.id
}

resource "google_compute_global_forwarding_rule" "https" {
  for_each = google_compute_global_address.edge

  name                  = "${var.name}-https-${each.key}"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = each.value.id
  port_range            = "443"
  target                = google_compute_target_https_proxy.main.id
}

resource "google_compute_global_forwarding_rule" "http" {
  for_each = google_compute_global_address.edge

  name                  = "${var.name}-http-${each.key}"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = each.value.id
  port_range            = "80"
  target                = google_compute_target_http_proxy.main.id
}
