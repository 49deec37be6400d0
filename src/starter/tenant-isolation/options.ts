/** What each way to keep tenants apart needs to be generated. */
import type { Choice } from '../module.ts';

export type TenantIsolationOption = 'namespace' | 'node-pool' | 'sandbox' | 'virtual-cluster' | 'cluster';

export const TENANT_ISOLATION = {
  namespace: { noFiles: true },
  'node-pool': { notGenerated: 'A node pool per tenant is not generated yet.' },
  sandbox: { notGenerated: 'Sandboxed nodes and their runtime class are not generated yet.' },
  'virtual-cluster': { notGenerated: 'Virtual clusters are not generated yet.' },
  cluster: { notGenerated: 'A cluster per tenant is not generated yet.' },
} satisfies Record<TenantIsolationOption, Choice>;
