/** Logs of containers as GKE hands them to Cloud Logging, and where they are kept. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { terraformText } from '../../terraform.ts';
import { bucketCheck, type LogSource, logBucket } from './log-bucket.ts';
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
          logBucket(input, READ_BY_GKE),
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
      bucketCheck(decision, FOLDER),
    ],
  };
}

const READ_BY_GKE: LogSource = {
  filter: hcl`"resource.type=\\"k8s_container\\" AND resource.labels.cluster_name=\\"\${var.cluster_name}\\" AND resource.labels.location=\\"\${var.region}\\""`,
  view: hcl`"resource.type = \\"k8s_container\\""`,
  dropped: hcl`
  # What is dropped here is not paid for.
  exclusions {
    name        = "probes"
    description = "Answers to probes, which come every few seconds and say nothing."
    filter      = "httpRequest.userAgent=~\\"^(kube-probe|GoogleHC)/\\" AND httpRequest.status<400"
  }
`,
};

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
