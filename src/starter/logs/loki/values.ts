/** Values of the chart of Loki, in the mode in which each copy does everything. */
import type { HelmValues } from '../../contribution.ts';
import type { Foundation, Grant } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf } from '../../picks.ts';
import { logDays } from '../../serverless-service/choices.ts';

/** Days that logs are kept: some weeks, unless the answers ask for more. */
export function keptDays(input: Pick<ModuleInput, 'stack'>): number {
  return answerOf(input.stack, 'log-retention') === 'weeks' ? WEEKS : (logDays(input) ?? WEEKS);
}

const WEEKS = 30;

/** What Loki forgets goes a week later than it removes it itself. */
export function logStore(input: Pick<ModuleInput, 'stack'>) {
  return { id: 'logs', days: keptDays(input) + 7 } as const;
}

/** Loki reads its index by it for ever: the day before which nothing was written. */
const SCHEMA_FROM = '2026-01-01';

export function lokiValues(
  { systemPool, storageClass, objectStorage }: Foundation,
  grant: Grant,
  days: number,
): HelmValues {
  return {
    deploymentMode: 'Monolithic',
    ...(grant.keys === undefined
      ? {}
      : { defaults: { extraEnvFrom: [{ secretRef: { name: grant.keys } }] } }),
    serviceAccount: { name: 'loki', annotations: grant.annotations },
    loki: {
      // One team of readers: Grafana stands before it, and the network lets nobody else in.
      auth_enabled: false,
      podLabels: grant.podLabels,
      commonConfig: { replication_factor: 3 },
      schemaConfig: {
        configs: [
          {
            from: SCHEMA_FROM,
            store: 'tsdb',
            object_store: objectStorage.loki.type,
            schema: 'v13',
            index: { prefix: 'index_', period: '24h' },
          },
        ],
      },
      storage: {
        ...objectStorage.loki,
        bucketNames: {
          chunks: objectStorage.bucket('logs'),
          ruler: objectStorage.bucket('logs'),
          admin: objectStorage.bucket('logs'),
        },
      },
      compactor: { retention_enabled: true, delete_request_store: objectStorage.loki.type },
      structuredConfig: {
        limits_config: {
          retention_period: `${days * 24}h`,
          ingestion_rate_mb: 10,
          ingestion_burst_size_mb: 20,
          max_query_lookback: `${days * 24}h`,
        },
      },
      analytics: { reporting_enabled: false },
    },
    singleBinary: {
      replicas: 3,
      ...systemPool,
      priorityClassName: 'platform-critical',
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'app.kubernetes.io/component': 'single-binary' } },
        },
      ],
      resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '2Gi' } },
      persistence: { storageClass, size: '20Gi', whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
    // The collector and Grafana talk to Loki itself, and caches pay at a size that this mode does not reach.
    gateway: { enabled: false },
    chunksCache: { enabled: false },
    resultsCache: { enabled: false },
    lokiCanary: { enabled: false },
    test: { enabled: false },
    monitoring: { serviceMonitor: { enabled: true } },
  };
}
