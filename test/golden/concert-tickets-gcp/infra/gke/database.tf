# Follows ADR-0003 (docs/adr/0003-data-services-managed-databases-of-the-cloud-provider.md).
# PostgreSQL at one address of the nodes' network, in as many zones as its values say. Workloads sign in with their own identity; nobody has a password of it.

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

variable "database_zones" {
  description = "2: a copy in a second zone takes over by itself, and costs as much again. 1: a zone that is lost is waited for, or the database is restored into another one. May be changed at any time."
  type        = number
  default     = 2

  validation {
    condition     = contains([1, 2], var.database_zones)
    error_message = "A database stands in one zone or in two."
  }
}

resource "google_sql_database_instance" "main" {
  # checkov:skip=CKV_GCP_6: Encrypted connections are required; a certificate of each client is not, since a token says who it is.
  # checkov:skip=CKV_GCP_57: Statements that take longer than a second are logged, with what they say: without that nobody finds the slow ones.
  # checkov:skip=CKV_GCP_79: The major version is a value of the cluster, and is raised by people who have tried it.
  # checkov:skip=CKV2_GCP_13: How long each statement took is in Query Insights; the log has those that took longer than a second.
  # checkov:skip=CKV_GCP_108: Names of clients would be asked for at each connection; their addresses are logged.
  # checkov:skip=CKV_GCP_111: What every statement says would be in the log, with data of people in it.
  name                = "${var.cluster_name}-main"
  region              = var.region
  database_version    = var.database.version
  deletion_protection = true

  settings {
    edition                     = "ENTERPRISE"
    tier                        = var.database.tier
    availability_type           = var.database_zones == 2 ? "REGIONAL" : "ZONAL"
    deletion_protection_enabled = true
    retain_backups_on_delete    = true

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

    backup_configuration {
      enabled                        = true
      start_time                     = "00:30"
      location                       = var.region
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = 14
      }
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }

    insights_config {
      query_insights_enabled = true
    }

    database_flags {
      name  = "cloudsql.enable_pgaudit"
      value = "on"
    }

    database_flags {
      name  = "cloudsql.iam_authentication"
      value = "on"
    }

    database_flags {
      name  = "log_checkpoints"
      value = "on"
    }

    database_flags {
      name  = "log_connections"
      value = "on"
    }

    database_flags {
      name  = "log_disconnections"
      value = "on"
    }

    database_flags {
      name  = "log_lock_waits"
      value = "on"
    }

    database_flags {
      name  = "log_min_duration_statement"
      value = "1000"
    }

    database_flags {
      name  = "log_min_error_statement"
      value = "error"
    }

    database_flags {
      name  = "log_temp_files"
      value = "0"
    }
  }

  lifecycle {
    prevent_destroy = true
    # It grows by itself.
    ignore_changes = [settings[0].disk_size]
  }
}

resource "google_sql_database" "platform" {
  name            = "platform"
  instance        = google_sql_database_instance.main.name
  deletion_policy = "ABANDON"
}

# The one address that it is reached at, among those of the nodes, and the name that its certificate holds.
resource "google_compute_address" "database" {
  name         = "${var.cluster_name}-database"
  region       = var.region
  subnetwork   = local.subnetwork
  address_type = "INTERNAL"
}

resource "google_compute_forwarding_rule" "database" {
  name                  = "${var.cluster_name}-database"
  region                = var.region
  network               = local.network
  ip_address            = google_compute_address.database.id
  target                = google_sql_database_instance.main.psc_service_attachment_link
  load_balancing_scheme = ""
}

resource "google_dns_managed_zone" "database" {
  # checkov:skip=CKV_GCP_16: A private zone is not signed.
  name        = "${var.cluster_name}-database"
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

variable "database_users" {
  description = "Service accounts that sign in to the database, by a name of at most nine characters."
  type = map(object({
    namespace       = string
    service_account = string
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.database_users) : can(regex("^[a-z][a-z0-9-]{0,7}[a-z0-9]$", name))])
    error_message = "Two to nine lower-case letters, digits and hyphens: they become part of the name of an account."
  }
}

# The database knows accounts of a project and no identities of a cluster, so there is one in between.
resource "google_service_account" "database_user" {
  for_each = var.database_users

  account_id   = "${substr(var.short_name, 0, 17)}-db-${each.key}"
  display_name = "Signs in to the database of ${var.cluster_name} for ${each.value.namespace}/${each.value.service_account}."
}

resource "google_service_account_iam_member" "database_user" {
  for_each = var.database_users

  service_account_id = google_service_account.database_user[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project_id}.svc.id.goog[${each.value.namespace}/${each.value.service_account}]"
}

locals {
  database_rights = {
    for pair in setproduct(keys(var.database_users), ["roles/cloudsql.client", "roles/cloudsql.instanceUser"]) : "${pair[0]}/${pair[1]}" => { user = pair[0], role = pair[1] }
  }
}

resource "google_project_iam_member" "database_user" {
  for_each = local.database_rights

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.database_user[each.value.user].member

  condition {
    title      = "database-of-${var.cluster_name}"
    expression = "resource.service == 'sqladmin.googleapis.com' && resource.name == 'projects/${var.project_id}/instances/${google_sql_database_instance.main.name}'"
  }
}

resource "google_sql_user" "workload" {
  for_each = var.database_users

  instance = google_sql_database_instance.main.name
  name     = trimsuffix(google_service_account.database_user[each.key].email, ".gserviceaccount.com")
  type     = "CLOUD_IAM_SERVICE_ACCOUNT"
}

resource "google_monitoring_alert_policy" "database_down" {
  display_name = "${var.cluster_name}: The database does not answer."
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "The database does not answer."

    condition_threshold {
      filter                  = "resource.type = \"cloudsql_database\" AND resource.labels.database_id = \"${var.project_id}:${google_sql_database_instance.main.name}\" AND metric.type = \"cloudsql.googleapis.com/database/up\""
      comparison              = "COMPARISON_LT"
      threshold_value         = 1
      duration                = "120s"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MEAN"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    content   = "Runbook: docs/runbooks/database.md"
    mime_type = "text/markdown"
  }
}

resource "google_monitoring_alert_policy" "database_storage" {
  display_name = "${var.cluster_name}: Less than a tenth of the disk is free."
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "Less than a tenth of the disk is free."

    condition_threshold {
      filter                  = "resource.type = \"cloudsql_database\" AND resource.labels.database_id = \"${var.project_id}:${google_sql_database_instance.main.name}\" AND metric.type = \"cloudsql.googleapis.com/database/disk/utilization\""
      comparison              = "COMPARISON_GT"
      threshold_value         = 0.9
      duration                = "900s"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MEAN"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    content   = "Runbook: docs/runbooks/database.md"
    mime_type = "text/markdown"
  }
}

resource "google_monitoring_alert_policy" "database_cpu" {
  display_name = "${var.cluster_name}: The processor has been busy for half an hour."
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "The processor has been busy for half an hour."

    condition_threshold {
      filter                  = "resource.type = \"cloudsql_database\" AND resource.labels.database_id = \"${var.project_id}:${google_sql_database_instance.main.name}\" AND metric.type = \"cloudsql.googleapis.com/database/cpu/utilization\""
      comparison              = "COMPARISON_GT"
      threshold_value         = 0.9
      duration                = "1800s"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MEAN"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    content   = "Runbook: docs/runbooks/database.md"
    mime_type = "text/markdown"
  }
}
