/** Whoever calls what the house runs believes the authorities of the house: the one file reaches pods, delivery and backups. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import { documentsOf, type ManifestObject, ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const FILE = 'platform/namespaces/authorities.pem';
const NAME = 'house-authorities';
const FOLDER = '/etc/house-authorities';
/** Stands for something that only the house has. */
const OF_HOUSE =
  /\breplace-me-(?:harbor|mail-server|object-storage|sign-in|trace-store|vault|own-authority)\.example\.com/;
/** Kinds that name a host which somebody else calls. */
const CALLED_BY: Readonly<Record<string, string>> = {
  BackupStorageLocation: 'velero',
  ClusterIssuer: 'cert-manager',
  ClusterSecretStore: 'external-secrets',
  ImageValidatingPolicy: 'kyverno',
};
/** In values it is where nodes fetch images from, and in delivery where charts come from: no calls of the pod. */
const REGISTRY = /replace-me-harbor\.example\.com/g;

export const houseAuthorities: CrossCheck = {
  code: 'house-authorities',
  says: 'Whoever calls what the house runs is given the authorities that sign for it.',
  check: tree => {
    const callers = callersIn(tree);
    if (!tree.has(FILE))
      return tree.has('platform/namespaces/kustomization.yaml') && ownHosts(tree)
        ? [finding(FILE, 'is not there, and the house runs what clusters call')]
        : [];
    return [
      ...[...callers].flatMap(([component, because]) => untold(tree, component, because)),
      ...clustersIn(tree).flatMap(view => [...unmounted(tree, view), ...untoldStores(tree, view)]),
      ...untoldDelivery(tree),
      ...untoldHosts(tree),
    ];
  },
};

function ownHosts(tree: FileTree): boolean {
  return [...tree].some(
    ([file, text]) =>
      /^(?:platform|delivery|scripts)\//.test(file) && text.includes('replace-me-object-storage'),
  );
}

/** Components by what they call. */
function callersIn(tree: FileTree): ReadonlyMap<string, string> {
  const callers = new Map<string, string>();
  for (const [file, text] of tree) {
    const [, component] = /^platform\/([\w-]+)\/values\.yaml$/.exec(file) ?? [];
    const [, delivered] = /^delivery\/[\w-]+\/([\w-]+)\.yaml$/.exec(file) ?? [];
    if (!OF_HOUSE.test(text)) continue;
    const named = text.replace(/^#.*$/gm, '');
    const called = OF_HOUSE.exec(named.replace(REGISTRY, ''))?.[0];
    for (const each of [component, delivered])
      if (each !== undefined && called !== undefined) callers.set(each, `${file} names ${called}`);
    if (!/^(?:platform|platform-config)\/.+\.yaml$/.test(file)) continue;
    for (const document of documentsOf(text)) {
      const by = CALLED_BY[String(at(document, 'kind'))];
      if (by !== undefined && OF_HOUSE.test(JSON.stringify(document))) callers.set(by, `${file} names it`);
    }
  }
  return callers;
}

function untold(tree: FileTree, component: string, because: string): readonly Finding[] {
  const values = tree.get(`platform/${component}/values.yaml`) ?? '';
  return values.includes(`mountPath: ${FOLDER}`) && saysFolder(tree, component, values)
    ? []
    : [finding(`platform/${component}`, `is told of no authority of the house, and ${because}`)];
}

/** What differs between clusters stands with the delivery, a whole list at a time. */
function saysFolder(tree: FileTree, component: string, values: string): boolean {
  const delivered = [...tree].filter(
    ([file]) => /^delivery\//.test(file) && file.endsWith(`/${component}.yaml`),
  );
  return [values, ...delivered.map(([, text]) => text)].some(text =>
    /name: SSL_CERT_DIR\s+value: \/etc\/house-authorities\b/.test(text),
  );
}

/** What a chart or a pod mounts is made in the namespace that its pods run in. */
function unmounted(tree: FileTree, { name, objects }: ClusterView): readonly Finding[] {
  const given = new Set(
    ofKind(objects, 'ConfigMap')
      .filter(({ metadata }) => metadata.name === NAME)
      .map(({ metadata }) => metadata.namespace ?? ''),
  );
  return objects.flatMap(object => {
    const { kind, metadata, spec } = object;
    const release = /^(?:HelmRelease|Application|Chart)$/.test(kind);
    const mounts = release
      ? (tree.get(`platform/${metadata.name}/values.yaml`) ?? '').includes(`name: ${NAME}`)
      : mountsThem(object);
    if (!mounts) return [];
    const namespace = String(
      at(spec, 'targetNamespace') ??
        at(spec, 'destination', 'namespace') ??
        metadata.namespace ??
        at(spec, 'namespace'),
    );
    return given.has(namespace)
      ? []
      : [finding(`${name}: ${kind} ${metadata.name}`, `mounts ${NAME}, which is not in ${namespace}`)];
  });
}

const mountsThem = once(({ spec }: ManifestObject): boolean =>
  JSON.stringify(at(spec, 'template') ?? {}).includes(`"configMap":{"name":"${NAME}"}`),
);

/** Archives of databases take it from a Secret, which the bootstrap makes. */
function untoldStores(tree: FileTree, { name, objects }: ClusterView): readonly Finding[] {
  const bootstrap = tree.get('scripts/bootstrap.sh') ?? '';
  return ofKind(objects, 'ObjectStore')
    .filter(({ spec }) => OF_HOUSE.test(JSON.stringify(spec)))
    .filter(
      ({ metadata, spec }) =>
        at(spec, 'configuration', 'endpointCA', 'name') !== NAME ||
        !bootstrap.includes(`keep_keys ${metadata.namespace} ${NAME} --from-file=ca.crt=${FILE}`),
    )
    .map(({ metadata }) => finding(`${name}: ObjectStore ${metadata.name}`, 'does not believe its storage'));
}

/** Flux by its pods, Argo CD by the host that it calls, and snapshots of etcd by what the bootstrap hands over. */
function untoldDelivery(tree: FileTree): readonly Finding[] {
  const bootstrap = tree.get('scripts/bootstrap.sh') ?? '';
  const instances = [...tree].filter(([file]) => /^clusters\/[\w-]+\/flux-instance\.yaml$/.test(file));
  const argo = tree.get('platform/argo-cd/values.yaml');
  return [
    ...instances
      .filter(([, text]) => !documentsOf(text).some(trustsHouse))
      .map(([file]) => finding(file, 'Flux is told of no authority of the house')),
    ...(argo?.includes('tls:\n    create: false') === true &&
    !/create configmap argocd-tls-certs-cm \\\n.*=platform\/namespaces\/authorities\.pem/.test(bootstrap)
      ? [finding('scripts/bootstrap.sh', 'Argo CD is told of no authority of the house')]
      : []),
    ...(bootstrap.includes('etcd-s3-endpoint=') && !bootstrap.includes(`etcd-s3-endpoint-ca=${FILE}`)
      ? [finding('scripts/bootstrap.sh', 'snapshots of etcd do not believe their storage')]
      : []),
  ];
}

/** Where hosts fetch images from Harbor, and where they ask the house who signs in. */
function untoldHosts(tree: FileTree): readonly Finding[] {
  const config = tree.get('scripts/host-config.sh') ?? '';
  const asked = [...tree.keys()].some(file => file.startsWith('infra/kubeadm/registries/'));
  const others = tree.get('infra/kubeadm/registries/_default/hosts.toml') ?? '';
  return [
    ...(asked && !/^ca = "\S+\/authorities\.pem"$/m.test(others)
      ? [finding('infra/kubeadm/registries', 'images of Harbor itself come from a host that is not believed')]
      : []),
    ...[...tree].flatMap(([file, text]) => untoldFile(config, file, text)),
  ];
}

function untoldFile(config: string, file: string, text: string): readonly Finding[] {
  const told = TOLD_HOSTS.find(({ of }) => of.test(file));
  if (told === undefined || !OF_HOUSE.test(text.replace(/^#.*$/gm, ''))) return [];
  return [
    ...(told.says.test(text) ? [] : [finding(file, 'hosts are told of no authority of the house')]),
    ...(told.handed.test(config) ? [] : [finding('scripts/host-config.sh', `hands no authority to ${file}`)]),
  ];
}

const COPIED = /cp platform\/namespaces\/authorities\.pem /;
const FILLED = /-v file=platform\/namespaces\/authorities\.pem/;
const TOLD_HOSTS = [
  { of: /^infra\/(?:rke2|k3s)\/registries\.yaml$/, says: /ca_file: \S+\/authorities\.pem/, handed: COPIED },
  {
    of: /^infra\/kubeadm\/registries\/.+\.toml$/,
    says: /^ {2}ca = "\S+\/authorities\.pem"$/m,
    handed: COPIED,
  },
  { of: /^infra\/kubeadm\/etcd-snapshot\.sh$/, says: /--cacert \S+\/authorities\.pem/, handed: COPIED },
  {
    of: /^infra\/talos\/all\.yaml$/,
    says: /kind: TrustedRootsConfig\n(?:.+\n)*certificates: \|\n +__AUTHORITIES__\n/,
    handed: FILLED,
  },
] as const;

function trustsHouse(instance: unknown): boolean {
  return list(at(instance, 'spec', 'kustomize', 'patches')).some(
    ({ target, patch }) =>
      String(at(target, 'name')).includes('source') &&
      String(patch).includes('SSL_CERT_DIR') &&
      String(patch).includes(`name: ${NAME}`),
  );
}

function finding(place: string, message: string): Finding {
  return { code: 'house-authorities', place, message };
}
