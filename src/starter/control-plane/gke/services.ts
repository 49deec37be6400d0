/** What Google runs for the platform. */
import type { ClusterInput } from '../../module.ts';
import type { CloudServices } from '../../services.ts';
import { gkeBackupService } from './backup-service.ts';
import type { GkeMode } from './mode.ts';
import { gkeMountedSecrets } from './mounted-secrets.ts';
import { gkeRegistry } from './registry.ts';

export function gkeServices(input: ClusterInput, mode: GkeMode): CloudServices {
  return {
    registry: gkeRegistry(input),
    backup: decision => gkeBackupService(input, mode, decision),
    mountedSecrets: decision => gkeMountedSecrets(input, decision),
  };
}
