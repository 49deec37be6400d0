/** A Kubernetes object as plain data. Modules write it with the published type of its kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** By which kustomize finds an object; the first group of all has no name. */
export function selectorOf({ apiVersion, kind, metadata }: KubernetesObject) {
  const [version = '', group] = apiVersion.split('/').reverse();
  return { ...(group === undefined ? {} : { group }), version, kind, name: metadata?.name ?? '' };
}
