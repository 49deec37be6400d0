/** What Azure runs for the platform. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { azureSharedNames } from '../../recovery/shared-names/azure.ts';
import type { CloudServices } from '../../services.ts';
import { azurePolicyRule } from './azure-policy-rule.ts';
import { aksBackupService, databaseBackupService } from './backup.ts';
import { aksDatabase } from './database.ts';
import { hasDatabase } from './database-choices.ts';
import { COPY_NEEDS, copyTakesOver } from './database-copy.ts';
import { aksMountedSecrets, machinesMountedSecrets } from './mounted-secrets.ts';
import { aksRegistry } from './registry.ts';
import type { TellOfStore } from './rights.ts';
import { aksLogs } from './telemetry/logs.ts';
import { aksMetrics } from './telemetry/metrics.ts';
import { aksTraces } from './telemetry/traces.ts';

/** What is Azure's, whoever runs the control plane. */
function azureServices(input: ClusterInput): CloudServices {
  return {
    database: decision => aksDatabase(input, decision),
    databaseReplica: { needs: COPY_NEEDS, takesOver: second => copyTakesOver(input, second) },
    metrics: aksMetrics(input),
    tracesWithoutAgent: decision => aksTraces(input, decision),
    sharedNames: decision => azureSharedNames(input, decision),
  };
}

/** With what machines get by charts where AKS has an add-on. */
export function azureMachinesServices(input: ClusterInput): CloudServices {
  return {
    ...azureServices(input),
    mountedSecrets: decision => machinesMountedSecrets(input, decision),
    ...(hasDatabase(input) ? { backup: (decision: Id) => databaseBackupService(input, decision) } : {}),
  };
}

/** With what AKS brings into its nodes. */
export function aksServices(input: ClusterInput, tell: TellOfStore): CloudServices {
  return {
    ...azureServices(input),
    registry: aksRegistry(input),
    gatekeeperRule: (decision, rule) => azurePolicyRule(input, decision, rule),
    logsWithoutAgent: decision => aksLogs(input, decision),
    backup: decision => aksBackupService(input, tell, decision),
    mountedSecrets: decision => aksMountedSecrets(input, decision),
  };
}
