/** Selectors of Services, budgets, autoscalers, monitors and policies meet pods that this tree makes. */
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type ManifestObject, nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, type Labels, labelsOf, list, podTemplate, selects } from './fields.ts';

/** Namespaces whose pods come from charts or from a Gateway: their labels cannot be seen here. */
export function chartNamespaces({ objects, steps }: ClusterView): ReadonlySet<string> {
  const targets = steps.flatMap(({ installs }) => installs.flatMap(({ namespace }) => namespace ?? []));
  const gateways = objects
    .filter(({ kind }) => kind === 'Gateway')
    .map(({ metadata }) => metadata.namespace ?? '');
  return new Set([
    'calico-system',
    'flux-system',
    'kube-system',
    'node-agents',
    'openshift-ingress',
    ...targets,
    ...gateways,
  ]);
}

export const selectors: CrossCheck = {
  code: 'selectors',
  says: 'Whatever selects pods selects some, and a workload selects its own.',
  check: tree =>
    clustersIn(tree).flatMap(view => {
      const foreign = chartNamespaces(view);
      const report = (object: ManifestObject, message: string): Finding => ({
        code: 'selectors',
        place: `${view.name}: ${nameOf(object)}`,
        message,
      });
      return view.objects.flatMap(object => {
        const { kind, metadata, spec } = object;
        const template = podTemplate(object);
        if (
          template !== null &&
          at(spec, 'selector') !== undefined &&
          !selects(at(spec, 'selector'), labelsOf(template))
        )
          return [report(object, 'does not select the pods of its own template')];
        if (foreign.has(metadata.namespace ?? '')) return [];
        const made = podsIn(view, metadata.namespace);
        if (kind === 'Service') return serviceFindings(object, made, message => report(object, message));
        if (kind === 'ServiceMonitor')
          return monitorFindings(view, object, message => report(object, message));
        const selector = kind === 'NetworkPolicy' ? at(spec, 'podSelector') : at(spec, 'selector');
        const matters = ['PodDisruptionBudget', 'NetworkPolicy', 'PodMonitor', 'PodMonitoring'].includes(
          kind,
        );
        if (matters && isNarrow(selector) && !made.some(({ labels }) => selects(selector, labels)))
          return [report(object, 'selects no pod')];
        return [];
      });
    }),
};

interface Pods {
  readonly labels: Labels;
  readonly ports: readonly { readonly name?: string; readonly containerPort?: number }[];
}

const pods = new WeakMap<ClusterView, ReadonlyMap<string | undefined, readonly Pods[]>>();

/** Each cluster is asked for the pods of every namespace, many times. */
export function podsIn(view: ClusterView, namespace: string | undefined): readonly Pods[] {
  const known = pods.get(view) ?? podsByNamespace(view);
  pods.set(view, known);
  return known.get(namespace) ?? [];
}

function podsByNamespace({ objects }: ClusterView): ReadonlyMap<string | undefined, readonly Pods[]> {
  const found = new Map<string | undefined, Pods[]>();
  for (const object of objects) {
    const { namespace } = object.metadata;
    const made = podsOf(object);
    if (made.length > 0) found.set(namespace, [...(found.get(namespace) ?? []), ...made]);
  }
  return found;
}

function podsOf(object: ManifestObject): readonly Pods[] {
  if (object.apiVersion === 'postgresql.cnpg.io/v1') return instances(object);
  const template = podTemplate(object);
  if (template === null) return [];
  const ports = list(at(template, 'spec', 'containers')).flatMap(container => list(container.ports));
  return [{ labels: labelsOf(template), ports }];
}

/** As the operator labels the pods of a database. */
function instances({ kind, metadata }: ManifestObject): readonly Pods[] {
  if (kind !== 'Cluster') return [];
  const labels = { 'cnpg.io/cluster': metadata.name, 'cnpg.io/podRole': 'instance' };
  const ports = [5432, 8000].map(containerPort => ({ containerPort }));
  return [{ labels, ports: [...ports, { name: 'metrics', containerPort: 9187 }] }];
}

function isNarrow(selector: unknown): boolean {
  return Object.keys(fields(at(selector, 'matchLabels'))).length > 0;
}

function serviceFindings(
  { spec }: ManifestObject,
  pods: readonly Pods[],
  report: (message: string) => Finding,
): readonly Finding[] {
  const selector = { matchLabels: at(spec, 'selector') };
  const met = pods.filter(({ labels }) => selects(selector, labels));
  if (met.length === 0) return [report('selects no pod')];
  return list(at(spec, 'ports')).flatMap(({ targetPort, port }) => {
    const target = targetPort ?? port;
    const open = met.some(each =>
      each.ports.some(one => one.name === target || one.containerPort === target),
    );
    return open ? [] : [report(`no container opens the port ${String(target)}`)];
  });
}

function monitorFindings(
  { objects }: ClusterView,
  { metadata, spec }: ManifestObject,
  report: (message: string) => Finding,
): readonly Finding[] {
  const services = objects.filter(
    ({ kind, metadata: { namespace, labels = {} } }) =>
      kind === 'Service' && namespace === metadata.namespace && selects(at(spec, 'selector'), labels),
  );
  if (services.length === 0) return [report('selects no Service')];
  return list(at(spec, 'endpoints')).flatMap(({ port }) =>
    services.some(service => list(at(service.spec, 'ports')).some(({ name }) => name === port))
      ? []
      : [report(`no Service has the port ${String(port)}`)],
  );
}
