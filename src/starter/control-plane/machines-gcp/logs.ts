/** Logs of pods kept by Cloud Logging: an agent hands them over under a name of the cluster's own. */
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { GoogleGround } from '../../google/ground.ts';
import type { TelemetryService } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { bucketCheck, type LogSource, logBucket } from '../gke/log-bucket.ts';
import { telemetryInterface } from '../gke/telemetry-interface.ts';
import { FOLDER } from './settings.ts';

export function machineLogs(input: ClusterInput, ground: GoogleGround): TelemetryService {
  const handed = telemetryInterface(input, ground, {
    signal: 'logs',
    url: 'LOGS_URL',
    says: 'The agent of the logs hands them to Cloud Logging.',
    belonging: ['namespace', 'pod', 'container'],
    resource: [
      'set(attributes[\\"k8s.cluster.name\\"], \\"" + sys.env("CLUSTER_NAME") + "\\")',
      'set(attributes[\\"cloud.region\\"], \\"" + sys.env("REGION") + "\\")',
      ...['namespace', 'pod', 'container'].map(
        of => `set(attributes[\\"k8s.${of}.name\\"], attributes[\\"${of}\\"])`,
      ),
    ],
    last: NAMED,
  });
  return {
    title: 'Cloud Logging',
    ...handed,
    environment: { ...handed.environment, REGION: '${REGION}' },
    beside: decision => ({
      files: new Map([
        [
          `${FOLDER}/logs.tf`,
          terraformText(
            input,
            decision,
            'What the agent hands over is kept apart from all else of the project, for as long as was decided, and only once.',
            logBucket(input, OF_THE_AGENT),
          ),
        ],
      ]),
      checks: [bucketCheck(decision, FOLDER)],
    }),
  };
}

/** The sink of the bucket knows the logs by this name and by nothing else. */
const NAMED = `otelcol.processor.transform "record" {
  error_mode = "ignore"

  log_statements {
    context    = "log"
    statements = ["set(attributes[\\"gcp.log_name\\"], \\"" + sys.env("CLUSTER_NAME") + "-containers\\")"]
  }

  output {
    logs = [otelcol.exporter.otlphttp.store.input]
  }
}
`;

const OF_THE_AGENT: LogSource = {
  filter: hcl`"logName=\\"projects/\${var.project_id}/logs/\${var.cluster_name}-containers\\""`,
  view: hcl`"LOG_ID(\\"\${var.cluster_name}-containers\\")"`,
  dropped: hcl``,
};
