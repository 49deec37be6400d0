/** How the database is reached: one address of the network, and the name that its certificate holds. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

export const databaseEndpoint = (after: HclExpression) => hcl`
# The one address that it is reached at, among those of the nodes, and the name that its certificate holds.
resource "google_compute_address" "database" {
  name         = "\${var.cluster_name}-database"
  region       = var.region
  subnetwork   = local.subnetwork
  address_type = "INTERNAL"
${after}}

resource "google_compute_forwarding_rule" "database" {
  name                  = "\${var.cluster_name}-database"
  region                = var.region
  network               = local.network
  ip_address            = google_compute_address.database.id
  target                = google_sql_database_instance.main.psc_service_attachment_link
  load_balancing_scheme = ""
}

resource "google_dns_managed_zone" "database" {
  # checkov:skip=CKV_GCP_16: A private zone is not signed.
  name        = "\${var.cluster_name}-database"
  dns_name    = google_sql_database_instance.main.dns_name
  description = "The name of the database, within the network."
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = local.network
    }
  }
}

resource "google_dns_record_set" "database" {
  managed_zone = google_dns_managed_zone.database.name
  name         = google_sql_database_instance.main.dns_name
  type         = "A"
  ttl          = 60
  rrdatas      = [google_compute_address.database.address]
}

output "database" {
  description = "Where the database is, for workloads; no password stands in it."
  value = {
    host     = trimsuffix(google_sql_database_instance.main.dns_name, ".")
    port     = 5432
    name     = "platform"
    instance = google_sql_database_instance.main.connection_name
    users    = { for key, user in google_sql_user.workload : key => user.name }
  }
}
`;
