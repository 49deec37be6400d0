/** Nodes with Windows: what the infrastructure makes of them, who stays away, and what a check sees. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const WINDOWS = { windows: 'yes' } as const;
const trees = {
  EKS: starterOf('platform-aws', {
    answers: { ...WINDOWS, 'workload-kinds': ['web', 'agent'] },
    pins: { autoscaling: 'cluster-autoscaler', cni: 'aws-vpc-cni', egress: 'central-firewall' },
  }),
  'EKS behind a proxy': starterOf('platform-aws', {
    answers: { ...WINDOWS, environments: 1 },
    pins: { cni: 'aws-vpc-cni', egress: 'proxy', mesh: 'none' },
  }),
  'EKS with identities of SPIRE': starterOf('platform-aws', {
    answers: { ...WINDOWS, environments: 1 },
    pins: { 'workload-identity': 'spiffe', mesh: 'none' },
  }),
  AKS: starterOf('city-services-azure'),
  'RKE2 on machines of AWS': starterOf('platform-aws', {
    answers: { ...WINDOWS, environments: 1 },
    pins: {
      'control-plane': 'self-managed',
      distribution: 'rke2',
      cni: 'calico',
      egress: 'proxy',
      mesh: 'none',
      registry: 'cloud-registry',
    },
  }),
  'RKE2 on machines of AWS without a way out': starterOf('platform-aws', {
    answers: { ...WINDOWS, 'egress-control': 'nothing', environments: 1 },
    pins: {
      'control-plane': 'self-managed',
      distribution: 'rke2',
      cni: 'calico',
      mesh: 'none',
      gitops: 'flux',
      edge: 'gateway-envoy',
      registry: 'mirror',
      'dns-and-certificates': 'external-dns-cert-manager',
    },
  }),
  'RKE2 on machines of Google Cloud without a way out': starterOf('concert-tickets-gcp', {
    answers: { ...WINDOWS, 'egress-control': 'nothing', environments: 1 },
    pins: {
      'control-plane': 'self-managed',
      distribution: 'rke2',
      cni: 'calico',
      mesh: 'none',
      gitops: 'flux',
      edge: 'gateway-envoy',
      'dns-and-certificates': 'external-dns-cert-manager',
    },
  }),
  'RKE2 on machines of Azure': starterOf('city-services-azure', {
    answers: { environments: 1 },
    pins: {
      'control-plane': 'self-managed',
      distribution: 'rke2',
      cni: 'calico',
      egress: 'central-firewall',
      mesh: 'none',
      registry: 'cloud-registry',
    },
  }),
  'RKE2 on own hosts': starterOf('harbour-pilots-kubeadm', {
    answers: WINDOWS,
    pins: { distribution: 'rke2', cni: 'calico', egress: 'proxy' },
  }),
  'RKE2 on own hosts without a way out': starterOf('onprem-airgap', {
    answers: { ...WINDOWS, environments: 1, regions: 1 },
    pins: { distribution: 'rke2', cni: 'calico' },
  }),
} as const;
const SCHEMAS = ['aws-6.25.0', 'azurerm-4.55.0', 'google-6.50.0'].map(providerSchemas);

describe.each(Object.entries(trees))('Windows beside Linux on %s', (_name, { files, notGenerated }) => {
  test('is made, and everything fits together', async () => {
    expect(notGenerated.map(({ decision }) => decision)).not.toContain('control-plane');
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, SCHEMAS)).toEqual([]);
  });
  test('has a page that says what is different there', () => {
    expect(files.get('docs/runbooks/windows-nodes.md')).toMatch(/## What is different there\n\n- /);
  });
});

test('layers of Windows pass the firewall of the house', () => {
  expect(trees.EKS.files.get('destinations.txt')).toMatch(/^mcr\.microsoft\.com\b.*nodes with Windows/m);
});

const reasonsOf = (name: string, pins: Readonly<Record<string, string>>) =>
  starterOf(name, { answers: { ...WINDOWS, 'support-contract': 'yes' }, pins })
    .notGenerated.filter(({ decision }) => decision === 'control-plane')
    .map(({ because }) => because);

test.each([
  ['with Calico on EKS', 'platform-aws', { cni: 'calico' }, /Calico beside it/],
  ['on GKE', 'concert-tickets-gcp', { 'control-plane': 'managed' }, /Dataplane V2/],
  [
    'with another distribution than RKE2',
    'harbour-pilots-kubeadm',
    { distribution: 'kubeadm', cni: 'calico' },
    /with kubeadm containerd/,
  ],
] as const)('%s they are missed by name', (_case, name, pins, says) => {
  expect(reasonsOf(name, pins)).toEqual([expect.stringMatching(says)]);
});

const TF = 'infra/eks/windows.tf';
const AGENT = 'infra/rke2/windows/agent.yaml';
const INSTALL = 'infra/rke2/windows/install-host.ps1';
const SAMPLE = 'apps/base/demo-windows/deployment.yaml';
const MUTATIONS: readonly (Mutation & { readonly tree: keyof typeof trees })[] = [
  {
    tree: 'EKS',
    mistake: 'pods for Linux may come',
    change: replace(TF, 'effect = "NO_SCHEDULE"', 'effect = "PREFER_NO_SCHEDULE"'),
    code: 'windows-nodes',
    says: /any pod may come/,
  },
  {
    tree: 'EKS',
    mistake: 'nodes have the role of those with Linux',
    change: replace(TF, 'aws_iam_role.windows_node.arn', 'aws_iam_role.node.arn'),
    code: 'windows-nodes',
    says: /the same role/,
  },
  {
    tree: 'EKS',
    mistake: 'pods get no addresses',
    change: replace('infra/eks/cni.tf', /^ +enableWindowsIpam.*\n/m, ''),
    code: 'windows-nodes',
    says: /gives pods on Windows no addresses/,
  },
  {
    tree: 'EKS',
    mistake: 'everything may leave',
    change: replace(TF, 'ip_protocol       = "tcp"', 'ip_protocol       = "-1"'),
    code: 'windows-nodes',
    says: /lets everything through/,
  },
  {
    tree: 'EKS',
    mistake: 'an apply puts the number of nodes back',
    change: replace(TF, /^ +ignore_changes = .*$/m, ''),
    code: 'node-groups',
    says: /every apply resizes windows/,
  },
  {
    tree: 'EKS',
    mistake: 'an agent for Linux goes to every node',
    change: replace(
      'apps/base/demo-agent/daemon-set.yaml',
      'kubernetes.io/os: linux',
      'kubernetes.io/arch: amd64',
    ),
    code: 'windows-nodes',
    says: /demo-agent would start on a node with Windows/,
  },
  {
    tree: 'EKS behind a proxy',
    mistake: 'nodes with Windows are told of no proxy',
    change: replace(TF, /^ +user_data = [\s\S]*?\)\)\)\n/m, ''),
    code: 'windows-nodes',
    says: /is told nothing/,
  },
  {
    tree: 'EKS behind a proxy',
    mistake: 'containerd calls the network by the proxy',
    change: replace('infra/eks/windows-user-data.txt', /^ +'NO_PROXY=.*\n/m, ''),
    code: 'windows-nodes',
    says: /not told NO_PROXY/,
  },
  {
    tree: 'EKS behind a proxy',
    mistake: 'nodes with Windows do not reach the proxy',
    change: replace(TF, 'var.proxy.range', 'var.vpc_cidr'),
    code: 'windows-nodes',
    says: /does not reach the proxy/,
  },
  {
    tree: 'EKS with identities of SPIRE',
    mistake: 'an agent of a chart goes to every node',
    change: replace('platform/spire/values.yaml', 'kubernetes.io/os: linux', 'kubernetes.io/arch: amd64'),
    code: 'windows-nodes',
    says: /would start on a node with Windows/,
  },
  {
    tree: 'AKS',
    mistake: 'a pod for Windows does not tolerate the taint',
    change: replace(SAMPLE, 'value: windows', 'value: linux'),
    code: 'windows-nodes',
    says: /demo-windows does not tolerate/,
  },
  {
    tree: 'AKS',
    mistake: 'a pod for Windows has a field that only Linux has',
    change: replace(
      SAMPLE,
      /^( +)runAsNonRoot: true$/m,
      '$1runAsNonRoot: true\n$1readOnlyRootFilesystem: true',
    ),
    code: 'windows-nodes',
    says: /readOnlyRootFilesystem is refused/,
  },
  {
    tree: 'AKS',
    mistake: 'a pod for Windows is an administrator',
    change: replace(SAMPLE, /ContainerUser/g, 'ContainerAdministrator'),
    code: 'pod-security',
    says: /demo-windows.*administrator/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'all hosts with Windows stand in one rack',
    change: replace('infra/hosts/staging.conf', /rack-b( +windows)/, 'rack-a$1'),
    code: 'windows-hosts',
    says: /loss of one rack/,
  },
  {
    tree: 'RKE2 on machines of AWS',
    mistake: 'machines with Windows read what was made for others',
    change: replace('infra/machines/windows.tf', '/hosts/${each.key}.tar.gz', '/hosts/*'),
    code: 'windows-machines',
    says: /made for others/,
  },
  {
    tree: 'RKE2 on machines of AWS',
    mistake: 'pods on Windows borrow the role of their machine',
    change: replace('infra/machines/windows.tf', /hop_limit = 1/, 'hop_limit = 2'),
    code: 'windows-machines',
    says: /borrow the role/,
  },
  {
    tree: 'RKE2 on machines of AWS',
    mistake: 'the cloud controller takes machines with Windows for gone',
    change: replace(AGENT, /^ +- provider-id=.*\n/m, ''),
    code: 'windows-machines',
    says: /takes its node for gone/,
  },
  {
    tree: 'RKE2 on machines of Google Cloud without a way out',
    mistake: 'lines of Windows make no machine',
    change: replace('infra/machines/machines.tf', 'workload|windows)', 'workload)'),
    code: 'windows-machines',
    says: /no machine for lines of Windows/,
  },
  {
    tree: 'RKE2 on machines of Google Cloud without a way out',
    mistake: 'Windows is told by the key of Linux',
    change: replace(
      'infra/machines/machines.tf',
      '"windows-startup-script-ps1" : "user-data"',
      '"user-data" : "user-data"',
    ),
    code: 'windows-machines',
    says: /tells Windows nothing/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'the password of the administrator is one of the house',
    change: replace('infra/machines/windows.tf', '"A${uuid()}a"', 'var.windows_password'),
    code: 'windows-machines',
    says: /known before/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'every apply asks for another password',
    change: replace('infra/machines/windows.tf', 'ignore_changes = [admin_password, ', 'ignore_changes = ['),
    code: 'windows-machines',
    says: /every apply makes machines anew/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'the account of the administrator is turned on again with the password of the state',
    change: replace('infra/machines/prepare-windows.ps1', /^ +Set-LocalUser .*\n/m, ''),
    code: 'windows-machines',
    says: /password of the state stays/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'the account of the administrator stays on',
    change: replace('infra/machines/prepare-windows.ps1', /^ +Disable-LocalUser .*\n/m, ''),
    code: 'windows-machines',
    says: /account stays on/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'a machine that restarts for its containers is never a node',
    change: replace('infra/machines/prepare-windows.ps1', '-AtStartup', '-Once -At (Get-Date)'),
    code: 'windows-machines',
    says: /no start follows/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'a desktop is reached',
    change: replace('infra/machines/guards.tf', '["22"', '["22", "3389"'),
    code: 'windows-machines',
    says: /desktop or a shell/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'machines with Windows begin with the name of none',
    change: replace('infra/machines/windows.tf', '"__NAME__", name', '"__HOST__", name'),
    code: 'windows-machines',
    says: /nobody fills in __NAME__/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'machines with Windows read what those of the control plane share',
    change: replace('infra/machines/host-store.tf', 'local.linux', 'local.hosts'),
    code: 'windows-machines',
    says: /made for others/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'Windows starts anew by itself',
    change: replace(
      'infra/machines/windows.tf',
      /automatic_updates_enabled +=.*/,
      'automatic_updates_enabled  = true',
    ),
    code: 'windows-machines',
    says: /starts anew by itself/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'the firewall lets no activation through',
    change: replace('destinations.txt', /^azkms.*\n/m, ''),
    code: 'windows-machines',
    says: /asks in vain/,
  },
  {
    tree: 'RKE2 on machines of Azure',
    mistake: 'kubelets on Windows do not know who they pull as',
    change: replace('infra/machines/first-boot-windows.ps1', /^Set-Content .*acr-identity.*\n/m, ''),
    code: 'registry-sign-in',
    says: /which identity pulls/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'pods for Linux may come to hosts with Windows',
    change: replace(AGENT, 'os=windows:NoSchedule', 'os=windows:PreferNoSchedule'),
    code: 'windows-hosts',
    says: /any pod may come/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'RKE2 leaves the network to somebody else',
    change: replace('infra/rke2/server.yaml', 'cni: calico', 'cni: none'),
    code: 'windows-hosts',
    says: /find no network/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'agents on Windows refuse how addresses are found',
    change: replace('infra/rke2/calico.yaml', /canReach: .*/, 'kubernetes: NodeInternalIP'),
    code: 'windows-hosts',
    says: /refuse this way/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'the operator of Calico is refused as a pod',
    change: replace('infra/rke2/pod-security.yaml', /^ +- tigera-operator\n/m, ''),
    code: 'windows-hosts',
    says: /operator of Calico is refused/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'programs are unpacked unchecked',
    change: replace(INSTALL, 'Get-FileHash -Algorithm SHA256', 'Get-FileHash -Algorithm MD5'),
    code: 'windows-hosts',
    says: /nobody has checked/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'the service starts before it is told of the proxy',
    change: replace(INSTALL, /^(Set-ItemProperty [\s\S]*?\n\)\n)(Start-Service.*\n)/m, '$2$1'),
    code: 'windows-hosts',
    says: /starts without the proxy/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'the service calls its own network by the proxy',
    change: replace(INSTALL, /^ +'NO_PROXY=.*\n/m, ''),
    code: 'windows-hosts',
    says: /not told NO_PROXY/,
  },
  {
    tree: 'RKE2 on machines of AWS',
    mistake: 'the release is fetched past the proxy',
    change: replace(INSTALL, /^\$env:HTTPS_PROXY = .*\n/m, ''),
    code: 'windows-hosts',
    says: /past the proxy/,
  },
  {
    tree: 'RKE2 on machines of AWS without a way out',
    mistake: 'kubelets on Windows find nobody who signs them in',
    change: replace(INSTALL, /^Copy-Item -Force -Recurse .*\n/m, ''),
    code: 'registry-sign-in',
    says: /ecr-credential-provider where no kubelet looks/,
  },
  {
    tree: 'RKE2 on machines of AWS without a way out',
    mistake: 'machines with Windows may not pull',
    change: replace('infra/machines/image-pull.tf', 'aws_iam_role.windows', 'aws_iam_role.machine'),
    code: 'registry-sign-in',
    says: /with Windows may not pull/,
  },
  {
    tree: 'RKE2 on machines of Google Cloud without a way out',
    mistake: 'kubelets on Windows are told of no program',
    change: replace(AGENT, /^image-credential-provider-bin-dir: .*\n/m, ''),
    code: 'registry-sign-in',
    says: /windows.agent\.yaml its kubelets know of nobody/,
  },
  {
    tree: 'RKE2 on machines of Google Cloud without a way out',
    mistake: 'a program of PowerShell starts another one',
    change: replace('infra/rke2/windows/artifact-registry.cmd', '.ps1"', '.exe"'),
    code: 'registry-sign-in',
    says: /answers no kubelet/,
  },
  {
    tree: 'RKE2 on machines of AWS without a way out',
    mistake: 'machines with Windows may not read what was carried in',
    change: replace('infra/machines/windows.tf', ', "${aws_s3_bucket.hosts.arn}/carried/*"', ''),
    code: 'windows-machines',
    says: /may not read what was carried in/,
  },
  {
    tree: 'RKE2 on machines of AWS without a way out',
    mistake: 'images of the agent are left outside',
    change: replace('scripts/carry-to-hosts.sh', /^\$work.*rke2-windows-ltsc2022.*\n/m, ''),
    code: 'windows-machines',
    says: /carries in no rke2-windows-ltsc2022/,
  },
  {
    tree: 'RKE2 on machines of AWS without a way out',
    mistake: 'images of the Calico that RKE2 brings are left outside',
    change: replace('scripts/carry-to-hosts.sh', /^\$work.*rke2-images-calico.*\n/m, ''),
    code: 'closed-hosts',
    says: /asks for rke2-images-calico/,
  },
  {
    tree: 'RKE2 on machines of AWS without a way out',
    mistake: 'the list is not fetched with what it names',
    change: replace('scripts/host-config.sh', 'for file in SHA256SUMS ', 'for file in '),
    code: 'windows-machines',
    says: /nothing of SHA256SUMS/,
  },
  {
    tree: 'RKE2 on machines of Google Cloud without a way out',
    mistake: 'Windows is never activated',
    change: replace('infra/machines/firewall.tf', /^ +dest_range += "35\.190.*\n/m, ''),
    code: 'windows-machines',
    says: /asks in vain/,
  },
  {
    tree: 'RKE2 on own hosts without a way out',
    mistake: 'Windows fetches its agent from outside',
    change: replace(
      INSTALL,
      "$archive = Get-Carried -name 'rke2.windows-amd64.tar.gz'",
      'curl.exe --output $archive https://github.com/rancher/rke2/releases/rke2.windows-amd64.tar.gz',
    ),
    code: 'closed-network',
    says: /names github\.com/,
  },
  {
    tree: 'RKE2 on own hosts without a way out',
    mistake: 'images of the agent stay where they were carried to',
    change: replace(INSTALL, /^Copy-Item -Force -Path \$images.*\n/m, ''),
    code: 'windows-hosts',
    says: /fetches what nobody carries in/,
  },
  {
    tree: 'RKE2 on own hosts without a way out',
    mistake: 'the agent starts before its images are there',
    change: replace(INSTALL, /^(Copy-Item -Force -Path \$images.*\n)([\s\S]*)$/m, '$2$1'),
    code: 'windows-hosts',
    says: /before its images are there/,
  },
  {
    tree: 'RKE2 on own hosts without a way out',
    mistake: 'the list of what was carried in is held against nothing',
    change: replace(INSTALL, "$checksum = '__WINDOWS_RELEASE_SHA256__'", "$checksum = '__LIST_SHA256__'"),
    code: 'windows-hosts',
    says: /nobody fills in __LIST_SHA256__/,
  },
  {
    tree: 'RKE2 on own hosts',
    mistake: 'what hosts join with lies in Git',
    change: replace(AGENT, /^token-file: .*$/m, 'token: K10abcdef'),
    code: 'windows-hosts',
    says: /lies in Git/,
  },
];

describe('a check sees that', () => {
  test.each(MUTATIONS)('$mistake', ({ tree, change, code, says }) => {
    const found = crossFindings(change(trees[tree].files), code);
    expect(found.filter(({ place, message }) => says.test(`${place} ${message}`))).not.toEqual([]);
  });
});
