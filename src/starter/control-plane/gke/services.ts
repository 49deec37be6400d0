/** What Google runs for the platform. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { pickOf } from '../../picks.ts';
import { googleSharedNames } from '../../recovery/shared-names/google.ts';
import type { CloudServices } from '../../services.ts';
import { gkeBinaryAuthorization } from './attestation.ts';
import { gkeBackupService } from './backup-service.ts';
import { gkeDatabase } from './database.ts';
import { copyTakesOver } from './database-copy.ts';
import { GKE_GROUND } from './ground.ts';
import { gkeLogs } from './logs.ts';
import { gkeMetrics } from './metrics.ts';
import { gkeMountedSecrets } from './mounted-secrets.ts';
import { artifactRegistry } from './registry.ts';
import { cloudTrace } from './traces.ts';

export function gkeServices(input: ClusterInput): CloudServices {
  return {
    registry: artifactRegistry(input, GKE_GROUND),
    collection: gkeMetrics(input),
    logsWithoutAgent: decision => gkeLogs(input, decision),
    traces: cloudTrace(input, GKE_GROUND),
    database: decision => gkeDatabase(input, decision),
    databaseReplica: { takesOver: second => copyTakesOver(input, second, GKE_GROUND.folder) },
    // Names of a private zone are asked about by nobody outside.
    ...(wayOut(input) === 'none'
      ? {}
      : { sharedNames: (decision: Id) => googleSharedNames(input, decision) }),
    backup: decision => gkeBackupService(input, decision),
    mountedSecrets: decision => gkeMountedSecrets(input, decision),
    // It attests what lies in the registry of the project.
    ...(pickOf(input.stack, 'registry') === 'harbor'
      ? {}
      : { binaryAuthorization: (decision: Id) => gkeBinaryAuthorization(input, decision) }),
  };
}
