/** edge.tf: what the gateway takes from the infrastructure: address, TLS, certificate, name, firewall. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { FIREWALL_RULES, RULE_SETS } from '../../google/web-firewall.ts';
import type { ModuleInput } from '../../module.ts';
import { terraformText } from '../../terraform.ts';
import type { GoogleEdge } from '../gateway-google.ts';

export function edgeFile(input: ModuleInput, { managedNames, firewall }: GoogleEdge): FileTree {
  const parts = [ADDRESS, ...(managedNames ? [NAMES] : []), ...(firewall ? [FIREWALL] : [])];
  const code: HclExpression = { kind: 'expression', code: parts.map(part => part.code).join('') };
  return new Map([
    [
      'infra/gke/edge.tf',
      terraformText(
        input,
        'edge',
        'What the gateway names and the cluster cannot make: its address, its TLS, and what stands before it.',
        code,
      ),
    ],
  ]);
}

const ADDRESS = hcl`
resource "google_compute_global_address" "gateway" {
  name = "\${var.cluster_name}-gateway"
}

resource "google_compute_ssl_policy" "gateway" {
  name            = "\${var.cluster_name}-gateway"
  profile         = "RESTRICTED"
  min_tls_version = "TLS_1_2"
}
`;

const NAMES = hcl`
variable "domain" {
  description = "Domain of the cluster: workloads get a name in it each. It lies in the zone of the project."
  type        = string
}

# Proven by a record, so the certificate is there before the first request.
resource "google_certificate_manager_dns_authorization" "gateway" {
  name        = "\${var.cluster_name}-gateway"
  description = "Proves that \${var.domain} is ours."
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
  name        = "\${var.cluster_name}-gateway"
  description = "Every name of \${var.domain}; Google renews it."

  managed {
    domains            = ["*.\${var.domain}"]
    dns_authorizations = [google_certificate_manager_dns_authorization.gateway.id]
  }
}

resource "google_certificate_manager_certificate_map" "gateway" {
  name        = "\${var.cluster_name}-gateway"
  description = "Certificates of the gateway."
}

resource "google_certificate_manager_certificate_map_entry" "gateway" {
  name         = "wildcard"
  map          = google_certificate_manager_certificate_map.gateway.name
  certificates = [google_certificate_manager_certificate.gateway.id]
  hostname     = "*.\${var.domain}"
}

resource "google_dns_record_set" "gateway" {
  managed_zone = var.dns_zone_name
  name         = "*.\${var.domain}."
  type         = "A"
  ttl          = 300
  rrdatas      = [google_compute_global_address.gateway.address]
}
`;

const FIREWALL = hcl`
locals {
${RULE_SETS}
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
  name        = "\${var.cluster_name}-gateway"
  description = "Web application firewall and rate limit of \${var.cluster_name}."
  type        = "CLOUD_ARMOR"

${FIREWALL_RULES}
}
`;
