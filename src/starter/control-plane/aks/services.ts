/** What Azure runs for the platform. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { CloudServices } from '../../services.ts';
import { aksDatabase } from './database.ts';
import { aksMountedSecrets } from './mounted-secrets.ts';
import { aksRegistry } from './registry.ts';
import { aksLogs } from './telemetry/logs.ts';
import { aksMetrics } from './telemetry/metrics.ts';
import { aksTraces } from './telemetry/traces.ts';

export function aksServices(input: ClusterInput): CloudServices {
  return {
    registry: aksRegistry(input),
    database: decision => aksDatabase(input, decision),
    metrics: aksMetrics(input),
    logsWithoutAgent: decision => aksLogs(input, decision),
    tracesWithoutAgent: decision => aksTraces(input, decision),
    mountedSecrets: decision => aksMountedSecrets(input, decision),
  };
}
