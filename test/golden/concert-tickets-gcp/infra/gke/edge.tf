# Follows ADR-0014 (docs/adr/0014-edge-the-providers-gateway.md).
# What the gateway names and the cluster cannot make: its address, its TLS, and what stands before it.

resource "google_compute_global_address" "gateway" {
  name = "${var.cluster_name}-gateway"
}

resource "google_compute_ssl_policy" "gateway" {
  name            = "${var.cluster_name}-gateway"
  profile         = "RESTRICTED"
  min_tls_version = "TLS_1_2"
}

variable "domain" {
  description = "Domain of the cluster: workloads get a name in it each. It lies in the zone of the project."
  type        = string
}

# Proven by a record, so the certificate is there before the first request.
resource "google_certificate_manager_dns_authorization" "gateway" {
  name        = "${var.cluster_name}-gateway"
  description = "Proves that ${var.domain} is ours."
  domain      = var.domain
}

resource "google_dns_record_set" "proof" {
  managed_zone = var.dns_zone_name
  name         = google_certificate_manager_dns_authorization.gateway.dns_resource_record[0].name
  type         = google_certificate_manager_dns_authorization.gateway.dns_resource_record[0].type
  ttl          = 300
  rrdatas      = [google_certificate_manager_dns_authorization.gateway.dns_resource_record[0].data]
}

resource "google_certificate_manager_certificate" "gateway" {
  name        = "${var.cluster_name}-gateway"
  description = "Every name of ${var.domain}; Google renews it."

  managed {
    domains            = ["*.${var.domain}"]
    dns_authorizations = [google_certificate_manager_dns_authorization.gateway.id]
  }
}

resource "google_certificate_manager_certificate_map" "gateway" {
  name        = "${var.cluster_name}-gateway"
  description = "Certificates of the gateway."
}

resource "google_certificate_manager_certificate_map_entry" "gateway" {
  name         = "wildcard"
  map          = google_certificate_manager_certificate_map.gateway.name
  certificates = [google_certificate_manager_certificate.gateway.id]
  hostname     = "*.${var.domain}"
}

resource "google_dns_record_set" "gateway" {
  managed_zone = var.dns_zone_name
  name         = "*.${var.domain}."
  type         = "A"
  ttl          = 300
  rrdatas      = [google_compute_global_address.gateway.address]
}

locals {
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

variable "waf_preview" {
  description = "Log what the web application firewall would block instead of blocking it."
  type        = bool
  default     = false
}

variable "requests_per_minute" {
  description = "Requests that one client address may make in a minute; more get status 429."
  type        = number
  default     = 600
}

resource "google_compute_security_policy" "gateway" {
  name        = "${var.cluster_name}-gateway"
  description = "Web application firewall and rate limit of ${var.cluster_name}."
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
