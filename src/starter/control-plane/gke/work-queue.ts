/** The queue of a worker in Pub/Sub, what the worker may do with it, and that KEDA may ask for its length. */
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import { mergeTrees } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { GoogleGround } from '../../google/ground.ts';
import type { WorkQueueOf } from '../../work-queue.ts';
import { granted } from './rights.ts';

const DECISION = 'platform-defaults';

export function pubsubQueue(input: ClusterInput, ground: GoogleGround): WorkQueueOf {
  return (worker, scaler) => {
    const forWorker = granted(
      input,
      ground,
      'The queue of a worker, where what failed five times goes, and the right to take work from it.',
      DECISION,
      worker,
      queue(worker.name, ground.memberOf(worker)),
    );
    const forScaler = granted(
      input,
      ground,
      'Rights of KEDA: the length of a queue is a metric, and metrics are read for the whole project or not at all.',
      DECISION,
      scaler,
      hcl`
resource "google_project_iam_member" ${hclIdentifier(scaler.name)} {
  project = var.project_id
  role    = "roles/monitoring.viewer"
  member  = ${ground.memberOf(scaler)}
}
`,
    );
    const subscription = `projects/\${PROJECT_ID}/subscriptions/\${CLUSTER_NAME}-${worker.name}`;
    return {
      files: mergeTrees(forWorker.files, forScaler.files),
      environment: { SUBSCRIPTION: subscription },
      worker: forWorker,
      scaler: forScaler,
      trigger: {
        type: 'gcp-pubsub',
        metadata: { mode: 'SubscriptionSize', subscriptionName: subscription },
        messagesPerPod: 'value',
      },
      identity: { provider: 'gcp' },
      page: {
        failed: 'it goes to the topic of failed messages, whose subscription keeps it for two weeks',
        looked: `\`gcloud pubsub subscriptions pull CLUSTER_NAME-${worker.name}-failed --limit=10 --format=json\`. They stay, and are seen
   again after ten minutes.`,
        again: `\`gcloud pubsub topics publish CLUSTER_NAME-${worker.name} --message=TEXT\` sends one again, and
   \`gcloud pubsub subscriptions ack CLUSTER_NAME-${worker.name}-failed --ack-ids=ID\` takes away what was sent again or given up.`,
        refused: 'PermissionDenied',
        longer: 'has its deadline moved on meanwhile, which the libraries of Google do by themselves',
      },
    };
  };
}

function queue(name: string, worker: HclExpression): HclExpression {
  const label = hclIdentifier(name);
  const failed = `${label}_failed`;
  const own: HclExpression = { kind: 'expression', code: label };
  const ending: HclExpression = { kind: 'expression', code: name };
  return hcl`
resource "google_pubsub_topic" ${label} {
  # checkov:skip=CKV_GCP_83: Encrypted with Google's keys; keys of your own are for rules that ask for them.
  name                       = "\${var.cluster_name}-${ending}"
  message_retention_duration = "345600s"

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

resource "google_pubsub_subscription" ${label} {
  name                       = "\${var.cluster_name}-${ending}"
  topic                      = google_pubsub_topic.${own}.id
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
    dead_letter_topic     = google_pubsub_topic.${own}_failed.id
    max_delivery_attempts = 5
  }
}

# What cannot be worked on waits here for a person, for two weeks.
resource "google_pubsub_topic" ${failed} {
  # checkov:skip=CKV_GCP_83: Encrypted with Google's keys; keys of your own are for rules that ask for them.
  name = "\${var.cluster_name}-${ending}-failed"

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

resource "google_pubsub_subscription" ${failed} {
  name                       = "\${var.cluster_name}-${ending}-failed"
  topic                      = google_pubsub_topic.${own}_failed.id
  message_retention_duration = "1209600s"

  # As long as a person has for what was read: the longest there is.
  ack_deadline_seconds = 600

  expiration_policy {
    ttl = ""
  }
}

resource "google_monitoring_alert_policy" ${failed} {
  display_name = "\${var.cluster_name}-${ending}-failed"
  combiner     = "OR"
  severity     = "ERROR"

  conditions {
    display_name = "Work was accepted and could not be done."

    condition_threshold {
      filter                  = "resource.type = \\"pubsub_subscription\\" AND resource.labels.subscription_id = \\"\${google_pubsub_subscription.${own}_failed.name}\\" AND metric.type = \\"pubsub.googleapis.com/subscription/num_undelivered_messages\\""
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
resource "google_pubsub_topic_iam_member" ${failed} {
  topic  = google_pubsub_topic.${own}_failed.id
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:service-\${data.google_project.current.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_subscription_iam_member" ${failed} {
  subscription = google_pubsub_subscription.${own}.id
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:service-\${data.google_project.current.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_subscription_iam_member" ${label} {
  subscription = google_pubsub_subscription.${own}.id
  role         = "roles/pubsub.subscriber"
  member       = ${worker}
}
`;
}
