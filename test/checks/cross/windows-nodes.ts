/** Nodes with Windows: pods for Linux stay away from them, pods for Windows get there, and EKS has what both need. */

import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { oncePerText } from '../once.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, type Fields, fields, list, podTemplate } from './fields.ts';

const EKS = 'infra/eks/windows.tf';
const USER_DATA = 'infra/eks/windows-user-data.txt';
const PAGE = 'docs/runbooks/windows-nodes.md';
const OS = 'kubernetes.io/os';
const TAINT = { key: 'os', value: 'windows' } as const;

export const windowsNodes: CrossCheck = {
  code: 'windows-nodes',
  says: 'Pods for Linux stay away from nodes with Windows, and pods for Windows find them.',
  check: tree => [
    ...(tree.has(EKS) ? onEks(tree) : []),
    ...(hasThem(tree) ? [...objects(tree), ...charts(tree), ...page(tree)] : unmade(tree)),
  ],
};

function hasThem(tree: FileTree): boolean {
  return (
    tree.has(EKS) ||
    tree.has('infra/rke2/windows/agent.yaml') ||
    /os_type += "Windows"/.test(tree.get('infra/aks/cluster.tf') ?? '')
  );
}

const finding = (place: string, message: string): Finding => ({ code: 'windows-nodes', place, message });

/** What AWS documents as needed: addresses, a role of their own, and no repair. */
function onEks(tree: FileTree): readonly Finding[] {
  const text = tree.get(EKS) ?? '';
  const group = /^resource "aws_eks_node_group" "windows" \{[\s\S]*?^\}/m.exec(text)?.[0] ?? '';
  const found = (right: boolean, message: string) => (right ? [] : [finding(EKS, message)]);
  return [
    ...found(/key += "os"\n +value += "windows"\n +effect = "NO_SCHEDULE"/.test(group), 'any pod may come'),
    ...found(/node_role_arn += aws_iam_role\.windows_node\.arn/.test(group), 'Linux has the same role'),
    ...found(/id += aws_launch_template\.windows_node\.id/.test(group), 'starts as Bottlerocket does'),
    ...found(!group.includes('node_repair_config'), 'asks AWS for a repair that there is not'),
    ...found(text.includes('policy/AmazonEKSVPCResourceController"'), 'nobody may give pods addresses'),
    ...found(
      /enableWindowsIpam += "true"/.test(tree.get('infra/eks/cni.tf') ?? ''),
      'the VPC CNI gives pods on Windows no addresses',
    ),
    ...found(
      /vpc_security_group_ids = \[aws_security_group\.windows\.id\]/.test(text),
      'policies do not hold there, and no security group does instead',
    ),
    ...found(
      !/ip_protocol += "-1"/.test(text) && !/from_port += 0$/m.test(text),
      'the security group lets everything through',
    ),
    ...(tree.has('infra/eks/proxy.tf') ? onEksByProxy(tree, text) : []),
  ];
}

/** containerd is told before EKS lets the node join, and reaches the proxy and nothing else outside. */
function onEksByProxy(tree: FileTree, text: string): readonly Finding[] {
  const told = tree.get(USER_DATA) ?? '';
  const found = (file: string, right: boolean, message: string) => (right ? [] : [finding(file, message)]);
  return [
    ...found(
      EKS,
      /"windows_node" \{[\s\S]*user_data = .*windows-user-data\.txt/.test(text),
      'is told nothing',
    ),
    ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap(name =>
      found(USER_DATA, told.includes(`'${name}=__`), `containerd is not told ${name}`),
    ),
    ...(told.match(/__[A-Z_]+__/g) ?? []).flatMap(mark =>
      found(EKS, text.includes(`"${mark}", `), `nobody fills in ${mark}`),
    ),
    ...found(
      USER_DATA,
      told.startsWith('<powershell>\n') && told.includes('Services\\containerd'),
      'Windows runs nothing of it',
    ),
    ...found(EKS, /cidr_ipv4 +=\s+var\.proxy\.range/.test(text), 'does not reach the proxy'),
    ...found(EKS, !text.includes('"0.0.0.0/0"'), 'leads past the proxy'),
  ];
}

function objects(tree: FileTree): readonly Finding[] {
  return clustersIn(tree).flatMap(({ name, objects: all }) =>
    all.flatMap(object => {
      const pod = at(podTemplate(object), 'spec');
      return pod === undefined
        ? []
        : podProblems(fields(pod)).map(each => finding(`${name}: ${object.metadata.name}`, each));
    }),
  );
}

function podProblems(pod: Fields): readonly string[] {
  const system = at(pod, 'nodeSelector', OS);
  const tolerates = list(pod.tolerations).some(each => each.operator === 'Exists' && each.key === undefined);
  if (at(pod, 'os', 'name') !== 'windows')
    return tolerates && system !== 'linux' ? ['would start on a node with Windows'] : [];
  const comes = list(pod.tolerations).some(({ key, value }) => key === TAINT.key && value === TAINT.value);
  return [
    ...(system === 'windows' ? [] : ['is for Windows and does not say so to the scheduler']),
    ...(comes ? [] : ['does not tolerate the taint of nodes with Windows']),
    ...LINUX_ALONE.filter(field => JSON.stringify(pod).includes(`"${field}":`)).map(
      field => `${field} is refused in a pod for Windows`,
    ),
  ];
}

const LINUX_ALONE = [
  'seccompProfile',
  'capabilities',
  'allowPrivilegeEscalation',
  'readOnlyRootFilesystem',
  'privileged',
  'runAsUser',
  'runAsGroup',
  'fsGroup',
] as const;

/** Its template selects Linux before anything that values say, and the same key twice would be no object. */
const OF_LINUX_BY_ITSELF = 'platform/secrets-store-csi-driver-provider-aws/values.yaml';

/** Agents of charts that tolerate everything; what a chart does by itself cannot be seen here. */
function charts(tree: FileTree): readonly Finding[] {
  return [...tree].flatMap(([path, text]) =>
    /^platform\/[^/]+\/values\.yaml$/.test(path) && path !== OF_LINUX_BY_ITSELF
      ? inText(text).map(message => finding(path, message))
      : [],
  );
}

const inText = oncePerText((text): readonly string[] => inValues(parseOnce(text)));

function inValues(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : podProblems(fields(value));
  return [...own, ...Object.values(value).flatMap(inValues)];
}

function page(tree: FileTree): readonly Finding[] {
  const text = tree.get(PAGE) ?? '';
  return text.includes(`key: ${TAINT.key}\n`) && text.includes(`${OS}: windows`)
    ? []
    : [finding(PAGE, 'nobody is told how a pod gets to a node with Windows')];
}

/** Without them such a pod would wait for good. */
function unmade(tree: FileTree): readonly Finding[] {
  return clustersIn(tree).flatMap(({ name, objects: all }) =>
    all
      .filter(object => at(podTemplate(object), 'spec', 'os', 'name') === 'windows')
      .map(({ metadata }) => finding(`${name}: ${metadata.name}`, 'waits for a node with Windows')),
  );
}
