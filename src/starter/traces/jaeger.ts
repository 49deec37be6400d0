/** Jaeger: takes traces as OpenTelemetry, keeps them in an OpenSearch that others run, shows them in its own pages and in Grafana. */
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { collect } from '../collect.ts';
import type { ConfigFolder, Contribution } from '../contribution.ts';
import { alertRules } from '../metrics/alerts.ts';
import { dataSource, fromGrafana } from '../metrics/data-source.ts';
import type { ModuleInput } from '../module.ts';
import { scraped } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { secretPutThere } from '../secrets/by-hand.ts';
import { secretKey, storeOf } from '../secrets/external-secrets/store.ts';
import { vendorNamespaceLabels } from '../telemetry/vendor.ts';
import { jaegerRunbook } from './jaeger/runbook.ts';
import { jaegerValues, MEASURED, NAME, PAGES, RETENTION_DAYS, STORE_SECRET } from './jaeger/values.ts';
import { DECISION, fromWorkloads, NAMESPACE } from './senders.ts';

const LABELS = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'all-in-one' } as const;
const PODS: PodPeer = { kind: 'pods', namespace: NAMESPACE, labels: LABELS };
/** Also the job that removes old days. */
const ALL: PodPeer = { ...PODS, labels: { 'app.kubernetes.io/name': NAME } };

export function jaeger(input: ModuleInput): Contribution {
  return collect([password(input), server(input)]);
}

function server(input: ModuleInput): Contribution {
  return {
    namespaces: [{ ...platformNamespace(NAMESPACE, DECISION), labels: vendorNamespaceLabels(input) }],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-obs',
        says: `Two copies that keep nothing themselves; traces lie for ${RETENTION_DAYS} days in an OpenSearch that is not of this repository.`,
        chart: { release: NAME, namespace: NAMESPACE, crds: 'skip', values: jaegerValues(input.foundation) },
        objects: { monitor: [MONITOR], disruption: [BUDGET], alerts: [alerts(input)] },
      },
    ],
    config: dataSource(input, DECISION, {
      id: NAME,
      type: NAME,
      url: `http://${NAME}.${NAMESPACE}:${PAGES}`,
    }),
    edges: [
      fromWorkloads(NAME, PODS),
      {
        name: 'to-trace-store',
        owner: NAME,
        because: 'Traces lie in an OpenSearch outside the cluster, whose addresses change.',
        pods: ALL,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }, { port: 9200 }],
      },
      scraped(NAME, PODS, MEASURED),
      ...fromGrafana(input, NAME, PODS, PAGES),
    ],
    placeholders: [
      {
        token: TOKENS.traceStore,
        meaning:
          'Host of the OpenSearch or Elasticsearch that keeps traces; replace the whole address, with its port where that is not 443.',
        example: 'https://traces.acme.example:9200',
      },
    ],
    runbooks: [jaegerRunbook(input)],
    checks: [
      {
        decision: DECISION,
        says: 'Traces are kept outside the pods of Jaeger.',
        command: `grep -q 'password_file:' platform/${NAME}/values.yaml`,
        path: `platform/${NAME}/values.yaml`,
      },
      {
        decision: DECISION,
        says: 'Jaeger runs and takes traces.',
        command: `kubectl -n ${NAMESPACE} rollout status deployment/${NAME} --timeout=5m`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

/** The user `jaeger` of the store: its password comes by the way that secrets have here. */
function password(input: ModuleInput): Pick<Contribution, 'config' | 'firstSteps' | 'nextSteps'> {
  const store = storeOf(input);
  if (store === null)
    return {
      nextSteps: [
        `Make a user \`jaeger\` in the OpenSearch that keeps traces, and the Secret \`${STORE_SECRET}\` with its \`password\` in the namespace \`${NAMESPACE}\` of each cluster, ${secretPutThere(input)}: Jaeger does not start without it.`,
      ],
    };
  const name = 'trace-store';
  const key = (cluster: string) => secretKey(input, { cluster, namespace: NAMESPACE, name });
  const copy: IExternalSecret = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: STORE_SECRET, namespace: NAMESPACE },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store.name },
      target: { name: STORE_SECRET },
      data: [{ secretKey: 'password', remoteRef: { key: key('${CLUSTER_NAME}'), property: 'password' } }],
    },
  };
  return {
    config: [
      {
        id: STORE_SECRET,
        decision: DECISION,
        says: 'The password of Jaeger in the store of traces, copied from the store of secrets; rotate it there.',
        objects: { password: [copy] },
      } satisfies ConfigFolder,
    ],
    firstSteps: [
      `Make a user \`jaeger\` in the OpenSearch that keeps traces, and put its password into the store of secrets as \`${key('CLUSTER_NAME')}\`, property \`password\`: Jaeger does not start without it.`,
    ],
  };
}

const MONITOR: IServiceMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: NAME, namespace: NAMESPACE },
  spec: {
    selector: { matchLabels: { ...LABELS } },
    endpoints: [{ port: 'internal-metrics', interval: '30s' }],
  },
};

const BUDGET: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: NAME, namespace: NAMESPACE },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: { ...LABELS } },
  },
};

function alerts(input: ModuleInput) {
  return alertRules(input, { name: NAME, namespace: NAMESPACE }, [
    {
      alert: 'TracesNotStored',
      expr: `sum(rate(jaeger_storage_requests_total{namespace="${NAMESPACE}",result="err"}[5m])) > 0`,
      lasting: '15m',
      severity: 'warning',
      summary: 'The store of traces refuses what Jaeger asks of it.',
      description: 'Spans of now are lost or cannot be read. Nothing else is concerned.',
      runbook: 'traces-missing',
    },
  ]);
}
