/** What keeps tenants apart who share a cluster: nodes of their own, a sandbox, a control plane of their own. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { scratch } from '../cli/run.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const CUSTOMERS = { tenants: 'customers' } as const;
const WITH_GPUS = { ...CUSTOMERS, 'workload-kinds': ['web', 'gpu'] };
const NODES = { 'tenant-isolation': 'node-pool' } as const;
const ON_TALOS = { 'control-plane': 'self-managed', distribution: 'talos', cni: 'cilium' } as const;
const trees = {
  'node groups of EKS': starterOf('platform-aws', {
    answers: WITH_GPUS,
    pins: { ...NODES, autoscaling: 'cluster-autoscaler' },
  }),
  'Karpenter on EKS': starterOf('platform-aws', {
    answers: WITH_GPUS,
    pins: { ...NODES, autoscaling: 'karpenter' },
  }),
  'pools of AKS': starterOf('city-services-azure', { answers: WITH_GPUS, pins: NODES }),
  'virtual clusters behind a mirror': starterOf('steel-works-talos', {
    answers: { ...CUSTOMERS, 'tenant-objects': 'yes' },
    pins: { 'tenant-isolation': 'virtual-cluster' },
  }),
  'pools of AKS Automatic': starterOf('regulated-azure', {
    answers: { ...CUSTOMERS, environments: 1, 'criticality-tiers': 1 },
    pins: { ...NODES, topology: 'shared-cluster' },
  }),
  'sandboxes of AKS': starterOf('city-services-azure', {
    answers: { ...CUSTOMERS, windows: 'no' },
    pins: { 'tenant-isolation': 'sandbox' },
  }),
  'sandboxes of Talos': starterOf('steel-works-talos', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox' },
  }),
  'hosts of one’s own': starterOf('steel-works-talos', {
    answers: { ...CUSTOMERS, hosts: 21 },
    pins: NODES,
  }),
  'machines of AWS': starterOf('platform-aws', {
    answers: CUSTOMERS,
    pins: { ...NODES, 'control-plane': 'self-managed', distribution: 'rke2', cni: 'cilium' },
  }),
  'sandboxes of EKS': starterOf('platform-aws', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox', autoscaling: 'cluster-autoscaler', cni: 'cilium' },
  }),
  'sandboxes of EKS behind a firewall': starterOf('platform-aws', {
    answers: { ...CUSTOMERS, architecture: 'arm64' },
    pins: { 'tenant-isolation': 'sandbox', autoscaling: 'karpenter', egress: 'central-firewall' },
  }),
  'sandboxes of EKS behind a proxy': starterOf('platform-aws', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox', autoscaling: 'karpenter', egress: 'proxy' },
  }),
  'sandboxes of EKS that reaches nobody': starterOf('platform-aws', {
    answers: { ...CUSTOMERS, environments: 2, 'egress-control': 'nothing' },
    pins: {
      'tenant-isolation': 'sandbox',
      'control-plane': 'managed',
      gitops: 'flux',
      edge: 'gateway-envoy',
      'dns-and-certificates': 'external-dns-cert-manager',
    },
  }),
  'sandboxes of kubeadm': starterOf('steel-works-talos', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox', distribution: 'kubeadm' },
  }),
  'sandboxes of machines': starterOf('platform-aws', {
    answers: { ...CUSTOMERS, environments: 2 },
    pins: {
      'tenant-isolation': 'sandbox',
      'control-plane': 'self-managed',
      distribution: 'rke2',
      cni: 'cilium',
    },
  }),
  'sandboxes of machines that reach nobody': starterOf('platform-aws', {
    answers: { ...CUSTOMERS, environments: 2, 'egress-control': 'nothing' },
    pins: {
      'tenant-isolation': 'sandbox',
      'control-plane': 'self-managed',
      distribution: 'kubeadm',
      cni: 'calico',
      gitops: 'flux',
      edge: 'gateway-envoy',
      'dns-and-certificates': 'external-dns-cert-manager',
    },
  }),
  'sandboxes of a house that reaches nobody': starterOf('onprem-airgap', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox', distribution: 'rke2' },
  }),
  'sandboxes of Talos in a house that reaches nobody': starterOf('onprem-airgap', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox', distribution: 'talos' },
  }),
  'sandboxes of Talos on machines of AWS': starterOf('platform-aws', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox', ...ON_TALOS },
  }),
  'sandboxes of Talos on machines that reach nobody': starterOf('platform-aws', {
    answers: { ...CUSTOMERS, 'egress-control': 'nothing', architecture: 'arm64' },
    pins: {
      'tenant-isolation': 'sandbox',
      ...ON_TALOS,
      gitops: 'flux',
      edge: 'gateway-envoy',
      'dns-and-certificates': 'external-dns-cert-manager',
    },
  }),
  'sandboxes of Talos on machines of Azure': starterOf('city-services-azure', {
    answers: { ...CUSTOMERS, windows: 'no' },
    pins: { 'tenant-isolation': 'sandbox', ...ON_TALOS, registry: 'harbor' },
  }),
  'sandboxes of Talos on machines of Google Cloud': starterOf('concert-tickets-gcp', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox', ...ON_TALOS, registry: 'harbor' },
  }),
  'sandboxes of GKE': starterOf('ride-dispatch-gcp', {
    answers: CUSTOMERS,
    pins: { 'tenant-isolation': 'sandbox' },
  }),
  'sandboxes of GKE that reaches nobody': starterOf('ride-dispatch-gcp', {
    answers: { ...CUSTOMERS, 'egress-control': 'nothing' },
    pins: { 'tenant-isolation': 'sandbox' },
  }),
  'a cluster for each': starterOf('lecture-labs-gcp'),
  'pools of GKE': starterOf('ride-dispatch-gcp', { answers: WITH_GPUS, pins: NODES }),
} as const;
const SCHEMAS = ['aws-6.25.0', 'azurerm-4.55.0', 'google-6.50.0', 'google-beta-6.50.0'].map(providerSchemas);

describe.each(Object.entries(trees))('tenants on %s', (_name, { files, notGenerated }) => {
  test('are apart, and everything fits together', async () => {
    expect(notGenerated.map(({ decision }) => decision)).not.toContain('tenant-isolation');
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, SCHEMAS)).toEqual([]);
  });
});

test.each([
  { tree: 'sandboxes of machines', given: [] },
  { tree: 'sandboxes of EKS', given: [] },
  { tree: 'sandboxes of a house that reaches nobody', given: ['/etc/hostname'] },
] as const)(
  'what installs a sandbox is bash, and takes nothing but what is known: $tree',
  ({ tree, given }) => {
    const { files } = trees[tree];
    const folder = scratch();
    const program = join(folder, 'install-sandbox');
    const text = files.get('infra/rke2/install-sandbox.sh') ?? inUserData(files);
    const marked = text.replace('/var/lib/gvisor-', `${folder}/gvisor-`);
    const tool = (name: string, body: string) =>
      writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    tool('uname', 'echo x86_64');
    tool('bzip2', ':');
    // What is fetched is somebody else's.
    tool('curl', 'while [ $# -gt 1 ]; do if [ "$1" = --output ]; then echo other >"$2"; fi; shift; done');
    tool('tar', `touch ${folder}/unpacked`);
    writeFileSync(program, marked);
    const { status, stderr } = spawnSync('bash', [program, ...given], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
    expect(stderr).toMatch(/what was fetched is not gVisor/);
    expect([status, existsSync(join(folder, 'unpacked'))]).toEqual([1, false]);
  },
);

test('an installer of Talos is made once for each architecture, and tags that are there stay', () => {
  const { files } = trees['sandboxes of Talos in a house that reaches nobody'];
  const folder = scratch();
  const [calls, program] = [join(folder, 'calls'), join(folder, 'carry-talos')];
  const tool = (name: string, body: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >>${calls}\n${body}\n`, { mode: 0o755 });
  writeFileSync(join(folder, 'image-digests'), `ghcr.io/siderolabs/gvisor:1@sha256:${'a'.repeat(64)}\n`);
  // One of the two is there from a run that was stopped.
  tool(
    'crane',
    `case "$1 $2" in
  digest*-amd64) exit 0 ;;
  digest*) exit 1 ;;
  export*) tar -cf "$3" -C ${folder} image-digests ;;
esac`,
  );
  tool('docker', '');
  writeFileSync(program, files.get('scripts/carry-talos.sh') ?? '');
  const { status, stdout, stderr } = spawnSync('bash', [program, 'harbor.example.com/'], {
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH}` },
  });
  const called = readFileSync(calls, 'utf8');
  const image = /harbor\.example\.com\/apps\/talos-installer-gvisor:v[\d.]+/.exec(stdout)?.[0] ?? stderr;
  expect(status).toBe(0);
  expect(called.match(/^docker .*$/gm)).toEqual([
    expect.stringMatching(
      /installer --arch arm64 .* --system-extension-image ghcr\.io\/siderolabs\/gvisor:1@sha256:a{64}$/,
    ),
  ]);
  expect(called.match(/^crane push .*$/gm)).toEqual([
    expect.stringMatching(new RegExp(`installer-arm64.tar ${image}-arm64$`)),
  ]);
  expect(called).toContain(
    `crane index append --manifest ${image}-amd64 --manifest ${image}-arm64 --tag ${image}\n`,
  );
  expect(files.get('infra/talos/sandbox.yaml')).toContain(image.replace('harbor.example.com/', '/'));
});

/** The script of what a node reads at its first start. */
function inUserData(files: FileTree): string {
  const data = files.get('infra/eks/sandbox-user-data.txt') ?? '';
  return data.slice(data.indexOf('#!/usr/bin/env bash'), data.indexOf('\n--//\n', data.indexOf('#!')));
}

const POLICY = 'platform-config/base/tenant-placement/tenants-on-their-own-nodes.yaml';
const HOSTS = 'infra/hosts/production.conf';

test('too few hosts are said with the sum', () => {
  const { notGenerated } = starterOf('steel-works-talos', {
    answers: { ...CUSTOMERS, hosts: 9 },
    pins: NODES,
  });
  expect(notGenerated.filter(({ decision }) => decision === 'tenant-isolation')).toEqual([
    expect.objectContaining({ because: expect.stringMatching(/4 tenants .* 15 hosts, .* has 9/) }),
  ]);
});

const MUTATIONS: readonly (Mutation & { readonly tree: keyof typeof trees })[] = [
  {
    tree: 'sandboxes of EKS',
    mistake: 'no node is told of the runtime',
    change: replace('infra/eks/sandbox-user-data.txt', /runtimes\.runsc\]/, 'runtimes.other]'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of EKS',
    mistake: 'what is fetched is held against nothing',
    change: replace('infra/eks/sandbox-user-data.txt', 'sha512sum --check --status', 'true'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of EKS',
    mistake: 'the class leads to other nodes than those of the sandbox',
    change: replace('infra/eks/sandbox.tf', '{ node-pool = "sandbox" }', '{ node-pool = "workload" }'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of EKS behind a proxy',
    mistake: 'containerd of the sandbox is told of no proxy',
    change: replace('infra/eks/sandbox-user-data.txt', / +HTTPS_PROXY: .*\n/, ''),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of EKS behind a proxy',
    mistake: 'nobody fills in what nodes of the sandbox are told',
    change: replace('infra/eks/sandbox.tf', '"__NO_PROXY__"', '"__NOTHING__"'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of EKS that reaches nobody',
    mistake: 'another release of gVisor is carried in than nodes ask for',
    change: replace('charts.txt', /^(file \S+) \S+/gm, '$1 20200101.0'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of EKS that reaches nobody',
    mistake: 'files of the list are carried in by nothing',
    change: replace('scripts/carry-in.sh', '[ "$kind" = file ]', '[ "$kind" = nothing ]'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of EKS behind a firewall',
    mistake: 'the border does not let gVisor through',
    change: replace('destinations.txt', /^storage\.googleapis\.com .*\n/m, ''),
    code: 'way-out',
    says: /storage\.googleapis\.com/,
  },
  {
    tree: 'hosts of one’s own',
    mistake: 'a tenant is forgotten',
    change: replace(HOSTS, /^tenant rolling .*\n/m, ''),
    code: 'tenant-nodes',
    says: /rolling has no node/,
  },
  {
    tree: 'hosts of one’s own',
    mistake: 'a host belongs to two tenants',
    change: replace(HOSTS, 'tenant casting production-tenant-2-1', 'tenant casting production-tenant-1-1'),
    code: 'tenant-nodes',
    says: /production-tenant-1-1 belongs to two/,
  },
  {
    tree: 'machines of AWS',
    mistake: 'all hosts of a tenant are lost with one zone',
    change: replace(HOSTS, /(production-tenant-1-2 +[0-9.]+ +\S+)b( +workload)/, '$1a$2'),
    code: 'tenant-nodes',
    says: /do not stand in three places/,
  },
  {
    tree: 'hosts of one’s own',
    mistake: 'hosts of tenants are found and refuse nobody',
    change: replace('scripts/tenant-hosts.sh', 'kubectl taint node "$each" --overwrite', 'true'),
    code: 'tenant-nodes',
    says: /take everybody/,
  },
  {
    tree: 'hosts of one’s own',
    mistake: 'nothing runs the script',
    change: replace('scripts/bootstrap.sh', 'scripts/tenant-hosts.sh', 'true'),
    code: 'tenant-nodes',
    says: /nothing marks/,
  },
  {
    tree: 'node groups of EKS',
    mistake: 'the policy only warns',
    change: replace(POLICY, '- Deny', '- Warn'),
    code: 'tenant-nodes',
    says: /nothing keeps tenants/,
  },
  {
    tree: 'node groups of EKS',
    mistake: 'nodes of a tenant take everybody',
    change: replace('infra/eks/nodes.tf', '"platform/tenant"\n', '"anything"\n'),
    code: 'tenant-nodes',
    says: /has no node/,
  },
  {
    tree: 'pools of GKE',
    mistake: 'the policy is gone',
    change: drop(POLICY, 'kind: ValidatingAdmissionPolicyBinding'),
    code: 'tenant-nodes',
    says: /nothing keeps tenants/,
  },
  {
    tree: 'virtual clusters behind a mirror',
    mistake: 'the control plane of a tenant may not ask the API server',
    change: drop('platform/virtual-rolling/network-policies.yaml', 'name: virtual-to-api-server'),
    code: 'reachability',
    says: /virtual-rolling/,
  },
  {
    tree: 'virtual clusters behind a mirror',
    mistake: 'a namespace of a tenant has no quota',
    change: drop('platform/namespaces/team-rolling.yaml', 'kind: ResourceQuota'),
    code: 'teams',
    says: /has no quota/,
  },
  {
    tree: 'virtual clusters behind a mirror',
    mistake: 'members of one tenant may fetch the credentials of another',
    change: replace(
      'platform-config/base/virtual-cluster-access/members.yaml',
      'name: oidc:rolling',
      'name: oidc:casting',
    ),
    code: 'teams',
    says: /reads team-rolling/,
  },
  {
    tree: 'pools of AKS',
    mistake: 'nothing tells the scheduler of GPUs',
    change: tree => new Map([...tree].filter(([path]) => !path.includes('nvidia-device-plugin'))),
    code: 'gpu-work',
    says: /has a GPU/,
  },
  {
    tree: 'pools of GKE',
    mistake: 'nodes of tenants are not counted where addresses of pods are',
    change: replace(
      'infra/gke/cluster.tf',
      /var\.tenant_nodes\)\[\*\]\.max_size/,
      'var.tenant_nodes)[*].min_size',
    ),
    code: 'address-ranges',
    says: /no room for the nodes of tenant_nodes/,
  },
  {
    tree: 'pools of GKE',
    mistake: 'nodes with a GPU need more addresses than pods have',
    change: replace('infra/gke/nodes.tf', /(accelerator += "nvidia-l4"[^}]*max_size += )3/, '$11000'),
    code: 'address-ranges',
    says: /not of 10\d\d/,
  },
  {
    tree: 'pools of GKE',
    mistake: 'work on a GPU does not tolerate the taint of their nodes',
    change: replace('apps/base/demo-gpu/training.yaml', 'key: nvidia.com/gpu', 'key: other'),
    code: 'gpu-work',
    says: /does not tolerate/,
  },
  {
    tree: 'Karpenter on EKS',
    mistake: 'no pool has a GPU',
    change: drop('platform-config/base/node-pools/general.yaml', 'name: gpu'),
    code: 'gpu-work',
    says: /no pool/,
  },
  {
    tree: 'a cluster for each',
    mistake: 'the cluster of one tenant denies nothing by default',
    change: drop('platform/namespaces/demo.yaml', 'name: default-deny'),
    code: 'namespace-baseline',
    says: /does not deny all traffic/,
  },
  {
    tree: 'a cluster for each',
    mistake: 'a component has another version than the one that was chosen',
    change: replace('delivery/platform-core/flux-operator.yaml', /tag: "[\d.]+"/, 'tag: "0.1.0"'),
    code: 'supported-versions',
    says: /0\.1\.0/,
  },
  {
    tree: 'a cluster for each',
    mistake: 'a pod names a priority that is not there',
    change: replace(
      'apps/base/demo-web/deployment.yaml',
      'priorityClassName: business-critical',
      'priorityClassName: important',
    ),
    code: 'references',
    says: /PriorityClass \/important/,
  },
  {
    tree: 'pools of AKS Automatic',
    mistake: 'nodes of a tenant take everybody',
    change: replace(
      'platform-config/base/tenant-node-pools/pools.yaml',
      /key: platform\/tenant/g,
      'key: other',
    ),
    code: 'tenant-nodes',
    says: /has no node/,
  },
  {
    tree: 'sandboxes of Talos in a house that reaches nobody',
    mistake: 'hosts that reach nobody ask the factory for their image',
    change: replace('infra/talos/sandbox.yaml', /image: .*/, 'image: factory.talos.dev/metal-installer/a:v1'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of Talos in a house that reaches nobody',
    mistake: 'the image of hosts is made for another version of Talos',
    change: replace('scripts/carry-talos.sh', /^version=.*$/m, 'version=v1.0.0'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of Talos on machines of AWS',
    mistake: 'the factory is told of other extensions than those that machines start from',
    change: replace('infra/talos/schematic.yaml', / +- siderolabs\/ecr-credential-provider\n/, ''),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of Talos on machines of AWS',
    mistake: 'no machine says that it runs the sandbox',
    change: replace('infra/talos/sandbox.yaml', 'platform/sandbox: gvisor', 'platform/sandbox: runsc'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of Talos on machines that reach nobody',
    mistake: 'whoever makes the image by hand leaves the sandbox out',
    change: replace('docs/runbooks/bootstrap.md', '|gvisor):', '):'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of Talos on machines of Azure',
    mistake: 'the sandbox is gone after the first upgrade',
    change: replace('infra/talos/all.yaml', /image: \S+/, 'image: ghcr.io/siderolabs/installer:v1.13.9'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of Talos on machines of Google Cloud',
    mistake: 'machines start from an image of Talos alone',
    change: replace('docs/runbooks/bootstrap.md', /(dev\/image\/)[0-9a-f]{64}/, '$1376567988a'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of GKE',
    mistake: 'no node of GKE runs pods in the sandbox',
    change: replace('infra/gke/nodes.tf', /\n {4}sandbox_config \{[^}]+\}/, ''),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of AKS',
    mistake: 'no node runs pods in the sandbox',
    change: replace('infra/aks/cluster.tf', 'KataVmIsolation', 'OCIContainer'),
    code: 'sandbox',
    says: /no node runs kata-vm-isolation/,
  },
  {
    tree: 'sandboxes of Talos',
    mistake: 'the class of the sandbox asks for hosts that are not there',
    change: replace('infra/talos/sandbox.yaml', 'platform/sandbox: gvisor', 'platform/sandbox: runsc'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of machines',
    mistake: 'containerd knows no runtime of the sandbox',
    change: replace('infra/rke2/containerd.toml.tmpl', /runtimes\.runsc\]/, 'runtimes.kata]'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of machines',
    mistake: 'no machine installs the sandbox',
    change: replace('infra/rke2/install-host.sh', '/usr/local/sbin/install-sandbox\n', ''),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of machines that reach nobody',
    mistake: 'nobody looks at what is carried in for the sandbox',
    change: replace('scripts/carry-to-hosts.sh', 'sha512sum --check', 'true'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of machines that reach nobody',
    mistake: 'nobody carries the sandbox in',
    change: replace('scripts/carry-to-hosts.sh', /gvisor\.tar/g, 'gvisor.tgz'),
    code: 'closed-hosts',
    says: /gvisor\.tar, which nobody carries in/,
  },
  {
    tree: 'sandboxes of a house that reaches nobody',
    mistake: 'a host takes whatever it is given as the sandbox',
    change: replace('infra/rke2/install-sandbox.sh', 'sha512sum --check', 'true'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of kubeadm',
    mistake: 'the class names another runtime',
    change: replace(
      'platform-config/base/tenant-sandbox/runtime-class.yaml',
      'handler: runsc',
      'handler: kata',
    ),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of kubeadm',
    mistake: 'limits do not hold in the sandbox',
    change: replace('infra/kubeadm/runsc.toml', '"true"', '"false"'),
    code: 'sandbox',
    says: /no node runs gvisor/,
  },
  {
    tree: 'sandboxes of Talos',
    mistake: 'nobody brings the class of the sandbox',
    change: drop('platform-config/base/tenant-sandbox/runtime-class.yaml', 'kind: RuntimeClass'),
    code: 'sandbox',
    says: /no class gvisor/,
  },
  {
    tree: 'Karpenter on EKS',
    mistake: 'the pool of a tenant has no taint',
    change: replace('platform-config/base/node-pools/general.yaml', /key: platform\/tenant/g, 'key: other'),
    code: 'tenant-nodes',
    says: /has no node/,
  },
];

describe('a check sees that', () => {
  test.each(MUTATIONS)('on $tree $mistake', ({ tree, change, code, says }) => {
    const found = crossFindings(change(trees[tree].files), code);
    expect(found.filter(({ place, message }) => says.test(`${place} ${message}`))).not.toEqual([]);
  });
});
