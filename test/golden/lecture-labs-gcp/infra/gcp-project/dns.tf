# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# The zone that all names of the platform lie in.

resource "google_dns_managed_zone" "platform" {
  name        = "platform"
  dns_name    = "${var.dns_zone}."
  description = "Names of the platform."
  visibility  = "public"

  dnssec_config {
    state = "on"

    default_key_specs {
      algorithm  = "ecdsap256sha256"
      key_length = 256
      key_type   = "keySigning"
    }

    default_key_specs {
      algorithm  = "ecdsap256sha256"
      key_length = 256
      key_type   = "zoneSigning"
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.main]
}

output "name_servers" {
  description = "What the domain above has to name for this zone."
  value       = google_dns_managed_zone.platform.name_servers
}
