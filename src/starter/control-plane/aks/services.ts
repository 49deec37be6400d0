/** What Azure runs for the platform. */
import type { ClusterInput } from '../../cluster-input.ts';
import { azureSharedNames } from '../../recovery/shared-names/azure.ts';
import type { CloudServices } from '../../services.ts';
import { aksBackupService } from './backup.ts';
import { aksDatabase } from './database.ts';
import { COPY_NEEDS, copyTakesOver } from './database-copy.ts';
import { aksMountedSecrets } from './mounted-secrets.ts';
import { aksRegistry } from './registry.ts';
import type { TellOfStore } from './rights.ts';
import { aksLogs } from './telemetry/logs.ts';
import { aksMetrics } from './telemetry/metrics.ts';
import { aksTraces } from './telemetry/traces.ts';

export function aksServices(input: ClusterInput, tell: TellOfStore): CloudServices {
  return {
    registry: aksRegistry(input),
    database: decision => aksDatabase(input, decision),
    databaseReplica: { needs: COPY_NEEDS, takesOver: second => copyTakesOver(input, second) },
    metrics: aksMetrics(input),
    logsWithoutAgent: decision => aksLogs(input, decision),
    tracesWithoutAgent: decision => aksTraces(input, decision),
    sharedNames: decision => azureSharedNames(input, decision),
    backup: decision => aksBackupService(input, tell, decision),
    mountedSecrets: decision => aksMountedSecrets(input, decision),
  };
}
