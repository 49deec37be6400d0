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
