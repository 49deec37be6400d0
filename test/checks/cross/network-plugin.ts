/** One network plugin, there before the nodes, and nothing beside it that routes Services a second time. */

import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import { HANDED_OVER } from './closed-network.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const TAINT = 'node.cilium.io/agent-not-ready';
const VALUES = 'platform/cilium/values.yaml';
const INSTALLER = 'scripts/install-cilium.sh';

export const networkPlugin: CrossCheck = {
  code: 'network-plugin',
  says: 'There is one network plugin, nodes wait for it, and what installs it first does so as delivery will.',
  check: tree => [
    ...onlyOne(tree),
    ...enforcement(tree),
    ...withoutPlugin(tree),
    ...(tree.has(VALUES) ? [...cilium(tree), ...installer(tree), ...betweenApplies(tree)] : []),
  ],
};

function onlyOne(tree: FileTree): readonly Finding[] {
  const terraform = [...tree].filter(([file]) => file.endsWith('.tf')).map(([, text]) => text);
  const says = (pattern: RegExp) => terraform.some(text => pattern.test(text));
  const plugins = [
    ...(says(/addon_name\s*=\s*"vpc-cni"/) ? ['the VPC CNI'] : []),
    ...(says(/datapath_provider\s*=\s*"ADVANCED_DATAPATH"/) ? ['Dataplane V2'] : []),
    ...(says(/network_plugin\s*=\s*"azure"/) ? ['Azure CNI'] : []),
    ...(tree.has(VALUES) ? ['Cilium'] : []),
    ...(fullCalico(tree) ? ['Calico'] : []),
  ];
  return plugins.length > 1
    ? [finding('infra', `${plugins.join(' and ')} would both give pods their network`)]
    : [];
}

/** Policies that nobody carries out would be worse than none; two that carry them out undo each other. */
function enforcement(tree: FileTree): readonly Finding[] {
  const file = 'infra/eks/cni.tf';
  const agent = /enableNetworkPolicy = "(true|false)"/.exec(tree.get(file) ?? '')?.[1];
  if (agent === undefined) return [];
  const calico = tree.has('platform/calico/values.yaml');
  if (agent === 'true' && calico) return [finding(file, 'two plugins enforce policies and undo each other')];
  return agent === 'false' && !calico ? [finding(file, 'nothing enforces policies')] : [];
}

/** AKS asks pods by the range that it was told of, so a plugin that is brought gives them addresses of that one. */
function withoutPlugin(tree: FileTree): readonly Finding[] {
  if (!/network_plugin\s*=\s*"none"/.test(tree.get('infra/aks/cluster.tf') ?? '')) return [];
  const file = [VALUES, 'platform/calico/values.yaml'].find(each => tree.has(each));
  const ranges = [...tree].flatMap(([path, text]) =>
    path.startsWith('infra/aks/envs/') ? (/^pod_cidr\s*=\s*"(.+)"$/m.exec(text)?.[1] ?? []) : [],
  );
  if (file === undefined || !(tree.get('infra/aks/cni.tf') ?? '').includes('local-exec'))
    return [finding('infra/aks/cluster.tf', 'nothing installs a network plugin')];
  return ranges
    .filter(range => !(tree.get(file) ?? '').includes(range))
    .map(range => finding(file, `AKS looks for pods in ${range}, and they are elsewhere`));
}

/** Beside the VPC CNI Calico only enforces policies. */
function fullCalico(tree: FileTree): boolean {
  const text = tree.get('platform/calico/values.yaml');
  return text !== undefined && at(parseOnce(text), 'installation', 'cni', 'type') === 'Calico';
}

function cilium(tree: FileTree): readonly Finding[] {
  const values = parseOnce(tree.get(VALUES) ?? '') as unknown;
  const replaced = at(values, 'kubeProxyReplacement') === true;
  const nodeGroups = [
    ...(tree.get('infra/eks/nodes.tf') ?? '').matchAll(
      /^resource "aws_eks_node_group" "(\w+)" \{[\s\S]*?^\}/gm,
    ),
  ];
  const addons = tree.get('infra/eks/addons.tf') ?? '';
  return [
    ...(replaced && /"kube-proxy"/.test(addons)
      ? [finding('infra/eks/addons.tf', 'kube-proxy is added although Cilium takes its place')]
      : []),
    ...(replaced &&
    at(values, 'k8sServiceHostRef') === undefined &&
    at(values, 'k8sServiceHost') === undefined
      ? [finding(VALUES, 'without kube-proxy the agents need the address of the API server')]
      : []),
    ...nodeGroups.flatMap(([text, name]) => [
      ...(text.includes(TAINT)
        ? []
        : [finding('infra/eks/nodes.tf', `nodes of ${name} take pods before the agent runs`)]),
      ...(/depends_on = \[[^\]]*terraform_data\.cilium/.test(text)
        ? []
        : [finding('infra/eks/nodes.tf', `nodes of ${name} do not wait for Cilium`)]),
    ]),
    ...clustersIn(tree).flatMap(({ name, objects }) =>
      objects
        .filter(({ kind }) => kind === 'NodePool')
        .filter(
          ({ spec }) => !list(at(spec, 'template', 'spec', 'startupTaints')).some(({ key }) => key === TAINT),
        )
        .map(({ metadata }) =>
          finding(`${name}: NodePool ${metadata.name}`, 'its nodes take pods before the agent runs'),
        ),
    ),
  ];
}

/** What is installed first must be the very release that delivery finds, or it would be installed twice. */
function installer(tree: FileTree): readonly Finding[] {
  const text = tree.get(INSTALLER) ?? '';
  const [, release = ''] = [...tree].find(([file]) => /^delivery\/[^/]+\/cilium\.yaml$/.test(file)) ?? [];
  const first =
    /helm install (\S+) "?oci:\/\/\S+ --version (\S+) \\\n\s+--namespace (\S+) --values (\S+)/.exec(text);
  const [, name, version, namespace, values] = first ?? [];
  // A pipeline names a release for its file.
  const pushed = release.includes('\nkind: Chart\n');
  const wanted = (
    pushed
      ? [/^ {2}name: (.+)$/m, /^ {2}namespace: (.+)$/m]
      : [/^ +releaseName: (.+)$/m, /^(?: {2}targetNamespace| {4}namespace): (.+)$/m]
  ).map(each => each.exec(release)?.[1]);
  const tag = /^ +(?:tag|targetRevision|version): "?([^"\n]+)"?$/m.exec(release)?.[1];
  const variable = /\$\{[A-Z_]+\}/.exec(tree.get(VALUES) ?? '')?.[0];
  const images = release.match(/(?<!oci:\/\/)\$\{REGISTRY\}\/\S+/g) ?? [];
  return [
    ...(release === '' || (name === wanted[0] && namespace === wanted[1])
      ? []
      : [finding(INSTALLER, `installs ${name} in ${namespace}, and delivery ${wanted.join(' in ')}`)]),
    ...(release === '' || version === tag
      ? []
      : [finding(INSTALLER, `installs ${version}, and delivery ${tag}`)]),
    ...(values === VALUES ? [] : [finding(INSTALLER, `installs with ${values} and not ${VALUES}`)]),
    ...(variable === undefined ? [] : [finding(VALUES, `nothing fills in ${variable} before delivery runs`)]),
    ...images
      .filter(image => !text.includes(`"${image}"`))
      .map(image => finding(INSTALLER, `takes another image than delivery, which takes ${image}`)),
    ...(text.includes('--no-hooks') ? [] : [finding(INSTALLER, 'waits for jobs that no node can run yet')]),
  ];
}

/** Whoever applies the infrastructure of a closed network reaches no API in it. */
function betweenApplies(tree: FileTree): readonly Finding[] {
  const file = 'infra/eks/cni.tf';
  const text = tree.get(file);
  if (text === undefined || !tree.has(HANDED_OVER)) return [];
  const page = tree.get('docs/runbooks/bootstrap.md') ?? '';
  const order = ['-exclude=terraform_data.cilium', INSTALLER, 'cilium_installed = true'].map(each =>
    page.indexOf(each),
  );
  const inOrder = order.every((place, index) => place > (order[index - 1] ?? -1));
  return [
    ...(text.includes('local-exec')
      ? [finding(file, 'runs the installer where the API of a closed network does not answer')]
      : []),
    ...(/precondition \{[^}]*var\.cilium_installed/.test(text)
      ? []
      : [finding(file, 'makes nodes before anybody has installed Cilium')]),
    ...(inOrder
      ? []
      : [finding('docs/runbooks/bootstrap.md', 'does not install Cilium between two applies')]),
    ...((tree.get(INSTALLER) ?? '').includes('helm registry login')
      ? []
      : [finding(INSTALLER, 'takes charts of a registry that Helm is not signed in to')]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'network-plugin', place, message };
}
