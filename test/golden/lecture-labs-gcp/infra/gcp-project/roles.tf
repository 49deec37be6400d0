# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# What controllers of clusters may do, no more: a cluster gives each to one of its service accounts.

resource "google_project_iam_custom_role" "dns_records" {
  role_id     = "platformDnsRecords"
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
  role_id     = "platformDnsZones"
  title       = "Names of zones"
  description = "Sees which zones there are, and nothing in them."
  permissions = ["dns.managedZones.get", "dns.managedZones.list"]
}

resource "google_project_iam_custom_role" "snapshots" {
  role_id     = "platformSnapshots"
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
