/** Cloud DNS: a record that answers with the addresses of the regions that pass their check. */
import type { Id } from '../../../content/catalogue.ts';
import { attribute, comment, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { SharedNames } from '../../services.ts';
import { nameOfRegion } from '../region-name.ts';
import { TRAFFIC_FOLDER, trafficModule } from './root-module.ts';

export function googleSharedNames(input: ClusterInput, decision: Id): SharedNames {
  const byName = pickOf(input.stack, 'edge') === 'gateway-cloud';
  const files = trafficModule(input, {
    decision,
    cloud: 'Google',
    provider: 'google',
    backend: BACKEND,
    settings: SETTINGS,
    variables: VARIABLES,
    most: 1000,
    names: names(byName ? BY_NAME : BY_CONNECTION),
    receivers: 'an https address that takes a webhook, its secret in it, or a mail address.',
    alarms: ALARMS,
    values: [
      comment('The project of production, which the zone lies in.'),
      attribute('project_id', TOKENS.gcpProject),
    ],
    state: [attribute('bucket', TOKENS.gcpStateBucket), attribute('prefix', 'traffic/production')],
  });
  return {
    title: 'Cloud DNS',
    contribution: {
      files,
      checks: [
        {
          decision,
          says: 'The record of the shared names answers by a health check.',
          command: `grep -qE 'health_check += google_compute_health_check.shared' ${TRAFFIC_FOLDER}/names.tf`,
          path: `${TRAFFIC_FOLDER}/names.tf`,
        },
      ],
    },
    asks: byName
      ? 'Cloud DNS asks each region every half minute from three regions of Google, over HTTPS, for a name that all of them serve'
      : 'Cloud DNS connects to the gateway of each region every half minute from three regions of Google; that a workload behind it is ill is seen by the alarm alone, which asks over HTTPS at the name of the region',
    leftOut:
      'a region that fails twice in a row is left out within two minutes, and resolvers forget it within another half',
    byHand: ({ domain }, other) =>
      `gcloud dns record-sets update '*.${domain}.' --type=A --zone=platform --ttl=30 --rrdatas="$(dig +short ${nameOfRegion(other)})"`,
  };
}

const BACKEND = hcl`
terraform {
  backend "gcs" {}
}
`;

const SETTINGS = hcl`
provider "google" {
  project = var.project_id

  default_labels = {
    environment = "production"
    managed-by  = "terraform"
  }
}
`;

const VARIABLES = hcl`
variable "project_id" {
  description = "The only Google Cloud project that this state may touch."
  type        = string
}

variable "dns_zone_name" {
  description = "Name of the zone in Cloud DNS that the shared names lie in; infra/gcp-project makes it."
  type        = string
  default     = "platform"
}

variable "asked_from" {
  description = "Regions of Google that regions are asked from: exactly three, none of them one that serves."
  type        = list(string)
  default     = ["europe-north1", "us-central1", "asia-northeast1"]

  validation {
    condition     = length(distinct(var.asked_from)) == 3
    error_message = "Cloud DNS asks from exactly three regions."
  }
}
`;

/** The balancer of Google answers at the edge of its network, so only an answer says that the region is there. */
const BY_NAME = hcl`
  https_health_check {
    port         = 443
    host         = "demo.\${each.key}"
    request_path = var.health_path
  }
`;

/** Proxies go by the name that a client asks for before it is encrypted, and this check is not known to say one. */
const BY_CONNECTION = hcl`
  tcp_health_check {
    port = 443
  }
`;

const names = (check: HclExpression) => hcl`
locals {
  domains = toset([for cluster in var.clusters : cluster.domain])
}

# What ExternalDNS of each region has written: its clusters stand and have an address before this is applied.
data "google_dns_record_set" "region" {
  for_each = var.clusters

  managed_zone = var.dns_zone_name
  name         = "\${each.key}.\${each.value.domain}."
  type         = "A"
}

resource "google_compute_health_check" "shared" {
  for_each = local.domains

  name                = "shared-\${substr(sha256(each.key), 0, 8)}"
  description         = "Regions that serve \${each.key}."
  check_interval_sec  = 30
  timeout_sec         = 5
  healthy_threshold   = 2
  unhealthy_threshold = 2
  source_regions      = var.asked_from
${check}}

resource "google_dns_record_set" "shared" {
  for_each = local.domains

  managed_zone = var.dns_zone_name
  name         = "*.\${each.key}."
  type         = "A"
  ttl          = 30

  routing_policy {
    health_check = google_compute_health_check.shared[each.key].self_link

    dynamic "wrr" {
      for_each = { for name, cluster in var.clusters : name => cluster if cluster.domain == each.key }

      content {
        weight = wrr.value.share

        health_checked_targets {
          external_endpoints = data.google_dns_record_set.region[wrr.key].rrdatas
        }
      }
    }
  }
}
`;

const ALARMS = hcl`
resource "google_monitoring_notification_channel" "on_call" {
  display_name = "On call for the names that regions share"
  type         = startswith(var.alarm_receiver, "https://") ? "webhook_tokenauth" : "email"
  labels       = startswith(var.alarm_receiver, "https://") ? { url = var.alarm_receiver } : { email_address = var.alarm_receiver }
}

# From outside, by the name of each region: through certificate, gateway and workload.
resource "google_monitoring_uptime_check_config" "region" {
  for_each = var.clusters

  display_name = each.key
  period       = "60s"
  timeout      = "10s"

  http_check {
    path         = var.health_path
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  monitored_resource {
    type = "uptime_url"
    labels = {
      project_id = var.project_id
      host       = "\${each.key}.\${each.value.domain}"
    }
  }
}

resource "google_monitoring_alert_policy" "region" {
  for_each = var.clusters

  display_name = "\${each.key}: the region does not answer"
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "The check fails from two or more places"

    condition_threshold {
      filter          = "resource.type = \\"uptime_url\\" AND metric.type = \\"monitoring.googleapis.com/uptime_check/check_passed\\" AND metric.labels.check_id = \\"\${google_monitoring_uptime_check_config.region[each.key].uptime_check_id}\\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "120s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
        group_by_fields      = ["resource.label.host"]
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    content   = "Runbook: docs/runbooks/lost-region.md"
    mime_type = "text/markdown"
  }
}
`;
