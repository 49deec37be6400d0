/** The pod that a workload would make, as an object of its own: only pods are refused by Pod Security. */
import type { KubernetesObject } from '../render.ts';

interface Template {
  readonly metadata?: { readonly labels?: object; readonly annotations?: object };
  readonly spec: { readonly volumes?: readonly object[] };
}
interface Spec {
  readonly template?: Template;
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  readonly jobTemplate?: { readonly spec: { readonly template: Template } };
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

export function podsOf({ apiVersion, kind, metadata, spec }: KubernetesObject): readonly KubernetesObject[] {
  if (!WORKLOADS.includes(kind) || !/^(?:apps|batch)\//.test(apiVersion)) return [];
  const { template, jobTemplate, volumeClaimTemplates = [] } = spec as Spec;
  const of = template ?? jobTemplate?.spec.template;
  if (of === undefined) return [];
  const { name, namespace } = metadata;
  const claimed = volumeClaimTemplates.map(claim => ({
    name: claim.metadata.name,
    persistentVolumeClaim: { claimName: claim.metadata.name },
  }));
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...of.metadata, name: `${kind.toLowerCase()}-${name}`.slice(0, 63), namespace },
      spec: { ...of.spec, volumes: [...(of.spec.volumes ?? []), ...claimed] },
    } as KubernetesObject,
  ];
}
