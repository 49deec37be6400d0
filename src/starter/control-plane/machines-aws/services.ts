/** What AWS runs for clusters on machines of it: the services of EKS, reached by roles of the cluster's own issuer. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { awsSharedNames } from '../../recovery/shared-names/aws.ts';
import type { CloudServices, ImageRegistry } from '../../services.ts';
import { eksBackupService } from '../eks/backup.ts';
import { eksDatabase } from '../eks/database.ts';
import { copyTakesOver } from '../eks/database-copy.ts';
import { machinesMountedSecrets } from '../eks/mounted-secrets.ts';
import { eksLogs } from '../eks/telemetry/logs.ts';
import { eksMetrics } from '../eks/telemetry/metrics.ts';
import { eksTraces } from '../eks/telemetry/traces.ts';

export function machinesServices(input: ClusterInput, registry: ImageRegistry): CloudServices {
  return {
    registry,
    metrics: eksMetrics(input),
    logs: eksLogs(input),
    traces: eksTraces(input),
    database: decision => eksDatabase(input, decision),
    databaseReplica: { takesOver: second => copyTakesOver(input, second) },
    backup: decision => eksBackupService(input, decision),
    mountedSecrets: decision => machinesMountedSecrets(input, decision),
    ...(wayOut(input) === 'none' ? {} : { sharedNames: (decision: Id) => awsSharedNames(input, decision) }),
  };
}
