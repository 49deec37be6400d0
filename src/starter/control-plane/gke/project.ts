/** infra/gcp-project: what a project needs once, before its first cluster: APIs, state, trust in GitHub, roles, the DNS zone. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { GITHUB_TRUST } from '../../google/github-trust.ts';
import { REPOSITORY_ID } from '../../google/repository-id.ts';
import { STATE_BUCKET } from '../../google/state-bucket.ts';
import { versions } from '../../google/versions.ts';
import { zoneOfNames } from '../../google/zone.ts';
import { domainOf } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import { pipelines } from './pipelines.ts';
import type { ProjectNeeds } from './project-needs.ts';
import { type CustomRole, customRoles, DNS_ROLES, SHARED_ROLES } from './project-roles.ts';

export const PROJECT_FOLDER = 'infra/gcp-project';
/** `roles`: what controllers of these clusters may do beside what those of every cluster may. */
export function project(
  input: ClusterInput,
  needs: ProjectNeeds,
  roles: readonly CustomRole[] = [],
): FileTree {
  const file = (name: string, says: string, code: HclExpression) =>
    [`${PROJECT_FOLDER}/${name}.tf`, terraformText(input, 'control-plane', says, code)] as const;
  const place = zoneOfNames(input);
  return new Map([
    file(
      'versions',
      'Applied once per project, by a person, with state in this folder; afterwards the state is moved into the bucket (docs/runbooks/bootstrap.md).',
      hcl`${versions(input)}
provider "google" {
  project = var.project_id
  region  = var.region

  default_labels = {
    managed-by = "terraform"
  }
}
`,
    ),
    file('variables', 'Values of one project.', variables(input)),
    file('project', 'APIs, and who read or changed what: in the audit log.', services(needs)),
    file(
      'state',
      'State holds addresses and names of everything: private, and every version kept.',
      STATE_BUCKET,
    ),
    ...(place === 'project' ? [file('dns', 'The zone that all names of the platform lie in.', DNS)] : []),
    file(
      'roles',
      'What controllers of clusters may do, no more: a cluster gives each to one of its service accounts.',
      customRoles(roles, place === 'house' ? [] : [DNS_ROLES]),
    ),
    file(
      'pipeline',
      'Pipelines prove who they are by a token of GitHub; there is no key to lose. One identity reads, the other one changes.',
      hcl`${GITHUB_TRUST}
${pipelines(needs, [...SHARED_ROLES.filter(key => place !== 'house' || key !== 'dns_zones'), ...roles.map(({ key }) => key)])}`,
    ),
  ]);
}

function variables(input: ClusterInput): HclExpression {
  const [{ region }] = input.clusters;
  return hcl`
variable "project_id" {
  description = "The only Google Cloud project that this state may touch."
  type        = string
  default     = ${TOKENS.gcpProject}
}

variable "region" {
  description = "Region of the state bucket."
  type        = string
  default     = ${region}
}

${zoneOfNames(input) === 'project' ? zoneVariable(input) : NO_ZONE}${REPOSITORY_ID}

variable "apply_environments" {
  description = "GitHub environments, named for clusters, whose workflows may change this project."
  type        = set(string)
}
`;
}

const NO_ZONE: HclExpression = { kind: 'expression', code: '' };
const zoneVariable = (input: ClusterInput) => hcl`variable "dns_zone" {
  description = "Domain whose names this project holds; delegated to it by whoever has the domain above."
  type        = string
  default     = ${domainOf(input)}
}

`;

const named = (apis: readonly string[]) => apis.map(api => `${api}.googleapis.com`);
const services = ({ apis, audited }: ProjectNeeds) => hcl`
locals {
  apis = toset(${named(apis)})
}

resource "google_project_service" "main" {
  for_each = local.apis

  service            = each.key
  disable_on_destroy = false
}

# Who read a secret, the state or an object of a cluster, and who took which identity. Other changes are logged anyway.
resource "google_project_iam_audit_config" "main" {
  for_each = toset(${named(audited)})

  project = var.project_id
  service = each.key

  audit_log_config {
    log_type = "ADMIN_READ"
  }

  audit_log_config {
    log_type = "DATA_READ"
  }

  audit_log_config {
    log_type = "DATA_WRITE"
  }
}
`;

const DNS = hcl`
resource "google_dns_managed_zone" "platform" {
  name        = "platform"
  dns_name    = "\${var.dns_zone}."
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
`;
