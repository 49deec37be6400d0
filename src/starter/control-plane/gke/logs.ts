/** logs.tf: what containers write, in a bucket of the cluster's own: for how long, and what is not worth keeping. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { logDays } from '../../serverless-service/choices.ts';
import { terraformText } from '../../terraform.ts';
import { FOLDER } from './settings.ts';

export function gkeLogs(input: ClusterInput, decision: Id): Contribution {
  return {
    files: new Map([
      [
        `${FOLDER}/logs.tf`,
        terraformText(
          input,
          decision,
          'GKE reads what containers write; it is kept apart from all else of the project, for as long as was decided, and only once.',
          code(logDays(input) ?? 90),
        ),
      ],
    ]),
    runbooks: [RUNBOOK],
    checks: [
      {
        decision,
        says: 'GKE hands what containers write to Cloud Logging.',
        command: `grep -q '"WORKLOADS"' ${FOLDER}/cluster.tf`,
        path: `${FOLDER}/cluster.tf`,
      },
      {
        decision,
        says: 'Logs of containers have a bucket and a time of their own, and nobody removes it by accident.',
        command: `grep -qE '^ +retention_days += var.log_retention_days$' ${FOLDER}/logs.tf && grep -qE '^ +prevent_destroy = true$' ${FOLDER}/logs.tf`,
        path: `${FOLDER}/logs.tf`,
      },
    ],
  };
}

function code(days: number): HclExpression {
  return hcl`
variable "log_retention_days" {
  description = "Days that logs of containers are kept."
  type        = number
  default     = ${days}

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 3650
    error_message = "Google keeps them for 30 days at least in a bucket that is paid for, and for ten years at most."
  }
}

locals {
  logs_of_containers = "resource.type=\\"k8s_container\\" AND resource.labels.cluster_name=\\"\${var.cluster_name}\\" AND resource.labels.location=\\"\${var.region}\\""
}

resource "google_logging_project_bucket_config" "containers" {
  project          = var.project_id
  location         = var.region
  bucket_id        = "\${var.cluster_name}-containers"
  description      = "What the containers of \${var.cluster_name} write."
  retention_days   = var.log_retention_days
  enable_analytics = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_logging_project_sink" "containers" {
  name                   = "\${var.cluster_name}-containers"
  description            = "What the containers of \${var.cluster_name} write goes into a bucket of its own."
  destination            = "logging.googleapis.com/\${google_logging_project_bucket_config.containers.id}"
  filter                 = local.logs_of_containers
  unique_writer_identity = true

  # What is dropped here is not paid for.
  exclusions {
    name        = "probes"
    description = "Answers to probes, which come every few seconds and say nothing."
    filter      = "httpRequest.userAgent=~\\"^(kube-probe|GoogleHC)/\\" AND httpRequest.status<400"
  }
}

# Kept once and not twice: the bucket that every project begins with lets them go.
resource "google_logging_project_exclusion" "containers" {
  name        = "\${var.cluster_name}-containers"
  description = "Kept in the bucket \${var.cluster_name}-containers."
  filter      = local.logs_of_containers
}

# Who reads logs of this cluster may be given this view alone.
resource "google_logging_log_view" "containers" {
  name        = "\${var.cluster_name}-containers"
  bucket      = google_logging_project_bucket_config.containers.id
  description = "What the containers of \${var.cluster_name} write."
  filter      = "resource.type = \\"k8s_container\\""
}
`;
}

const RUNBOOK: Runbook = {
  id: 'logs-missing',
  title: 'Logs are missing',
  text: `An agent of GKE on every node reads what containers write to their output and hands it to Cloud Logging; \`infra/gke/logs.tf\` says which bucket keeps
it, and for how long. Read it in the Logs Explorer with the bucket *CLUSTER_NAME-containers* as the scope, or with
\`gcloud logging read 'resource.labels.namespace_name="NAMESPACE"' --bucket=CLUSTER_NAME-containers --location=REGION --view=CLUSTER_NAME-containers\`.

1. For one pod: \`kubectl -n NAMESPACE logs POD\` shows what the node has. What is there and not in Cloud Logging a minute later is dropped: by the exclusion
   in the sink, or because a line is longer than 256 KB.
2. For all pods of a node: \`kubectl -n kube-system logs -l k8s-app=fluentbit-gke --tail=20\` on a Standard cluster; a refusal of access means that the
   account of the nodes lost its role (\`infra/gke/identity.tf\`).
3. For all pods: \`gcloud container clusters describe NAME --location REGION --format='value(loggingConfig)'\` has to name WORKLOADS, and
   \`gcloud logging sinks describe CLUSTER_NAME-containers\` the bucket.
4. Audit logs are elsewhere, and stay there for 400 days: the bucket *_Required* of the project.

Logs are personal data sooner than one thinks. What must not be kept is dropped in \`exclusions\` of the sink; better is not to write it.
`,
};
