/** Where somebody else keeps the border, every host that the cluster fetches from is on the list, and nothing leads past the border. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { documentsOf, type ManifestObject, nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { covers, hostsInFile, hostsInText, isInside, withoutComments } from './named-hosts.ts';

const LIST = 'destinations.txt';
const FETCHED = /^(?:apps|clusters|delivery|platform|platform-config)\/.+\.ya?ml$/;
/** What nodes read at their first start. */
const USER_DATA = /^infra\/.+-user-data\.txt$/;
/** What takes traffic out of a network by itself. */
const PAST =
  /^resource "(?:aws_nat_gateway|aws_eip|google_compute_router_nat|azurerm_public_ip_prefix|azurerm_nat_gateway)"/m;

/** An issuer that stands in certificates and is asked by nobody in the cluster. */
const NAMED_ONLY: ReadonlySet<string> = new Set(['token.actions.githubusercontent.com']);

const PROXY = 'replace-me-proxy.';
const KEY_VAULT_VALUES = 'platform/csi-secrets-store-provider-azure/values.yaml';
const KEEPS_NO_ROUTE = /delete_default_routes_on_create +=\s+true/;

export const wayOut: CrossCheck = {
  code: 'way-out',
  says: 'Where a border is kept elsewhere every host that is fetched from is listed, and nothing leads past it.',
  check: tree => {
    const list = tree.get(LIST);
    if (list === undefined) return [];
    const listed = [...list.matchAll(/^([^# ]\S*) \d+ /gm)].map(([, host = '']) => host);
    const registries = namesBehind(listed);
    return [
      ...unlistedServices(tree, listed),
      ...clustersIn(tree).flatMap(view => pastProxy(tree, view)),
      ...[...tree].flatMap(([file, text]) => [
        ...(FETCHED.test(file)
          ? hostsInFile(file, text)
          : USER_DATA.test(file)
            ? hostsInText(withoutComments(text))
            : []
        )
          .filter(host => !host.endsWith('.') && !NAMED_ONLY.has(host) && !host.startsWith(PROXY))
          .filter(host => !isInside(host, registries) && !registries.some(each => covers(each, host)))
          .map(host => finding(file, `names ${host}, which nobody was asked to let through`)),
        ...(/^infra\/(?:aks|eks|gke|machines)\/network\.tf$/.test(file) && PAST.test(text)
          ? [finding(file, 'leads past the border')]
          : []),
        ...missingRoute(tree, file, text),
        ...untoldNodes(tree, file, text),
        ...untoldWriters(tree, file, text),
        ...untoldInstaller(tree, file, text),
      ]),
    ];
  },
};

/** What Azure runs in a cluster calls hosts that no file names. */
const OF_AZURE: readonly (readonly [what: RegExp, host: string])[] = [
  [/^resource "azurerm_kubernetes_cluster_extension"/m, 'dp.kubernetesconfiguration.azure.com'],
  [/"?name"? += "Automatic"/, 'data.policy.core.windows.net'],
];

function unlistedServices(tree: FileTree, listed: readonly string[]): readonly Finding[] {
  return OF_AZURE.flatMap(([what, host]) =>
    [...tree]
      .filter(([file, text]) => file.startsWith('infra/aks/') && file.endsWith('.tf') && what.test(text))
      .filter(() => !listed.some(each => each.endsWith(host)))
      .map(([file]) => finding(file, `calls ${host}, which nobody was asked to let through`)),
  );
}

/** Where a proxy is told of, no policy leads past it, and whoever may reach it knows of it. */
function pastProxy(tree: FileTree, view: ClusterView): readonly Finding[] {
  const { PROXY_RANGE: range } = view.variables;
  if (range === undefined) return [];
  const reaching = view.objects.filter(each => leadsTo(each, String(range)));
  return [
    ...view.objects
      .filter(each => leadsTo(each, '0.0.0.0/0'))
      .map(each => finding(`${view.name}: ${nameOf(each)}`, 'leads past the proxy')),
    ...[...new Set(reaching.map(({ metadata }) => metadata.namespace ?? ''))]
      .filter(namespace => !isTold(tree, view, namespace))
      .map(namespace =>
        finding(`${view.name}: ${namespace}`, 'may reach the proxy and is told nothing of it'),
      ),
    ...untoldOnNodes(tree, view),
  ];
}

function leadsTo({ kind, spec }: ManifestObject, cidr: string): boolean {
  return (
    kind === 'NetworkPolicy' &&
    list(at(spec, 'egress')).some(({ to }) => list(to).some(peer => at(peer, 'ipBlock', 'cidr') === cidr))
  );
}

/** In values of a chart of that namespace, in a pod of it, by the instance of Flux, or by AKS, which tells every pod. */
function isTold(tree: FileTree, view: ClusterView, namespace: string): boolean {
  if (tree.has('infra/aks/proxy.tf')) return true;
  if (namespace === 'flux-system')
    return [...tree].some(([file, text]) => file.startsWith('clusters/') && text.includes('HTTPS_PROXY'));
  const pods = view.objects.filter(each => each.metadata.namespace === namespace);
  const url = String(view.variables.PROXY_URL);
  // A pod takes it over from its namespace, or is made by an operator that is told.
  if (
    pods.some(({ kind, spec }) => {
      const written = JSON.stringify(spec ?? {});
      return (
        written.includes('"configMapRef":{"name":"proxy"}') ||
        written.includes(JSON.stringify({ name: 'HTTPS_PROXY', value: url })) ||
        (kind === 'ObjectStore' && written.includes(url))
      );
    })
  )
    return true;
  const releases = view.objects.filter(({ kind, metadata, spec }) => {
    const places = [at(spec, 'targetNamespace'), at(spec, 'destination', 'namespace'), metadata.namespace];
    return (
      /^(?:HelmRelease|Application)$/.test(kind) &&
      places.includes(namespace) &&
      JSON.stringify(spec).includes(url)
    );
  });
  // What a pipeline installs is no object of the cluster.
  const charts = [...tree].filter(
    ([file, text]) =>
      file.startsWith('delivery/') &&
      text.includes('kind: Chart\n') &&
      text.includes(`\n  namespace: ${namespace}\n`) &&
      text.includes('${PROXY_URL}'),
  );
  return releases.length > 0 || charts.length > 0;
}

/** A network that is made here and keeps no way out of its own has to lead somewhere. */
function missingRoute(tree: FileTree, file: string, text: string): readonly Finding[] {
  if (
    !/^infra\/(?:eks|gke|machines)\/network\.tf$/.test(file) ||
    !/^resource "(?:aws_vpc|google_compute_network)"/m.test(text)
  )
    return [];
  const leads = /transit_gateway_id +=|resource "google_compute_network_peering"/.test(text);
  if (!tree.has(LIST)) return [];
  const open = text.includes('resource "google_compute_network" "main"') && !KEEPS_NO_ROUTE.test(text);
  return [
    ...(leads ? [] : [finding(file, 'leads nowhere')]),
    ...(open ? [finding(file, 'keeps a route of its own to the internet')] : []),
  ];
}

/** AKS tells nodes of a proxy; what keeps data of the cluster is called through it as well. */
function untoldNodes(tree: FileTree, file: string, text: string): readonly Finding[] {
  if (!tree.has('infra/aks/proxy.tf') && !tree.has('infra/machines/proxy.tf')) return [];
  if (file === 'infra/aks/cluster.tf')
    return /^ +http_proxy_config \{/m.test(text)
      ? []
      : [finding(file, 'its nodes are told nothing of the proxy')];
  return /^infra\/(?:aks|machines)\/(?:object|secret)-store\.tf$/.test(file) &&
    !text.includes('var.proxy.subnet_ids')
    ? [finding(file, 'does not answer the proxy')]
    : [];
}

/** Machines and operators of OpenShift know of a proxy by what its installer is told, and pods by values: of the same one. */
function untoldInstaller(tree: FileTree, file: string, text: string): readonly Finding[] {
  if (file !== 'infra/openshift/install-config.yaml') return [];
  const [told] = documentsOf(text);
  const installer =
    at(told, 'proxy', 'httpsProxy') !== undefined && at(told, 'proxy', 'noProxy') !== undefined;
  const pods = clustersIn(tree).some(({ variables }) => variables.PROXY_URL !== undefined);
  return installer === pods ? [] : [finding(file, 'tells machines of another way out than pods have')];
}

/** No policy holds what is in the network of its node: that which reads Key Vault is told by the settings that its chart has for Azure Arc. */
function untoldOnNodes(tree: FileTree, view: ClusterView): readonly Finding[] {
  const values = tree.get(KEY_VAULT_VALUES);
  if (values === undefined) return [];
  const [told] = documentsOf(values);
  const isOn =
    at(told, 'enableArcExtension') === true && at(told, 'Azure', 'proxySettings', 'isProxyEnabled') === true;
  return isOn && isTold(tree, view, 'secrets-store-csi-driver')
    ? []
    : [
        finding(
          `${view.name}: ${KEY_VAULT_VALUES}`,
          'calls out from its node, and is told nothing of the proxy',
        ),
      ];
}

/** The agent of metrics reads its environment for a proxy only where its pipeline says so. */
function untoldWriters(tree: FileTree, file: string, text: string): readonly Finding[] {
  return tree.has('infra/aks/proxy.tf') &&
    file.startsWith('platform/') &&
    text.includes('prometheus.remote_write "') &&
    !/^ +proxy_from_environment = true$/m.test(text)
    ? [finding(file, 'writes metrics past the proxy')]
    : [];
}

/** Images name a registry by what its publisher calls it. */
function namesBehind(listed: readonly string[]): readonly string[] {
  return listed.includes('registry-1.docker.io') ? [...listed, 'docker.io'] : listed;
}

function finding(place: string, message: string): Finding {
  return { code: 'way-out', place, message };
}
