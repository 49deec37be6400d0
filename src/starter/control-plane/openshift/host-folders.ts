/** Agents that are written here and work in folders of their host: SELinux keeps every container but one that may do all from these. */
import type { IDaemonSet } from 'kubernetes-models/apps/v1';
import type { IContainer, IVolume } from 'kubernetes-models/v1';
import type { KubernetesObject } from '../../kubernetes.ts';
import { alsoSkipped } from '../../own-agents.ts';

const REASON = 'SELinux keeps every container but one that may do all from folders of its host.';
/** What scanners mind about such a container. */
const SKIPPED = ['CKV_K8S_16', 'CKV_K8S_20', 'CKV_K8S_28', 'CKV_K8S_37'] as const;
const LINTED = ['privileged-container', 'privilege-escalation-container'] as const;

export function inHostFolders<T extends KubernetesObject>(object: T): T {
  if (!isDaemonSet(object)) return object;
  const { metadata, spec } = object;
  const pod = spec?.template.spec;
  const folders = (pod?.volumes ?? []).filter(({ hostPath }) => hostPath !== undefined).map(nameOf);
  if (pod === undefined || folders.length === 0) return object;
  const containers = pod.containers.map(each => (mounts(each, folders) ? privileged(each) : each));
  return {
    ...object,
    metadata: { ...metadata, annotations: letThrough(metadata?.annotations) },
    spec: { ...spec, template: { ...spec?.template, spec: { ...pod, containers } } },
  };
}

function isDaemonSet(object: KubernetesObject): object is KubernetesObject & IDaemonSet {
  return object.kind === 'DaemonSet';
}

const nameOf = ({ name }: IVolume): string => name;

function mounts({ volumeMounts = [] }: IContainer, folders: readonly string[]): boolean {
  return volumeMounts.some(({ name }) => folders.includes(name));
}

/** One that may do all may gain rights and has all of them: to say otherwise is refused. */
function privileged(container: IContainer): IContainer {
  const { allowPrivilegeEscalation: _, capabilities: __, ...security } = container.securityContext ?? {};
  return { ...container, securityContext: { ...security, privileged: true } };
}

function letThrough(annotations: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    ...alsoSkipped(annotations, Object.fromEntries(SKIPPED.map(check => [check, REASON]))),
    'kube-score/ignore': [annotations['kube-score/ignore'] ?? [], 'container-security-context-privileged']
      .flat()
      .join(','),
    ...Object.fromEntries(LINTED.map(check => [`ignore-check.kube-linter.io/${check}`, REASON])),
  };
}
