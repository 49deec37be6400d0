/** The one store that secrets are read from. */
import type { IClusterSecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type { Foundation } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { copiesFromVault } from '../source.ts';

export const SECRET_STORE = { name: 'cloud', label: 'secrets-from', value: 'cloud' } as const;
export const VAULT_STORE = { name: 'vault', label: SECRET_STORE.label, value: 'vault' } as const;

interface Store {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** Without the condition every namespace could read what any other one has in the store. */
export function secretStore(
  provider: Foundation['secretProvider'],
  { name, label, value }: Store = SECRET_STORE,
): IClusterSecretStore {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name },
    spec: {
      conditions: [{ namespaceSelector: { matchLabels: { [label]: value } } }],
      provider,
    },
  };
}

/** Null where no operator copies secrets out of a store. */
export function storeOf(input: Pick<ModuleInput, 'stack'>): Store | null {
  if (copiesFromVault(input)) return VAULT_STORE;
  return pickOf(input.stack, 'secrets') === 'external-secrets' ? SECRET_STORE : null;
}

/** What the store calls a secret of a namespace; `cluster` is the name of the cluster, or its variable. */
export function secretKey(
  input: Pick<ModuleInput, 'stack' | 'foundation'>,
  { cluster, namespace, name }: Readonly<Record<'cluster' | 'namespace' | 'name', string>>,
): string {
  if (copiesFromVault(input)) return `${cluster}/${name}`;
  return input.foundation.secretNames.example
    .replace('CLUSTER_NAME', cluster)
    .replace('NAMESPACE', namespace)
    .replace('database', name);
}
