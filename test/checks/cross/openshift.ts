/** OpenShift: who a pod may run as, which rules see other namespaces, and hosts that its installer knows. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type Inventory, inventoriesIn } from '../hosts.ts';
import { parseOnce } from '../parse-once.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, list, podTemplate } from './fields.ts';
import { balancers, inHostFolders, secretsMounted, virtualClusters } from './openshift-agents.ts';
import { isOpenShift } from './provider.ts';
import { contains } from './ranges.ts';

export const openShift: CrossCheck = {
  code: 'openshift',
  says: 'On OpenShift pods may run as what they name, rules see what they speak of, and each host is known by its hardware.',
  check: tree =>
    isOpenShift(tree)
      ? [
          ...clustersIn(tree).flatMap(view => [
            ...constraints(view),
            ...numbers(view),
            ...rules(view),
            ...given(view),
            ...ofHosts(view),
            ...inHostFolders(view),
          ]),
          ...inventoriesIn(tree).flatMap(each => hosts(tree, each)),
          ...installer(tree),
          ...inCloud(tree),
          ...mirrors(tree),
          ...agents(tree),
          ...secretsMounted(tree),
          ...virtualClusters(tree),
          ...balancers(tree),
          ...(tree.has(IMAGE_SET) ? closed(tree) : []),
        ]
      : [],
};

const IMAGE_SET = 'image-set.yaml';
const CONSTRAINT = 'system:openshift:scc:';

/** Charts fix the number that their pods run as, which is more than a namespace allows by itself. */
function constraints({ name, objects }: ClusterView): readonly Finding[] {
  const bound = objects.flatMap(({ kind, metadata, roleRef }) => {
    const role = String(at(roleRef, 'name'));
    return /^(?:Cluster)?RoleBinding$/.test(kind) && role.startsWith(CONSTRAINT)
      ? [{ namespace: metadata.namespace ?? '', constraint: role.slice(CONSTRAINT.length) }]
      : [];
  });
  const platform = objects.filter(
    ({ kind, metadata }) =>
      kind === 'Namespace' && metadata.labels?.['app.kubernetes.io/part-of'] === 'platform',
  );
  const reachesHosts = (name: string | undefined) =>
    platform.some(
      ({ metadata }) =>
        metadata.name === name && metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'privileged',
    );
  return [
    ...platform
      .filter(
        ({ metadata }) =>
          !reachesHosts(metadata.name) &&
          !bound.some(each => each.namespace === metadata.name && each.constraint === 'nonroot-v2'),
      )
      .map(({ metadata }) =>
        finding(`${name}: Namespace ${metadata.name}`, 'lets no pod have the number that its chart names'),
      ),
    ...platform
      .filter(
        ({ metadata }) =>
          reachesHosts(metadata.name) &&
          !bound.some(each => each.namespace === metadata.name && each.constraint === 'privileged'),
      )
      .map(({ metadata }) =>
        finding(`${name}: Namespace ${metadata.name}`, 'lets none of its pods reach into their host'),
      ),
    ...bound
      .filter(
        ({ namespace, constraint }) =>
          constraint !== 'nonroot-v2' && !(reachesHosts(namespace) && constraint === 'privileged'),
      )
      .map(({ namespace, constraint }) =>
        finding(`${name}: Namespace ${namespace}`, `lets pods be ${constraint}, which nothing there needs`),
      ),
  ];
}

/** Workloads get a number from their namespace, and are refused with any other. */
function numbers({ name, objects }: ClusterView): readonly Finding[] {
  const bound = new Set(
    objects
      .filter(({ roleRef }) => String(at(roleRef, 'name')).startsWith(CONSTRAINT))
      .map(({ metadata }) => metadata.namespace),
  );
  return objects
    .filter(object => !bound.has(object.metadata.namespace) && podTemplate(object) !== null)
    .filter(object => /"(?:runAsUser|runAsGroup|fsGroup)":/.test(JSON.stringify(podTemplate(object))))
    .map(({ kind, metadata }) =>
      finding(`${name}: ${kind} ${metadata.name}`, 'names a number that its namespace does not have'),
    );
}

/** A rule is asked of its own namespace alone unless that is free. */
function rules({ name, objects }: ClusterView): readonly Finding[] {
  const settings = objects.find(({ metadata }) => metadata.name === 'user-workload-monitoring-config');
  if (settings === undefined) return [];
  const told: unknown = parseOnce(String(at(settings, 'data', 'config.yaml')));
  const free = at(told, 'namespacesWithoutLabelEnforcement');
  return objects
    .filter(({ kind, metadata }) => {
      const isFree = Array.isArray(free) && free.includes(metadata.namespace);
      return kind === 'PrometheusRule' && !isFree;
    })
    .map(({ metadata }) =>
      finding(`${name}: PrometheusRule ${metadata.name}`, 'sees nothing beyond its own namespace'),
    );
}

/** Kinds that OpenShift brings are its to change. */
function given({ name, steps }: ClusterView): readonly Finding[] {
  return steps
    .flatMap(({ installs }) => installs)
    .filter(install => ['prometheus-operator-crds', 'kube-prometheus-stack'].includes(install.name))
    .map(install => finding(`${name}: ${install.name}`, 'is part of OpenShift already'));
}

/** What runs in the network of a host comes from an address of pods, and policies know it by one label. */
function ofHosts({ name, objects }: ClusterView): readonly Finding[] {
  return objects
    .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === 'spire-server')
    .filter(
      ({ metadata, spec }) => metadata.name === 'from-agents' && !JSON.stringify(spec).includes(FROM_HOSTS),
    )
    .map(() => finding(`${name}: Namespace spire-server`, 'lets no agent ask for certificates'));
}

const FROM_HOSTS = 'policy-group.network.openshift.io/host-network';

/** Charts of what reaches into hosts put it elsewhere on OpenShift, and answers to probes have to pass the host. */
function agents(tree: FileTree): readonly Finding[] {
  const ambient = [...tree].some(
    ([file, text]) =>
      file.startsWith('platform/namespaces/') && text.includes('istio.io/dataplane-mode: ambient'),
  );
  return [
    ...['istio', 'istio-base', 'istio-cni', 'ztunnel'].flatMap(chart => {
      const file = `platform/${chart}/values.yaml`;
      const values = tree.get(file);
      return values === undefined || at(parseOnce(values), 'global', 'platform') === 'openshift'
        ? []
        : [finding(file, 'is not told of OpenShift')];
    }),
    ...(ambient && !(tree.get('platform/openshift/network.yaml') ?? '').includes('routingViaHost: true')
      ? [
          finding(
            'platform/openshift',
            'answers probes past hosts, so that no pod in ambient mode becomes ready',
          ),
        ]
      : []),
  ];
}

function hosts(tree: FileTree, { file, settings, hosts: named }: Inventory): readonly Finding[] {
  const { INGRESS_ADDRESS = '', NODE_CIDR = '', API_ADDRESS = '' } = settings;
  const text = tree.get(file) ?? '';
  const known = [...text.matchAll(/^mac (\S+) ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})$/gm)];
  const addresses = known.map(([, , mac = '']) => mac);
  return [
    ...named
      .filter(host => !known.some(([, one]) => one === host.name))
      .map(host => finding(file, `${host.name} has no hardware address, so the installer does not know it`)),
    ...(new Set(addresses).size === addresses.length
      ? []
      : [finding(file, 'two hosts have one hardware address')]),
    ...(contains(NODE_CIDR, INGRESS_ADDRESS) &&
    INGRESS_ADDRESS !== API_ADDRESS &&
    !named.some(({ address }) => address === INGRESS_ADDRESS)
      ? []
      : [finding(file, `${INGRESS_ADDRESS} cannot move between hosts`)]),
  ];
}

function installer(tree: FileTree): readonly Finding[] {
  const file = 'infra/openshift/install-config.yaml';
  const told = fields(parseOnce(tree.get(file) ?? ''));
  const secret = ['pullSecret', 'sshKey'].filter(key => key in told);
  return [
    ...secret.map(key => finding(file, `holds ${key}, which belongs into no repository`)),
    ...(at(told, 'networking', 'networkType') === 'OVNKubernetes'
      ? []
      : [finding(file, 'names a network that policies are not written for')]),
    ...(list(at(told, 'compute')).length === 1 ? [] : [finding(file, 'has not one group of other hosts')]),
  ];
}

const INSTALL_TF = 'infra/machines/install.tf';

/** Where the installer makes machines: it is told all that its template asks for, keeps the API within, and takes no key. */
function inCloud(tree: FileTree): readonly Finding[] {
  const given = tree.get(INSTALL_TF);
  if (given === undefined) return [];
  const file = 'infra/openshift/install-config.yaml';
  const text = tree.get(file) ?? '';
  const told = fields(parseOnce(text));
  const asked = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name));
  const pools = [at(told, 'controlPlane'), ...list(at(told, 'compute'))];
  return [
    ...[...asked]
      .filter(name => !new RegExp(`^ +${name} += `, 'm').test(given))
      .map(name => finding(INSTALL_TF, `gives no ${name}, which ${file} asks for`)),
    ...(at(told, 'publish') === 'Internal' ? [] : [finding(file, 'gives the API a public address')]),
    ...(at(told, 'credentialsMode') === 'Manual'
      ? []
      : [finding(file, 'has operators keep a key of the account')]),
    ...pools
      .filter(pool => Number(at(pool, 'replicas')) < 3)
      .map(pool => finding(file, `${String(at(pool, 'name'))} has fewer machines than zones`)),
    ...clustersIn(tree).flatMap(routers),
  ];
}

/** What is public takes workloads alone, and what is not takes none of them. */
function routers({ name, objects }: ClusterView): readonly Finding[] {
  const selectorOf = (router: string) =>
    at(
      objects.find(({ kind, metadata }) => kind === 'IngressController' && metadata.name === router)?.spec,
      'namespaceSelector',
    );
  const taken = Object.keys(fields(at(selectorOf('workloads'), 'matchLabels')));
  const left = list(at(selectorOf('default'), 'matchExpressions')).filter(
    ({ operator }) => operator === 'DoesNotExist',
  );
  if (selectorOf('workloads') === undefined) return [];
  return taken.length > 0 && taken.every(label => left.some(({ key }) => key === label))
    ? []
    : [finding(`${name}: IngressController`, 'two routers take the same routes, so names lead to both')];
}

interface Mirrored {
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly mirrorSourcePolicy: string;
}

function mirrorSets(tree: FileTree, kind: 'Digest' | 'Tag'): readonly Mirrored[] {
  return documentsOf(tree.get(MIRRORS) ?? '')
    .filter(document => at(document, 'kind') === `Image${kind}MirrorSet`)
    .flatMap(document => list(at(document, 'spec', `image${kind}Mirrors`)) as unknown as readonly Mirrored[]);
}

const MIRRORS = 'platform/openshift/mirrors.yaml';

/** A source that is closed is closed to tags and digests alike, and each release names its images by digest. */
function mirrors(tree: FileTree): readonly Finding[] {
  const told = fields(parseOnce(tree.get('infra/openshift/install-config.yaml') ?? ''));
  const digests = [
    ...mirrorSets(tree, 'Digest'),
    ...(list(at(told, 'imageDigestSources')) as unknown as readonly Mirrored[]),
  ].map(({ source }) => source);
  return mirrorSets(tree, 'Tag')
    .filter(
      ({ source, mirrorSourcePolicy }) =>
        mirrorSourcePolicy === 'NeverContactSource' && !digests.includes(source),
    )
    .map(({ source }) => finding(MIRRORS, `closes ${source} to images that are named by digest`));
}

/** Without a way out on hosts of one's own: what these are installed from lies where oc-mirror puts it, in the release that they have. */
function closed(tree: FileTree): readonly Finding[] {
  if (tree.has(INSTALL_TF)) return [];
  const carryIn = tree.get('scripts/carry-in.sh') ?? '';
  const [, project = ''] = /oc-mirror .*"docker:\/\/\$registry\/([a-z-]+)"/.exec(carryIn) ?? [];
  const told = fields(parseOnce(tree.get('infra/openshift/install-config.yaml') ?? ''));
  const sources = list(at(told, 'imageDigestSources')) as unknown as readonly Mirrored[];
  const lies = (source: string, path: string) =>
    sources.some(
      each => each.source === source && each.mirrors.some(to => to.endsWith(`/${project}/openshift/${path}`)),
    );
  const [channel] = list(at(parseOnce(tree.get(IMAGE_SET) ?? ''), 'mirror', 'platform', 'channels'));
  const carried = String(at(channel, 'minVersion'));
  return [
    ...(project === '' ? [finding('scripts/carry-in.sh', 'carries no release of OpenShift in')] : []),
    ...(lies('quay.io/openshift-release-dev/ocp-release', 'release-images') &&
    lies('quay.io/openshift-release-dev/ocp-v4.0-art-dev', 'release')
      ? []
      : [finding('infra/openshift/install-config.yaml', 'looks for releases where oc-mirror puts none')]),
    ...inventoriesIn(tree)
      .filter(({ settings }) => settings.OPENSHIFT_VERSION !== carried)
      .map(({ file, settings }) =>
        finding(file, `is of ${settings.OPENSHIFT_VERSION}, and ${carried} is what is carried in`),
      ),
    ...(carried.startsWith(`${String(at(channel, 'name')).replace(/^\w+-/, '')}.`)
      ? []
      : [finding(IMAGE_SET, `${carried} is not in the channel ${String(at(channel, 'name'))}`)]),
    ...(/oc adm upgrade channel/.test(tree.get('scripts/bootstrap.sh') ?? '')
      ? [finding('scripts/bootstrap.sh', 'follows a channel that nothing here can ask')]
      : []),
    ...documentsOf(tree.get('infra/openshift/operators.yaml') ?? '')
      .filter(document => at(document, 'kind') === 'Subscription')
      .map(document => String(at(document, 'spec', 'name')))
      .filter(name => !(tree.get(IMAGE_SET) ?? '').includes(`name: ${name}\n`))
      .map(name => finding('infra/openshift/operators.yaml', `asks for ${name}, which nobody carries in`)),
    ...(!tree.has('infra/openshift/operators.yaml') ||
    sources.some(({ source }) => source === 'registry.redhat.io')
      ? []
      : [
          finding(
            'infra/openshift/install-config.yaml',
            'finds no images of operators before delivery begins',
          ),
        ]),
    ...(tree.has('platform/openshift/catalogs.yaml')
      ? []
      : [finding('platform/openshift', 'leaves catalogs on that nothing here reaches')]),
    ...(/^ *printf '.*additionalTrustBundle: /m.test(tree.get('scripts/host-config.sh') ?? '')
      ? []
      : [finding('scripts/host-config.sh', 'lets hosts start that do not trust Harbor')]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'openshift', place, message };
}
