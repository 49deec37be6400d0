/** edge.tf: what the gateway takes from the infrastructure: address, TLS, certificate, name, firewall. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { FIREWALL_RULES, RULE_SETS } from '../../google/web-firewall.ts';
import type { ModuleInput } from '../../module.ts';
import { recoveryForm } from '../../recovery/places.ts';
import { terraformText } from '../../terraform.ts';
import type { GoogleEdge } from '../gateway-google.ts';

export function edgeFile(input: ModuleInput, { managedNames, firewall }: GoogleEdge): FileTree {
  const parts = [
    ADDRESS,
    ...(managedNames ? [names(recoveryForm(input) !== null ? IN_REGIONS : ALONE)] : []),
    ...(firewall ? [FIREWALL] : []),
  ];
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

interface Names {
  readonly variables: HclExpression;
  readonly ofCertificate: HclExpression;
  readonly ofRecord: HclExpression;
  readonly at: HclExpression;
  readonly certificate: HclExpression;
  readonly record: HclExpression;
  readonly unnamed: HclExpression;
}

const ALONE: Names = {
  variables: hclCode(''),
  ofCertificate: hclCode(''),
  ofRecord: hclCode(''),
  at: hclCode(''),
  certificate: hcl`google_certificate_manager_certificate.gateway.id`,
  record: hcl`"*.\${var.domain}."`,
  unnamed: hclCode(''),
};

/** The certificate lies in no region, so one is enough for the gateways of all. */
const IN_REGIONS: Names = {
  variables: hcl`variable "certificate_of" {
  description = "The cluster whose certificate serves here as well; null for one of its own."
  type        = string
  default     = null
}

variable "gateway_record" {
  description = "The name that points at this gateway, where it is that of its region alone; null for all names of the domain, nothing while another region has these."
  type        = string
  default     = null
}

`,
  ofCertificate: hcl`  count = var.certificate_of == null ? 1 : 0

`,
  ofRecord: hcl`  count = var.gateway_record == "" ? 0 : 1

`,
  at: hclCode('[0]'),
  certificate: hcl`var.certificate_of == null ? one(google_certificate_manager_certificate.gateway[*].id) : "projects/\${var.project_id}/locations/global/certificates/\${var.certificate_of}-gateway"`,
  record: hcl`"\${coalesce(var.gateway_record, "*.\${var.domain}")}."`,
  unnamed: hcl`
# For who names no host before it is encrypted, as health checks of Cloud DNS may do.
resource "google_certificate_manager_certificate_map_entry" "unnamed" {
  name         = "unnamed"
  map          = google_certificate_manager_certificate_map.gateway.name
  certificates = google_certificate_manager_certificate_map_entry.gateway.certificates
  matcher      = "PRIMARY"
}
`,
};

const names = ({ variables, ofCertificate, ofRecord, at, certificate, record, unnamed }: Names) => hcl`
variable "domain" {
  description = "Domain of the cluster: workloads get a name in it each. It lies in the zone of the project."
  type        = string
}

${variables}# Proven by a record, so the certificate is there before the first request.
resource "google_certificate_manager_dns_authorization" "gateway" {
${ofCertificate}  name        = "\${var.cluster_name}-gateway"
  description = "Proves that \${var.domain} is ours."
  domain      = var.domain
}

resource "google_dns_record_set" "proof" {
${ofCertificate}  managed_zone = var.dns_zone_name
  name         = google_certificate_manager_dns_authorization.gateway${at}.dns_resource_record[0].name
  type         = google_certificate_manager_dns_authorization.gateway${at}.dns_resource_record[0].type
  ttl          = 300
  rrdatas      = [google_certificate_manager_dns_authorization.gateway${at}.dns_resource_record[0].data]
}

resource "google_certificate_manager_certificate" "gateway" {
${ofCertificate}  name        = "\${var.cluster_name}-gateway"
  description = "Every name of \${var.domain}; Google renews it."

  managed {
    domains            = ["*.\${var.domain}"]
    dns_authorizations = [google_certificate_manager_dns_authorization.gateway${at}.id]
  }
}

resource "google_certificate_manager_certificate_map" "gateway" {
  name        = "\${var.cluster_name}-gateway"
  description = "Certificates of the gateway."
}

resource "google_certificate_manager_certificate_map_entry" "gateway" {
  name         = "wildcard"
  map          = google_certificate_manager_certificate_map.gateway.name
  certificates = [${certificate}]
  hostname     = "*.\${var.domain}"
}
${unnamed}
resource "google_dns_record_set" "gateway" {
${ofRecord}  managed_zone = var.dns_zone_name
  name         = ${record}
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
