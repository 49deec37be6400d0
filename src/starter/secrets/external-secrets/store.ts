/** The one store that secrets are read from. */
import type { KubernetesObject } from '../../kubernetes.ts';

export const SECRET_STORE = { name: 'cloud', label: 'secrets-from', value: 'cloud' } as const;

/** `external-secrets.io/v1 ClusterSecretStore`, as far as it is used here. */
interface ClusterSecretStore extends KubernetesObject {
  readonly apiVersion: 'external-secrets.io/v1';
  readonly kind: 'ClusterSecretStore';
  readonly spec: {
    readonly conditions: readonly {
      readonly namespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    }[];
    readonly provider: Readonly<Record<string, unknown>>;
  };
}

/** Without the condition every namespace could read what any other one has in the store. */
export function secretStore(provider: Readonly<Record<string, unknown>>): ClusterSecretStore {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: SECRET_STORE.name },
    spec: {
      conditions: [{ namespaceSelector: { matchLabels: { [SECRET_STORE.label]: SECRET_STORE.value } } }],
      provider,
    },
  };
}
