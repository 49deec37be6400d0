/** Roles of one's own in a project: what controllers of its clusters may do, and no more. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

/** Custom roles, which belong to a project and not to one of its clusters. */
export const ROLES = {
  records: 'platformDnsRecords',
  zones: 'platformDnsZones',
  snapshots: 'platformSnapshots',
} as const;

/** A role of one's own in the project. */
export interface CustomRole {
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly permissions: readonly string[];
}

/** As the roles below are called in this state. */
export const SHARED_ROLES = ['dns_zones', 'snapshots'] as const;

/** Those of every cluster, and of those of this kind; `more` come first. */
export function customRoles(roles: readonly CustomRole[], more: readonly HclExpression[]): HclExpression {
  return {
    kind: 'expression',
    code: [...more, SNAPSHOTS, ...roles.map(customRole)].map(({ code }) => code).join(''),
  };
}

function customRole({ key, id, title, says, permissions }: CustomRole): HclExpression {
  return hcl`
resource "google_project_iam_custom_role" ${key} {
  role_id     = ${id}
  title       = ${title}
  description = ${says}
  permissions = ${permissions}
}
`;
}

/** For whoever writes records into a zone, or only sees which there are. */
export const DNS_ROLES = hcl`
resource "google_project_iam_custom_role" "dns_records" {
  role_id     = ${ROLES.records}
  title       = "Records of a zone"
  description = "Reads and changes records of the zone that it is given for."
  permissions = [
    "dns.changes.create",
    "dns.changes.get",
    "dns.changes.list",
    "dns.managedZones.get",
    "dns.resourceRecordSets.create",
    "dns.resourceRecordSets.delete",
    "dns.resourceRecordSets.get",
    "dns.resourceRecordSets.list",
    "dns.resourceRecordSets.update",
  ]
}

resource "google_project_iam_custom_role" "dns_zones" {
  role_id     = ${ROLES.zones}
  title       = "Names of zones"
  description = "Sees which zones there are, and nothing in them."
  permissions = ["dns.managedZones.get", "dns.managedZones.list"]
}
`;

const SNAPSHOTS = hcl`
resource "google_project_iam_custom_role" "snapshots" {
  role_id     = ${ROLES.snapshots}
  title       = "Snapshots of volumes"
  description = "Copies disks and restores them."
  permissions = [
    "compute.disks.create",
    "compute.disks.createSnapshot",
    "compute.disks.get",
    "compute.projects.get",
    "compute.snapshots.create",
    "compute.snapshots.delete",
    "compute.snapshots.get",
    "compute.snapshots.setLabels",
    "compute.snapshots.useReadOnly",
    "compute.zones.get",
  ]
}
`;
