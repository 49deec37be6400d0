/** What AWS runs for the platform. */
import type { ClusterInput } from '../../module.ts';
import type { CloudServices } from '../../services.ts';
import { eksMountedSecrets } from './mounted-secrets.ts';
import { eksRegistry } from './registry.ts';

export function eksServices(input: ClusterInput): CloudServices {
  return {
    registry: eksRegistry(input),
    mountedSecrets: decision => eksMountedSecrets(input, decision),
  };
}
