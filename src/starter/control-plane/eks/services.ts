/** What AWS runs for the platform. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { awsSharedNames } from '../../recovery/shared-names/aws.ts';
import type { CloudServices } from '../../services.ts';
import { eksBackupService } from './backup.ts';
import { eksDatabase } from './database.ts';
import { copyTakesOver } from './database-copy.ts';
import { eksMountedSecrets } from './mounted-secrets.ts';
import { eksRegistry } from './registry.ts';
import { eksLogs } from './telemetry/logs.ts';
import { eksMetrics } from './telemetry/metrics.ts';
import { eksTraces } from './telemetry/traces.ts';

export function eksServices(input: ClusterInput): CloudServices {
  return {
    registry: eksRegistry(input),
    metrics: eksMetrics(input),
    logs: eksLogs(input),
    traces: eksTraces(input),
    database: decision => eksDatabase(input, decision),
    databaseReplica: { takesOver: second => copyTakesOver(input, second) },
    // Names of a private zone are asked about by nobody outside.
    ...(wayOut(input) === 'none' ? {} : { sharedNames: (decision: Id) => awsSharedNames(input, decision) }),
    backup: decision => eksBackupService(input, decision),
    mountedSecrets: decision => eksMountedSecrets(input, decision),
  };
}
