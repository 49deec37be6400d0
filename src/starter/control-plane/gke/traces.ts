/** Cloud Trace, by the interface of Google that takes OpenTelemetry as it is. */
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { GoogleGround } from '../../google/ground.ts';
import type { TelemetryService } from '../../services.ts';
import { granted } from './rights.ts';

export function cloudTrace(input: ClusterInput, ground: GoogleGround): TelemetryService {
  return {
    title: 'Cloud Trace',
    sink: SINK,
    stability: 'public-preview',
    environment: { PROJECT_ID: '${PROJECT_ID}', TRACES_URL: 'https://telemetry.googleapis.com' },
    rights: (decision, account) =>
      granted(
        input,
        ground,
        'The agent of the traces hands them to Cloud Trace.',
        decision,
        account,
        hcl`
resource "google_project_iam_member" "traces_agent" {
  for_each = toset(["roles/serviceusage.serviceUsageConsumer", "roles/telemetry.tracesWriter"])

  project = var.project_id
  role    = each.value
  member  = ${ground.memberOf(account)}
}
`,
      ),
    beside: () => ({}),
  };
}

/** Without the name of the project in it nothing is taken. */
const SINK = `otelcol.processor.batch "store" {
  send_batch_size     = 200
  send_batch_max_size = 200

  output {
    traces = [otelcol.processor.transform.project.input]
  }
}

otelcol.processor.transform "project" {
  error_mode = "ignore"

  trace_statements {
    context    = "resource"
    statements = ["set(attributes[\\"gcp.project_id\\"], \\"" + sys.env("PROJECT_ID") + "\\")"]
  }

  output {
    traces = [otelcol.exporter.otlphttp.store.input]
  }
}

otelcol.auth.google "store" {
  project = sys.env("PROJECT_ID")
}

otelcol.exporter.otlphttp "store" {
  client {
    endpoint = sys.env("TRACES_URL")
    auth     = otelcol.auth.google.store.handler
  }
}
`;
