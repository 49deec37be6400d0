/** Rules of roles, read from the objects that are delivered. */
import type { IPolicyRule } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { KubernetesObject } from '../../kubernetes.ts';

type Rules = IPolicyRule[];
type Resources = Readonly<Record<string, readonly string[]>>;

/** What a team may bring, beside what it brings today. */
const OF_TEAMS: Resources = {
  '': ['configmaps', 'serviceaccounts', 'services'],
  apps: ['daemonsets', 'deployments', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'networking.k8s.io': ['networkpolicies'],
  policy: ['poddisruptionbudgets'],
};
/** What charts bring, beside what this repository itself holds. */
const OF_CHARTS: Resources = {
  '': ['configmaps', 'serviceaccounts', 'services'],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'apiregistration.k8s.io': ['apiservices'],
  apps: ['daemonsets', 'deployments', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'cert-manager.io': ['certificates', 'issuers'],
  'gateway.networking.k8s.io': ['gatewayclasses'],
  'monitoring.coreos.com': [
    'alertmanagers',
    'podmonitors',
    'prometheuses',
    'prometheusrules',
    'servicemonitors',
  ],
  'networking.k8s.io': ['ingressclasses', 'networkpolicies'],
  policy: ['poddisruptionbudgets'],
  'scheduling.k8s.io': ['priorityclasses'],
  'storage.k8s.io': ['csidrivers', 'storageclasses'],
};
/** Asked for a dry run they would be changed, or would take the right to hand out rights: they are only read. */
const ONLY_READ: Resources = {
  'admissionregistration.k8s.io': [
    'mutatingwebhookconfigurations',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'validatingwebhookconfigurations',
  ],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
};

export function workloadRules(objects: readonly KubernetesObject[]): Rules {
  const verbs = ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'];
  return rulesOf(together(OF_TEAMS, resourcesOf(objects)), verbs);
}

export function comparedRules(objects: readonly KubernetesObject[]): Rules {
  const read = Object.keys(ONLY_READ);
  const own = Object.entries(resourcesOf(objects));
  const within = (groups: 'read' | 'asked') =>
    Object.fromEntries(own.filter(([group]) => read.includes(group) === (groups === 'read')));
  return [
    ...rulesOf(together(OF_CHARTS, within('asked')), ['get', 'list', 'create', 'patch']),
    ...rulesOf(together(ONLY_READ, within('read')), ['get', 'list']),
  ];
}

function rulesOf(resources: Resources, verbs: readonly string[]): Rules {
  return Object.entries(resources)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([group, names]) => ({ apiGroups: [group], resources: [...names].sort(), verbs: [...verbs] }));
}

function together(one: Resources, other: Resources): Resources {
  const groups = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    groups.map(group => [group, [...new Set([...(one[group] ?? []), ...(other[group] ?? [])])]]),
  );
}

/** Secrets are in none of them: no file here holds one. */
function resourcesOf(objects: readonly KubernetesObject[]): Resources {
  const found: Record<string, string[]> = {};
  for (const { apiVersion, kind } of objects) {
    if (kind === 'Secret') continue;
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    found[group] = [...new Set([...(found[group] ?? []), resourceOf(kind)])];
  }
  return found;
}

/** `NetworkPolicy` is asked for as `networkpolicies`. */
export function resourceOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
