/** Objects that have no published type, and those of Flux that every file here begins with. */
import type { KubernetesObject } from '../../kubernetes.ts';

export const FLUX_NAMESPACE = 'flux-system';
/** Flux reconciles at once when an object with this label changes. */
export const WATCHED = { 'reconcile.fluxcd.io/watch': 'Enabled' } as const;

/** `fluxcd.controlplane.io/v1`, as far as it is used here. */
export interface FluxInstance extends KubernetesObject {
  readonly apiVersion: 'fluxcd.controlplane.io/v1';
  readonly kind: 'FluxInstance';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly distribution: {
      readonly version: string;
      readonly registry: string;
      readonly artifact?: string;
    };
    readonly components: readonly string[];
    readonly cluster: {
      readonly type: 'kubernetes' | 'openshift' | 'aws' | 'azure' | 'gcp';
      readonly size: 'small' | 'medium' | 'large';
      readonly multitenant: boolean;
      readonly tenantDefaultServiceAccount: string;
      readonly networkPolicy: boolean;
      readonly domain: string;
    };
    readonly sync: {
      readonly kind: 'GitRepository' | 'OCIRepository';
      readonly url: string;
      readonly ref: string;
      readonly path: string;
      /** Whose registry signs in the pods of Flux as themselves. */
      readonly provider?: 'aws' | 'azure' | 'gcp';
      /** Absent where everybody in the network may read. */
      readonly pullSecret?: string;
    };
    readonly kustomize: {
      readonly patches: readonly {
        readonly target: { readonly kind: string; readonly name?: string };
        readonly patch: string;
      }[];
    };
  };
}
