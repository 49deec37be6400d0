# Follows ADR-0015 (docs/adr/0015-dns-and-certificates-externaldns-and-cert-manager.md).
# The certificate of the domain.

# Proven by a DNS record that stays, one and the same for the domain and for what lies a level below it: AWS renews the
# certificate with it.
resource "aws_acm_certificate" "main" {
  domain_name               = var.domain
  subject_alternative_names = ["*.${var.domain}"]
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
    prevent_destroy       = true
  }
}
