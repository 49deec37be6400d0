/** The instance in Cloud SQL: private, copied, and hard to remove. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { databaseZonesVariable } from '../../environments/database-zones.ts';
import type { DatabaseCopy } from './database-copy.ts';

export function databaseInstance(
  input: ClusterInput,
  { variables, source, own, ownBlock, noneOfCopy }: DatabaseCopy,
): HclExpression {
  return hcl`
variable "database" {
  description = "Size of the database. The version is a major one: Google applies minor ones within the maintenance window."
  type = object({
    version     = string
    tier        = string
    storage_gib = number
  })
  default = {
    version     = "POSTGRES_17"
    tier        = "db-custom-2-8192"
    storage_gib = 100
  }
}

${databaseZonesVariable(input)}${variables}
resource "google_sql_database_instance" "main" {
  # checkov:skip=CKV_GCP_6: Encrypted connections are required; a certificate of each client is not, since a token says who it is.
  # checkov:skip=CKV_GCP_57: Statements that take longer than a second are logged, with what they say: without that nobody finds the slow ones.
  # checkov:skip=CKV_GCP_79: The major version is a value of the cluster, and is raised by people who have tried it.
  # checkov:skip=CKV2_GCP_13: How long each statement took is in Query Insights; the log has those that took longer than a second.
  # checkov:skip=CKV_GCP_108: Names of clients would be asked for at each connection; their addresses are logged.
  # checkov:skip=CKV_GCP_111: What every statement says would be in the log, with data of people in it.
  name                = "\${var.cluster_name}-main"
  region              = var.region
  database_version    = var.database.version
  deletion_protection = true
${source}
  settings {
    edition                     = "ENTERPRISE"
    tier                        = var.database.tier
    availability_type           = ${own(hcl`var.database_zones == 2 ? "REGIONAL" : "ZONAL"`, hcl`"ZONAL"`)}
    deletion_protection_enabled = true
    retain_backups_on_delete    = ${own(hcl`true`, hcl`null`)}

    disk_type             = "PD_SSD"
    disk_size             = var.database.storage_gib
    disk_autoresize       = true
    disk_autoresize_limit = var.database.storage_gib * 5

    # An endpoint for this project alone. A peering would take a range of its own out of the network, and let it be reached from both sides.
    ip_configuration {
      ipv4_enabled   = false
      ssl_mode       = "ENCRYPTED_ONLY"
      server_ca_mode = "GOOGLE_MANAGED_CAS_CA"

      psc_config {
        psc_enabled               = true
        allowed_consumer_projects = [var.project_id]
      }
    }

${ownBlock('backup_configuration', BACKUPS)}

${ownBlock('maintenance_window', WINDOW)}

    insights_config {
      query_insights_enabled = true
    }

${FLAGS}  }

  lifecycle {
    prevent_destroy = true
    # It grows by itself.
    ignore_changes = [settings[0].disk_size]
  }
}

resource "google_sql_database" "platform" {
${noneOfCopy}  name            = "platform"
  instance        = google_sql_database_instance.main.name
  deletion_policy = "ABANDON"
}
`;
}

const BACKUPS = hcl`
enabled                        = true
start_time                     = "00:30"
location                       = var.region
point_in_time_recovery_enabled = true
transaction_log_retention_days = 7

backup_retention_settings {
  retained_backups = 14
}
`;

const WINDOW = hcl`
day          = 7
hour         = 3
update_track = "stable"
`;

const FLAGS: HclExpression = {
  kind: 'expression',
  code: Object.entries({
    'cloudsql.enable_pgaudit': 'on',
    'cloudsql.iam_authentication': 'on',
    log_checkpoints: 'on',
    log_connections: 'on',
    log_disconnections: 'on',
    log_lock_waits: 'on',
    // What takes longer than a second is worth knowing of.
    log_min_duration_statement: '1000',
    log_min_error_statement: 'error',
    log_temp_files: '0',
  })
    .map(
      ([name, value]) =>
        hcl`    database_flags {
      name  = ${name}
      value = ${value}
    }
`.code,
    )
    .join('\n'),
};
