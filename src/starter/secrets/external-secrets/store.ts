/** The one store that secrets are read from. */
import type { IClusterSecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type { Foundation } from '../../module.ts';

export const SECRET_STORE = { name: 'cloud', label: 'secrets-from', value: 'cloud' } as const;

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
