/** The interface of Google that takes OpenTelemetry as it is: one for traces, metrics and logs, each by a right of its own. */
import { hcl, hclIdentifier } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { GoogleGround } from '../../google/ground.ts';
import type { TelemetryService } from '../../services.ts';
import { granted } from './rights.ts';

interface Signal {
  readonly signal: 'traces' | 'metrics' | 'logs';
  readonly url: 'TRACES_URL' | 'METRICS_URL' | 'LOGS_URL';
  /** What the agent does with the signal there: a sentence. */
  readonly says: string;
  /** Statements about a resource beside the one that names its project. */
  readonly resource?: readonly string[];
  /** Labels that say whose a sample is: they belong to its resource. */
  readonly belonging?: readonly string[];
  /** A part of Alloy by which every record passes at the end, with `record` as its label. */
  readonly last?: string;
}

type Interface = Pick<TelemetryService, 'sink' | 'stability' | 'environment' | 'rights'>;

export function telemetryInterface(input: ClusterInput, ground: GoogleGround, signal: Signal): Interface {
  return {
    sink: sinkOf(signal),
    stability: 'public-preview',
    environment: { PROJECT_ID: '${PROJECT_ID}', [signal.url]: 'https://telemetry.googleapis.com' },
    rights: (decision, account) =>
      granted(
        input,
        ground,
        signal.says,
        decision,
        account,
        hcl`
resource "google_project_iam_member" ${hclIdentifier(`${signal.signal}-agent`)} {
  for_each = toset(["roles/serviceusage.serviceUsageConsumer", ${`roles/telemetry.${signal.signal}Writer`}])

  project = var.project_id
  role    = each.value
  member  = ${ground.memberOf(account)}
}
`,
      ),
  };
}

/** Without the name of the project in it nothing is taken; more than two hundred at once neither. */
function sinkOf({ signal, url, resource = [], belonging = [], last }: Signal): string {
  const statement = { traces: 'trace', metrics: 'metric', logs: 'log' }[signal];
  const statements = [
    'set(attributes[\\"gcp.project_id\\"], \\"" + sys.env("PROJECT_ID") + "\\")',
    ...resource,
  ]
    .map(each => `"${each}"`)
    .join(', ');
  const first = belonging.length === 0 ? 'transform.project' : 'groupbyattrs.resource';
  const end = last === undefined ? 'otelcol.exporter.otlphttp.store' : 'otelcol.processor.transform.record';
  return `otelcol.processor.batch "store" {
  send_batch_size     = 200
  send_batch_max_size = 200

  output {
    ${signal} = [otelcol.processor.${first}.input]
  }
}
${
  belonging.length === 0
    ? ''
    : `
otelcol.processor.groupbyattrs "resource" {
  keys = ${JSON.stringify(belonging).replaceAll(',', ', ')}

  output {
    ${signal} = [otelcol.processor.transform.project.input]
  }
}
`
}
otelcol.processor.transform "project" {
  error_mode = "ignore"

  ${statement}_statements {
    context    = "resource"
    statements = [${statements}]
  }

  output {
    ${signal} = [${end}.input]
  }
}
${last === undefined ? '' : `\n${last}`}
otelcol.auth.google "store" {
  project = sys.env("PROJECT_ID")
}

otelcol.exporter.otlphttp "store" {
  client {
    endpoint = sys.env("${url}")
    auth     = otelcol.auth.google.store.handler
  }
}
`;
}
