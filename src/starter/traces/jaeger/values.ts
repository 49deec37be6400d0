/** Values of the chart of Jaeger, whose configuration is that of an OpenTelemetry Collector. */
import type { HelmValues } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import { TOKENS } from '../../placeholder-tokens.ts';

export const NAME = 'jaeger';
export const RETENTION_DAYS = 14;
export const STORE_SECRET = 'trace-store';
export const PAGES = 16686;
export const MEASURED = 8888;
const STORE_URL = `https://${TOKENS.traceStore}.example.com`;
const FOLDER = '/etc/trace-store';
const USER = 10001;

const POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;
const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
} as const;

export function jaegerValues({ systemPool }: Foundation): HelmValues {
  return {
    userconfig: CONFIGURATION,
    storage: { type: 'elasticsearch', elasticsearch: { url: STORE_URL } },
    jaeger: {
      replicas: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      serviceAccount: { automountServiceAccountToken: false },
      ...systemPool,
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': NAME } },
        },
      ],
      podSecurityContext: POD_SECURITY,
      securityContext: CONTAINER_SECURITY,
      resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
      extraVolumes: [{ name: 'store', secret: { secretName: STORE_SECRET } }],
      extraVolumeMounts: [{ name: 'store', mountPath: FOLDER, readOnly: true }],
    },
    // The store keeps a day in an index of its own, and this removes those that are too old.
    esIndexCleaner: {
      enabled: true,
      numberOfDays: RETENTION_DAYS,
      schedule: '47 3 * * *',
      ...systemPool,
      podSecurityContext: POD_SECURITY,
      securityContext: CONTAINER_SECURITY,
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } },
      extraEnv: [
        { name: 'INDEX_PREFIX', value: '${CLUSTER_NAME}' },
        { name: 'ES_USERNAME', value: NAME },
        {
          name: 'ES_PASSWORD',
          valueFrom: { secretKeyRef: { name: STORE_SECRET, key: 'password' } },
        },
      ],
    },
  };
}

const INDEX = { date_layout: '2006-01-02', rollover_frequency: 'day', shards: 2, replicas: 1 } as const;

const CONFIGURATION = {
  service: {
    extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
    pipelines: {
      traces: {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'batch'],
        exporters: ['jaeger_storage_exporter'],
      },
    },
    telemetry: {
      resource: { 'service.name': NAME },
      metrics: {
        level: 'detailed',
        readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: MEASURED } } } }],
      },
    },
  },
  extensions: {
    healthcheckv2: { use_v2: true, http: { endpoint: '0.0.0.0:13133' } },
    jaeger_query: { storage: { traces: 'store' }, http: { endpoint: `0.0.0.0:${PAGES}` } },
    jaeger_storage: {
      backends: {
        store: {
          opensearch: {
            server_urls: [STORE_URL],
            auth: { basic: { username: NAME, password_file: `${FOLDER}/password` } },
            // Clusters may share a store; each finds its own.
            indices: {
              index_prefix: '${CLUSTER_NAME}',
              spans: INDEX,
              services: INDEX,
              dependencies: INDEX,
              sampling: INDEX,
            },
          },
        },
      },
    },
  },
  receivers: {
    otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } },
  },
  processors: {
    memory_limiter: { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 },
    batch: {},
  },
  exporters: { jaeger_storage_exporter: { trace_storage: 'store' } },
} as const;
