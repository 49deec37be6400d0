/** What an object names is there: sources, ConfigMaps, Secrets, service accounts, gateways, issuers, classes. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import { isInstall } from '../push.ts';
import { type ManifestObject, nameOf, ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, list, podTemplate } from './fields.ts';
import { providerOf } from './provider.ts';

interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
}
/** Made by the bootstrap script, by Flux itself or by a controller: `Kind namespace/name`. */
const FROM_ELSEWHERE = new Set([
  'GitRepository flux-system/flux-system',
  'OCIRepository flux-system/flux-system',
  'Secret flux-system/flux-system',
  'Secret cloud-controller-manager/azure-cloud-provider',
  // Made by the chart of Linkerd across clusters.
  'Server linkerd-multicluster/controller',
  'Server linkerd-multicluster/linkerd-admin',
  'Secret monitoring/grafana-admin',
  'ServiceAccount flux-system/helm-controller',
  'ServiceAccount flux-system/kustomize-controller',
]);

/** What a chart makes itself, by its release. */
const FROM_CHARTS: Readonly<Record<string, string>> = {
  gatekeeper: 'Secret gatekeeper-system/gatekeeper-webhook-server-cert',
  haproxy: 'IngressClass /haproxy',
  'nginx-gateway-fabric': 'GatewayClass /nginx',
};

export const references: CrossCheck = {
  code: 'references',
  says: 'Every object that is named by another one is there.',
  check: tree => {
    const { gatewayClasses, ingressClasses = [] } = providerOf(tree);
    const given = [
      ...gatewayClasses.map(name => `GatewayClass /${name}`),
      ...ingressClasses.map(name => `IngressClass /${name}`),
      // One for each zone, copied from those of the installer.
      ...machineSets(tree),
    ];
    return clustersIn(tree).flatMap(view => {
      const present = new Set([...view.objects.map(keyOf), ...given]);
      for (const made of [...certificateSecrets(view), ...madeByCharts(view)]) present.add(made);
      return view.objects.flatMap(object =>
        referencesOf(object).flatMap((reference): readonly Finding[] => {
          const key = `${reference.kind} ${reference.namespace ?? ''}/${reference.name}`;
          if (present.has(key) || FROM_ELSEWHERE.has(key)) return [];
          return [
            {
              code: 'references',
              place: `${view.name}: ${nameOf(object)}`,
              message: `names ${key}, which is nowhere`,
            },
          ];
        }),
      );
    });
  },
};

/** As scripts/machine-sets.sh calls them. */
function machineSets(tree: FileTree): readonly string[] {
  const text = tree.get('scripts/machine-sets.sh') ?? '';
  const [, tenants = ''] = /^ {2}for tenant in ([a-z0-9 -]+); do$/m.exec(text) ?? [];
  const owners = [
    ...(text === '' ? [] : ['workload']),
    ...tenants
      .split(' ')
      .filter(each => each !== '')
      .map(each => `tenant-${each}`),
  ];
  return owners.flatMap(owner => [1, 2, 3].map(zone => `MachineSet openshift-machine-api/${owner}-${zone}`));
}

const keyOf = once(
  ({ kind, metadata }: ManifestObject): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
);

function certificateSecrets({ objects }: ClusterView): readonly string[] {
  return ofKind(objects, 'Certificate').map(
    ({ metadata, spec }) => `Secret ${metadata.namespace}/${String(at(spec, 'secretName'))}`,
  );
}

function madeByCharts({ steps }: ClusterView): readonly string[] {
  return steps.flatMap(({ installs }) => installs.flatMap(({ name }) => FROM_CHARTS[name] ?? []));
}

/** Clusters share most of their objects. */
const referencesOf = once((object: ManifestObject): readonly Reference[] => {
  const { kind, metadata, spec } = object;
  const own = metadata.namespace ?? '';
  const ref = (to: unknown, namespace: string | null = own, otherwise = ''): Reference[] => {
    const { kind: toKind, name, namespace: toNamespace } = fields(to);
    if (typeof name !== 'string') return [];
    const target = typeof toNamespace === 'string' ? toNamespace : namespace;
    return [{ kind: String(toKind ?? otherwise), name, namespace: target }];
  };
  const named = (toKind: string, name: unknown): Reference[] =>
    typeof name === 'string' ? [{ kind: toKind, name, namespace: own }] : [];
  const fromPods = podTemplate(object);
  return [
    ...ref(at(spec, 'sourceRef')),
    ...ref(at(spec, 'chartRef')),
    ...ref(at(spec, 'chart', 'spec', 'sourceRef')),
    ...list(at(spec, 'valuesFrom')).flatMap(each => ref(each)),
    ...list(at(spec, 'postBuild', 'substituteFrom')).flatMap(each => ref(each)),
    ...(kind === 'HelmRelease' || kind === 'Kustomization'
      ? named('ServiceAccount', at(spec, 'serviceAccountName'))
      : []),
    ...(kind === 'HelmRelease' ? namespaces(spec) : []),
    ...(isInstall(object) ? namespaces({ targetNamespace: at(spec, 'namespace') }) : []),
    ...(kind === 'FluxInstance' ? named('Secret', at(spec, 'sync', 'pullSecret')) : []),
    ...(kind === 'Alert' ? ref(at(spec, 'providerRef'), own, 'Provider') : []),
    ...(kind === 'Gateway' && object.apiVersion.startsWith('gateway.networking.k8s.io')
      ? [{ kind: 'GatewayClass', name: String(at(spec, 'gatewayClassName')), namespace: null }]
      : []),
    ...(kind === 'Ingress' ? ingressReferences(spec, own) : []),
    ...(kind === 'GatewayClass' ? ref(at(spec, 'parametersRef')) : []),
    ...list(at(spec, 'listeners')).flatMap(listener =>
      list(at(listener, 'tls', 'certificateRefs')).flatMap(each => ref(each, own, 'Secret')),
    ),
    ...list(at(spec, 'parentRefs')).flatMap(each => ref(each, own, 'Gateway')),
    ...list(at(spec, 'targetRefs')).flatMap(each => ref(each)),
    ...ref(at(spec, 'targetRef')),
    ...list(at(spec, 'rules')).flatMap(rule =>
      list(at(rule, 'backendRefs')).flatMap(each => ref(each, own, 'Service')),
    ),
    ...(kind === 'Certificate'
      ? ref(at(spec, 'issuerRef'), at(spec, 'issuerRef', 'kind') === 'Issuer' ? own : null)
      : []),
    ...ref(at(spec, 'scaleTargetRef'), own, 'Deployment'),
    ...list(at(spec, 'triggers')).flatMap(each =>
      ref(at(each, 'authenticationRef'), own, 'TriggerAuthentication'),
    ),
    ...(kind === 'StatefulSet' ? named('Service', at(spec, 'serviceName')) : []),
    ...list(at(spec, 'volumeClaimTemplates')).flatMap(each => {
      const name = at(each, 'spec', 'storageClassName');
      return typeof name === 'string' ? [{ kind: 'StorageClass', name, namespace: null }] : [];
    }),
    ...(object.apiVersion === 'postgresql.cnpg.io/v1' ? databaseReferences(spec, named) : []),
    ...(fromPods === null ? [] : podReferences(fromPods, named)),
  ];
});

function databaseReferences(
  spec: unknown,
  named: (kind: string, name: unknown) => readonly Reference[],
): readonly Reference[] {
  const ofCluster = (kind: string, name: unknown): readonly Reference[] =>
    named(kind, name).map(each => ({ ...each, namespace: null }));
  return [
    ...named('Cluster', at(spec, 'cluster', 'name')),
    ...named('ServiceAccount', at(spec, 'serviceAccountName')),
    ...ofCluster('PriorityClass', at(spec, 'priorityClassName')),
    ...[at(spec, 'storage', 'storageClass'), at(spec, 'walStorage', 'storageClass')].flatMap(name =>
      ofCluster('StorageClass', name),
    ),
    ...list(at(spec, 'plugins')).flatMap(each =>
      named('ObjectStore', at(each, 'parameters', 'barmanObjectName')),
    ),
  ];
}

function ingressReferences(spec: unknown, namespace: string): readonly Reference[] {
  const services = list(at(spec, 'rules')).flatMap(rule =>
    list(at(rule, 'http', 'paths')).map(path => String(at(path, 'backend', 'service', 'name'))),
  );
  return [
    { kind: 'IngressClass', name: String(at(spec, 'ingressClassName')), namespace: null },
    ...services.map(name => ({ kind: 'Service', name, namespace })),
    ...list(at(spec, 'tls')).map(tls => ({ kind: 'Secret', name: String(tls.secretName), namespace })),
  ];
}

function namespaces(spec: unknown): readonly Reference[] {
  const names = [at(spec, 'targetNamespace'), at(spec, 'storageNamespace')];
  return names.flatMap(name =>
    typeof name === 'string' && name !== 'kube-system' ? [{ kind: 'Namespace', name, namespace: null }] : [],
  );
}

function podReferences(
  template: unknown,
  named: (kind: string, name: unknown) => readonly Reference[],
): readonly Reference[] {
  const spec = at(template, 'spec');
  const priority = at(spec, 'priorityClassName');
  return [
    ...named('ServiceAccount', at(spec, 'serviceAccountName')),
    ...list(at(spec, 'volumes')).flatMap(volume => [
      ...named('ConfigMap', at(volume, 'configMap', 'name')),
      ...named('Secret', at(volume, 'secret', 'secretName')),
    ]),
    ...(typeof priority === 'string' && !priority.startsWith('system-')
      ? [{ kind: 'PriorityClass', name: priority, namespace: null }]
      : []),
  ];
}
