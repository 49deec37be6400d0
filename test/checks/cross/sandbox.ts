/** Pods of tenants that are held to a sandbox find its class, and nodes that run it. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, list } from './fields.ts';
import { isOpenShift } from './provider.ts';
import { isInImageOfMachines, schematicOf } from './talos-image.ts';

const POLICY = 'tenants-in-the-sandbox';

export const sandbox: CrossCheck = {
  code: 'sandbox',
  says: 'Where pods of tenants have to name a runtime, its class is there and nodes run it.',
  check: tree => clustersIn(tree).flatMap(view => findingsOf(tree, view)),
};

function findingsOf(tree: FileTree, view: ClusterView): readonly Finding[] {
  const policy = view.objects.find(
    ({ kind, metadata }) => kind === 'ValidatingAdmissionPolicy' && metadata.name === POLICY,
  );
  if (policy === undefined) return [];
  const rules = list(at(policy.spec, 'validations')).map(({ expression }) => String(expression));
  const wanted = /runtimeClassName == '([\w-]+)'/.exec(rules.join('\n'))?.[1] ?? 'nothing';
  const found = (right: boolean, message: string): readonly Finding[] =>
    right ? [] : [{ code: 'sandbox', place: view.name, message }];
  const hosts = ['talos/all', 'rke2/server', 'k3s/server', 'kubeadm/cluster'].some(each =>
    tree.has(`infra/${each}.yaml`),
  );
  const own = view.objects.find(({ kind, metadata }) => kind === 'RuntimeClass' && metadata.name === wanted);
  return [
    ...found(!hosts || own !== undefined, `there is no class ${wanted}`),
    ...found(runs(tree, wanted, own), `no node runs ${wanted}`),
  ];
}

function runs(tree: FileTree, wanted: string, own: object | undefined): boolean {
  if (isOpenShift(tree)) {
    const operators = tree.get('infra/openshift/operators.yaml') ?? '';
    return (
      /^ {2}name: sandboxed-containers-operator$/m.test(operators) &&
      (tree.get('scripts/bootstrap.sh') ?? '').includes('-f infra/openshift/operators.yaml') &&
      onHostsOfOpenShift(tree, own)
    );
  }
  const aks = tree.get('infra/aks/cluster.tf');
  if (aks !== undefined) return /workloadRuntime += "KataVmIsolation"/.test(aks);
  const gke = tree.get('infra/gke/cluster.tf');
  if (gke !== undefined) return /enable_autopilot += true/.test(gke) || hasPoolOfGke(tree, wanted);
  if (own === undefined) return true;
  if (tree.has('infra/eks/cluster.tf')) return onNodesOfEks(tree, own);
  const linux = ['rke2', 'k3s', 'kubeadm'].find(each => tree.has(`infra/${each}/audit-policy.yaml`));
  if (linux !== undefined) return installs(tree, `infra/${linux}`, String(fields(own).handler));
  const [host] = documentsOf(tree.get('infra/talos/sandbox.yaml') ?? '');
  const labels = fields(at(host, 'machine', 'nodeLabels'));
  const image = at(host, 'machine', 'install', 'image');
  if (!(image === undefined ? isInImageOfMachines(tree, 'gvisor') : isMade(tree, String(image))))
    return false;
  return Object.entries(fields(at(own, 'scheduling', 'nodeSelector'))).every(
    ([key, value]) => labels[key] === value,
  );
}

/** Kata is put onto all that take workloads, or onto machines of metal that a script makes for it, and the class leads there. */
function onHostsOfOpenShift(tree: FileTree, own: object | undefined): boolean {
  const [config] = documentsOf(tree.get('platform-config/base/tenant-sandbox/kata-config.yaml') ?? '');
  if (at(config, 'kind') !== 'KataConfig') return false;
  const onto = at(config, 'spec', 'kataConfigPoolSelector', 'matchLabels');
  if (!tree.has('infra/machines/install.tf')) return onto === undefined;
  const made = /^ +make "\$set" "[\w-]+-\$number" '(\{.*?\})' '(\[.*?\])' \S+\.metal\S*$/m.exec(
    tree.get('scripts/machine-sets.sh') ?? '',
  );
  if (made === null || own === undefined) return false;
  const [, labels = '', taints = ''] = made;
  const tolerated = list(at(own, 'scheduling', 'tolerations')).map(({ key }) => key);
  return (
    labels === JSON.stringify(onto) &&
    list(JSON.parse(taints)).every(({ key }) => tolerated.includes(key)) &&
    fields(at(own, 'scheduling', 'nodeSelector'))['node-role.kubernetes.io/kata-oc'] === '' &&
    fields(own).handler === 'kata'
  );
}

/** The factory of Talos makes an image of what it is told; in a house that reaches nobody a script does, and brings it there. */
function isMade(tree: FileTree, image: string): boolean {
  if (image.startsWith('factory.talos.dev/'))
    return (
      !tree.has('scripts/carry-in.sh') &&
      image.startsWith(`factory.talos.dev/metal-installer/${schematicOf(tree, 'gvisor')}:v`)
    );
  const [, name, version] = /^[^/]+\/(.+):(v[\d.]+)$/.exec(image) ?? [];
  const carries = tree.get('scripts/carry-talos.sh') ?? '';
  return (
    carries.includes(`\nversion=${version}\n`) &&
    carries.includes(`/${name}:$version"`) &&
    carries.includes('--system-extension-image "$extension"')
  );
}

/** Autopilot makes nodes for what pods name; elsewhere a pool of its own has the runtime, and GKE keeps others off it. */
function hasPoolOfGke(tree: FileTree, wanted: string): boolean {
  const [, pool = ''] =
    /^(resource "google_container_node_pool" "sandbox" [\s\S]*?^\})/m.exec(
      tree.get('infra/gke/nodes.tf') ?? '',
    ) ?? [];
  return pool.includes('image_type      = "COS_CONTAINERD"') && pool.includes(`sandbox_type = "${wanted}"`);
}

/** The class leads to a group that takes nothing else, and its nodes install what they are told of before they join. */
function onNodesOfEks(tree: FileTree, own: object): boolean {
  const group = tree.get('infra/eks/sandbox.tf') ?? '';
  const data = tree.get('infra/eks/sandbox-user-data.txt') ?? '';
  const [, pool] = /labels += \{ node-pool = "(\w+)" \}/.exec(group) ?? [];
  const [, taint] = /key += "(platform\/\w+)"/.exec(group) ?? [];
  const tolerated = list(at(own, 'scheduling', 'tolerations')).map(({ key }) => key);
  return (
    pool !== undefined &&
    fields(at(own, 'scheduling', 'nodeSelector'))['node-pool'] === pool &&
    tolerated.includes(taint) &&
    group.includes('sandbox-user-data.txt') &&
    [...data.matchAll(/__[A-Z_]+__/g)].every(([token]) => group.includes(`"${token}"`)) &&
    isFetched(tree, data) &&
    /^MIME-Version: 1\.0\n[\s\S]*text\/x-shellscript[\s\S]*application\/node\.eks\.aws/.test(data) &&
    /sha512sum --check/.test(data) &&
    /systemd-cgroup = "true"/.test(data) &&
    data.includes(`.containerd.runtimes.${String(fields(own).handler)}]`)
  );
}

/** From its publisher, by the proxy where there is one; where nothing leaves, from the registry, in the release that was carried in. */
function isFetched(tree: FileTree, data: string): boolean {
  if (!tree.has('scripts/carry-in.sh')) {
    const told = ['export HTTPS_PROXY=__PROXY_URL__', '        HTTPS_PROXY: __PROXY_URL__'].every(line =>
      data.includes(`\n${line}\n`),
    );
    return data.includes('https://storage.googleapis.com/gvisor/') && told === tree.has('infra/eks/proxy.tf');
  }
  const [, release] = /^release=(\S+)$/m.exec(data) ?? [];
  const sums = [...data.matchAll(/ (x86_64|aarch64)\) sum=([0-9a-f]{128}) /g)];
  return (
    (tree.get('scripts/carry-in.sh') ?? '').includes('[ "$kind" = file ]') &&
    sums.length === 2 &&
    sums.every(([, machine, sum]) =>
      (tree.get('charts.txt') ?? '').includes(` ${release} ${sum} files/gvisor-${machine}\n`),
    ) &&
    data.includes('__REGISTRY__/v2/files/gvisor-$machine')
  );
}

/** A machine that fetches nothing hands on what whoever carried it in has looked at. */
const CARRIED = '/usr/local/sbin/install-sandbox "$(carried ';

/** The program is on its way to every host, is run there, and containerd knows the runtime that it installs. */
function installs(tree: FileTree, folder: string, handler: string): boolean {
  const told = tree.get(`${folder}/containerd.toml.tmpl`) ?? tree.get(`${folder}/containerd.toml`) ?? '';
  const program = tree.get(`${folder}/install-sandbox.sh`) ?? '';
  const first = tree.get(`${folder}/install-host.sh`) ?? tree.get('docs/runbooks/bootstrap.md') ?? '';
  return (
    told.includes(`.containerd.runtimes.${handler}]`) &&
    /sha512sum --check/.test(
      first.includes(CARRIED) ? (tree.get('scripts/carry-to-hosts.sh') ?? '') : program,
    ) &&
    /systemd-cgroup = "true"/.test(tree.get(`${folder}/runsc.toml`) ?? '') &&
    (tree.get('scripts/host-config.sh') ?? '').includes(`${folder}/install-sandbox.sh`) &&
    first.includes('/usr/local/sbin/install-sandbox')
  );
}
