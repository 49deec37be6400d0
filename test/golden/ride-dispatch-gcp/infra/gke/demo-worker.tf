# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# The queue of a worker, where what failed five times goes, and the right to take work from it.

resource "google_pubsub_topic" "demo_worker" {
  # checkov:skip=CKV_GCP_83: Encrypted with Google's keys; keys of your own are for rules that ask for them.
  name                       = "${var.cluster_name}-demo-worker"
  message_retention_duration = "345600s"

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

resource "google_pubsub_subscription" "demo_worker" {
  name                       = "${var.cluster_name}-demo-worker"
  topic                      = google_pubsub_topic.demo_worker.id
  message_retention_duration = "345600s"

  # Longer than the work on one message takes, or another worker takes it as well.
  ack_deadline_seconds = 300

  # Without it a subscription that nobody has read for a month is gone.
  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.demo_worker_failed.id
    max_delivery_attempts = 5
  }
}

# What cannot be worked on waits here for a person, for two weeks.
resource "google_pubsub_topic" "demo_worker_failed" {
  # checkov:skip=CKV_GCP_83: Encrypted with Google's keys; keys of your own are for rules that ask for them.
  name = "${var.cluster_name}-demo-worker-failed"

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

resource "google_pubsub_subscription" "demo_worker_failed" {
  name                       = "${var.cluster_name}-demo-worker-failed"
  topic                      = google_pubsub_topic.demo_worker_failed.id
  message_retention_duration = "1209600s"

  # As long as a person has for what was read: the longest there is.
  ack_deadline_seconds = 600

  expiration_policy {
    ttl = ""
  }
}

resource "google_monitoring_alert_policy" "demo_worker_failed" {
  display_name = "${var.cluster_name}-demo-worker-failed"
  combiner     = "OR"
  severity     = "ERROR"

  conditions {
    display_name = "Work was accepted and could not be done."

    condition_threshold {
      filter                  = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = \"${google_pubsub_subscription.demo_worker_failed.name}\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      comparison              = "COMPARISON_GT"
      threshold_value         = 0
      duration                = "300s"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_INACTIVE"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    content   = "Runbook: docs/runbooks/work-waits.md"
    mime_type = "text/markdown"
  }
}

# Pub/Sub itself moves them there, and needs the right to.
resource "google_pubsub_topic_iam_member" "demo_worker_failed" {
  topic  = google_pubsub_topic.demo_worker_failed.id
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:service-${data.google_project.current.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_subscription_iam_member" "demo_worker_failed" {
  subscription = google_pubsub_subscription.demo_worker.id
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:service-${data.google_project.current.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_subscription_iam_member" "demo_worker" {
  subscription = google_pubsub_subscription.demo_worker.id
  role         = "roles/pubsub.subscriber"
  member       = "principal://iam.googleapis.com/projects/${data.google_project.current.number}/locations/global/workloadIdentityPools/${var.project_id}.svc.id.goog/subject/ns/demo/sa/demo-worker"
}
