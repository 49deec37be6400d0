/** Control planes on hosts of one's own: what machines are told, what the scripts make of an inventory, what a check sees. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { documentsOf } from '../checks/yaml-files.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const OWN_IMAGE = { 'node-control': 'own-image' } as const;
const trees = {
  'steel-works-talos': starterOf('steel-works-talos').files,
  'onprem-airgap': starterOf('onprem-airgap').files,
  'harbour-pilots-kubeadm': starterOf('harbour-pilots-kubeadm').files,
  // The steel works on another distribution, and with a proxy.
  k3s: starterOf('steel-works-talos', { answers: OWN_IMAGE, pins: { distribution: 'k3s', egress: 'proxy' } })
    .files,
  // As few hosts as lose one unnoticed: everything runs on each of them.
  'three hosts': starterOf('steel-works-talos', { answers: { hosts: 3 } }).files,
  'three hosts of kubeadm': starterOf('harbour-pilots-kubeadm', { answers: { hosts: 4 } }).files,
  'three hosts of RKE2': starterOf('onprem-airgap', { answers: { hosts: 5 } }).files,
  // Nothing here sends alerts, so no page may speak of who gets them.
  'closed, with telemetry elsewhere': starterOf('steel-works-talos', {
    answers: { 'egress-control': 'nothing' },
    pins: { registry: 'harbor', metrics: 'vendor', logs: 'vendor', traces: 'none' },
  }).files,
} as const;
type Example = keyof typeof trees;

describe.each(Object.entries(trees))('the starter of %s', (_name, files) => {
  test('fits together', () => {
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
  });
  test('asks no cloud for anything', () => {
    const said = [...files].filter(
      ([file, text]) =>
        !/^docs\/(?:adr\/|cost-to-own)/.test(file) && /\b(?:EKS|Route 53|IAM role|tofu apply)\b/.test(text),
    );
    expect(said.map(([file]) => file)).toEqual([]);
  });
});

test.each([
  ['three hosts', 'infra/talos/control-plane.yaml'],
  ['three hosts of kubeadm', 'infra/kubeadm/founder.yaml'],
  ['three hosts of RKE2', 'infra/rke2/server.yaml'],
] as const)('%s keep nothing out of the control plane, not even what comes from outside', (name, file) => {
  const files = trees[name];
  const inventory = [...files].find(([path]) => path.startsWith('infra/hosts/'))?.[1] ?? '';
  expect(inventory.match(/^\S+ +[0-9.]+ +rack-[abc] +control-plane$/gm)).toHaveLength(3);
  expect(inventory).not.toMatch(/ (?:system|workload)$/m);
  expect(files.get(file)).not.toMatch(/NoSchedule|nodeTaints/);
  expect(files.get('platform/load-balancer-addresses/addresses.yaml')).not.toContain('nodeSelector');
});

test('a network without a way out lists the hosts of the house that this stack names, and no other', () => {
  const page = trees['closed, with telemetry elsewhere'].get('docs/runbooks/no-way-out.md');
  expect(page).toContain('| `replace-me-telemetry-vendor.example.com` |');
  expect(page).not.toMatch(/alert-receiver|dead-man|trace-store/);
});

test.each(['steel-works-talos', 'harbour-pilots-kubeadm'] as const)(
  'objects of %s are of the published types',
  async name => {
    expect((await checkKubernetes(trees[name])).map(formatFinding)).toEqual([]);
  },
);

test('Vault trusts the clusters, and holds what they are to read, before delivery waits for it', () => {
  const steps = trees['onprem-airgap'].get('README.md') ?? '';
  const waits = steps.indexOf('Run `scripts/bootstrap.sh');
  for (const before of ['Let Vault trust', 'Have your authority issue']) {
    expect(steps).toContain(before);
    expect(steps.indexOf(before)).toBeLessThan(waits);
  }
});

test('a certificate of many lines has a place of many lines', () => {
  const { files, placeholders } = starterOf('onprem-airgap');
  const certificates = placeholders.filter(({ meaning }) => meaning.includes('indented like the token'));
  expect(certificates).toHaveLength(1);
  for (const { token, file } of certificates) {
    expect(files.get(file)).toMatch(new RegExp(`: \\|\\n +${token}$`, 'm'));
  }
});

test('hosts with Talos ask no registry about each other that none may read', () => {
  const [all] = documentsOf(trees['steel-works-talos'].get('infra/talos/all.yaml') ?? '');
  expect(all).toMatchObject({ cluster: { discovery: { enabled: false } } });
});

test.each([
  ['steel-works-talos', 'time.cloudflare.com'],
  ['closed, with telemetry elsewhere', 'replace-me-time-server'],
] as const)('hosts with Talos of %s learn the time from %s', (name, server) => {
  const files = trees[name];
  expect(files.get('infra/talos/all.yaml')).toContain(
    'kind: TimeSyncConfig\nntp:\n  servers:\n    - __TIME_SERVER__\n',
  );
  expect(files.get('infra/hosts/production.conf')).toContain(`\nTIME_SERVER=${server}\n`);
  expect(files.get('PLACEHOLDERS.md')?.includes(server)).toBe(server.startsWith('replace-me'));
});

test.each(['steel-works-talos', 'harbour-pilots-kubeadm', 'onprem-airgap'] as const)(
  'what the first day of %s has people make in the repository stays out of Git',
  name => {
    const page = trees[name].get('docs/runbooks/bootstrap.md') ?? '';
    const code = [...page.matchAll(/```sh\n.*?```|`[^`\n]+`/gs)].map(([text]) => text);
    const made = code.flatMap(text => [...text.matchAll(/(?:>|--output-file |--output )([a-z][\w.-]+)/g)]);
    const secret = made.map(([, file = '']) => file).filter(file => file !== 'cluster-info.conf');
    if (name !== 'onprem-airgap') expect(secret).not.toEqual([]);
    const folder = mkdtempSync(join(work, 'ignored-'));
    writeFileSync(join(folder, '.gitignore'), trees[name].get('.gitignore') ?? '');
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    for (const file of secret)
      expect(spawnSync('git', ['check-ignore', '--quiet', file], { cwd: folder }).status, file).toBe(0);
  },
);

const work = mkdtempSync(join(tmpdir(), 'chartroom-hosts-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

/** The tree on disk, with every placeholder replaced, and the inventory of one cluster changed. */
function hostConfig(
  cluster: string,
  change: (inventory: string) => string,
  files: FileTree = trees['onprem-airgap'],
  environment: Readonly<Record<string, string>> = {},
) {
  const folder = mkdtempSync(join(work, 'tree-'));
  for (const [path, text] of files) {
    if (!/^(?:infra|scripts)\/|authorities\.pem$/.test(path)) continue;
    const filled = text
      .replace(/^.*REPLACE_ME_HOSTS.*\n/m, '')
      .replace(/replace-me-[a-z-]*[a-z]/g, 'given')
      .replace('REPLACE_ME_ROOT_CERTIFICATE', CERTIFICATE)
      .replace(/(?<!\|)REPLACE_ME_[A-Z]+(?:_[A-Z]+)*(?!\S*\[)/g, 'given');
    const kept = path.startsWith('scripts/') ? text : filled;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path === `infra/hosts/${cluster}.conf` ? change(kept) : kept);
    if (path.endsWith('.sh')) chmodSync(join(folder, path), 0o755);
  }
  const out = join(folder, 'out');
  const run = spawnSync('bash', [join(folder, 'scripts/host-config.sh'), cluster, out], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { code: run.status, stderr: run.stderr, out };
}

test('scripts/carry-in.sh brings a repository to a Git server that takes no copy without its history', () => {
  const folder = mkdtempSync(join(work, 'carry-'));
  const run = (program: string, ...words: readonly string[]) =>
    spawnSync(program, words, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(folder, 'programs')}:${process.env.PATH}` },
    });
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o755 });
  };
  for (const program of ['crane', 'helm']) put(`programs/${program}`, '#!/bin/sh\nexit 1\n');
  put('scripts/carry-in.sh', trees['onprem-airgap'].get('scripts/carry-in.sh') ?? '');
  put('images.txt', '# none\n');
  put('charts.txt', `git file://${folder}/from v1 file://${folder}/to\n`);
  run('git', 'init', '--quiet', 'from');
  for (const each of ['one', 'two']) {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    run('git', '-C', 'from', ...who, 'commit', '--quiet', '--allow-empty', '--message', each);
  }
  run('git', '-C', 'from', 'tag', 'v1');
  run('git', 'init', '--quiet', '--bare', 'to');
  const { status, stdout, stderr } = run('bash', 'scripts/carry-in.sh', 'harbor.example.com');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(`git    file://${folder}/to v1\n`);
  expect(run('git', '-C', 'to', 'tag').stdout).toBe('v1\n');
});

describe('scripts/host-config.sh', () => {
  test('makes a configuration for every host, which only the founder can start without another server', () => {
    const { code, stderr, out } = hostConfig('production-hall-1', text => text);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(readdirSync(out)).toHaveLength(9);
    const config = (host: string) =>
      documentsOf(readFileSync(join(out, host, 'etc/rancher/rke2/config.yaml'), 'utf8'))[0] as Record<
        string,
        unknown
      >;
    const founder = config('production-hall-1-control-plane-1');
    expect(founder).toMatchObject({
      'node-ip': '10.34.0.11',
      cni: 'none',
      'ingress-controller': 'none',
      'disable-kube-proxy': true,
      profile: 'cis',
    });
    expect(founder).not.toHaveProperty('server');
    expect(config('production-hall-1-control-plane-2')).toMatchObject({ server: 'https://10.34.0.10:9345' });
    expect(config('production-hall-1-system-1')).toMatchObject({
      'node-label': ['node-pool=system', 'topology.kubernetes.io/zone=rack-a'],
      'node-taint': ['CriticalAddonsOnly=true:NoSchedule'],
    });
    const peers = readFileSync(
      join(out, 'production-hall-1-control-plane-2/etc/keepalived/keepalived.conf'),
      'utf8',
    );
    expect(peers).toContain('    10.34.0.11\n    10.34.0.13\n');
    const rancher = join(out, 'production-hall-1-control-plane-1/etc/rancher/rke2');
    expect(readFileSync(join(rancher, 'authorities.pem'), 'utf8')).toContain(CERTIFICATE);
    const [authentication] = documentsOf(readFileSync(join(rancher, 'authentication.yaml'), 'utf8'));
    expect(authentication).toMatchObject({ jwt: [{ issuer: { certificateAuthority: `${CERTIFICATE}\n` } }] });
  });

  test.each(['onprem-airgap', 'k3s'] as const)('%s finds all about its snapshots in one Secret', example => {
    const files = trees[example];
    const program = example === 'k3s' ? 'k3s' : 'rke2';
    // The Secret is not read where any other setting of S3 stands beside its name.
    expect(files.get(`infra/${program}/server.yaml`)?.match(/^etcd-s3.*$/gm)).toEqual([
      'etcd-s3: true',
      'etcd-s3-config-secret: etcd-snapshot-store',
    ]);
    const kept = /^keep_keys kube-system etcd-snapshot-store (?:.*\\\n)*.*$/m.exec(
      files.get('scripts/bootstrap.sh') ?? '',
    )?.[0];
    for (const key of ['endpoint', 'bucket', 'access-key', 'secret-key'])
      expect(kept).toContain(`=etcd-s3-${key}=`);
    expect(files.get('docs/runbooks/etcd.md')).toContain(
      `${program} server --cluster-reset --etcd-s3=false `,
    );
  });

  test('tells each host of kubeadm how it founds or joins, with secrets that come from outside', () => {
    const secrets = join(work, 'secrets');
    writeFileSync(
      secrets,
      'ENCRYPTION_KEY=c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=\nJOIN_TOKEN=abcdef.0123456789abcdef\nCERTIFICATE_KEY=0a1b\n',
    );
    const { code, stderr, out } = hostConfig('production', text => text, trees['harbour-pilots-kubeadm'], {
      KUBEADM_SECRETS: secrets,
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const told = (host: string, file = 'kubeadm.yaml') =>
      readFileSync(join(out, `production-${host}`, 'etc/kubernetes', file), 'utf8');
    expect(documentsOf(told('control-plane-1')).map(each => (each as { kind: string }).kind)).toEqual([
      'InitConfiguration',
      'ClusterConfiguration',
      'KubeletConfiguration',
      'KubeProxyConfiguration',
    ]);
    expect(told('control-plane-1', 'platform/encryption.yaml')).toContain(
      'secret: c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=\n',
    );
    expect(documentsOf(told('control-plane-2'))[0]).toMatchObject({
      kind: 'JoinConfiguration',
      discovery: { tlsBootstrapToken: 'abcdef.0123456789abcdef' },
      controlPlane: { certificateKey: '0a1b' },
    });
    expect(documentsOf(told('system-1'))[0]).toMatchObject({
      nodeRegistration: { taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }] },
    });
    expect(told('workload-1')).not.toMatch(/__|0a1b/);
    // For kubeadm a comment above the first line of dashes is a document, and one without a kind.
    for (const host of readdirSync(out)) {
      const parts = told(host.replace('production-', '')).split(/^---\n/m);
      for (const part of parts.slice(parts[0] === '' ? 1 : 0)) expect(part).toMatch(/^kind: /m);
    }
  });

  test('has one server of K3s found the cluster, and keeps no secret of kubeadm unasked', () => {
    const { code, out } = hostConfig('production', text => text, trees.k3s);
    expect(code).toBe(0);
    const config = (host: string) =>
      readFileSync(join(out, `production-${host}`, 'etc/rancher/k3s/config.yaml'), 'utf8');
    expect(config('control-plane-1')).toMatch(/^cluster-init: true$/m);
    expect(config('control-plane-3')).toMatch(/^server: https:\/\/[\d.]+:6443$/m);
    const told = readFileSync(join(out, 'production-control-plane-1/etc/default/k3s'), 'utf8');
    expect(told).toMatch(/^HTTPS_PROXY=http:\/\/given\.example\.com:3128$/m);
    expect(told).toMatch(/^NO_PROXY=localhost,.*\.svc,\.cluster\.local,.*\/16/m);
    expect(config('control-plane-3')).not.toContain('cluster-init');
    expect(hostConfig('production', text => text, trees['harbour-pilots-kubeadm']).stderr).toMatch(
      /KUBEADM_SECRETS/,
    );
  });

  test('tells hosts with Windows what they are, and the control plane of Calico', () => {
    const { files } = starterOf('harbour-pilots-kubeadm', {
      answers: { windows: 'yes' },
      pins: { distribution: 'rke2', cni: 'calico' },
    });
    const { code, stderr, out } = hostConfig('production', text => text, files);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const read = (path: string) => readFileSync(join(out, `production-${path}`), 'utf8');
    expect(files.get('docs/runbooks/bootstrap.md')).toContain(
      '`scripts/bootstrap.sh` waits for the sample on them',
    );
    expect(readdirSync(join(out, 'production-windows-1')).sort()).toEqual([
      'authorities.pem',
      'config.yaml',
      'install-host.ps1',
      'registries.yaml',
    ]);
    expect(documentsOf(read('windows-2/config.yaml'))[0]).toMatchObject({
      'node-name': 'production-windows-2',
      'node-taint': ['os=windows:NoSchedule'],
      server: expect.stringMatching(/^https:\/\/[\d.]+:9345$/),
    });
    expect(read('windows-1/install-host.ps1')).toMatch(/\$version = 'v1\.\d+\.\d+\+rke2r1'/);
    expect(read('windows-1/install-host.ps1')).not.toContain('__');
    const calico = 'var/lib/rancher/rke2/server/manifests/rke2-calico-config.yaml';
    expect(read(`control-plane-3/${calico}`)).toMatch(/canReach: [\d.]+\n/);
    expect(
      hostConfig('production', text => text.replace(/rack-b( +windows)/, 'rack-a$1'), files).stderr,
    ).toMatch(/hosts with Windows stand in 1 racks/);
  });

  test.each([
    ['two hosts in the control plane', /control-plane-3 .*\n/, '', /no quorum/],
    ['one rack for all workloads', /rack-[bc] {2}workload/g, 'rack-a  workload', /1 racks and not in three/],
    ['an address twice', '10.34.0.12 ', '10.34.0.11 ', /10\.34\.0\.11 stands there twice/],
  ])('refuses %s', (_mistake, from, to, says) => {
    const { code, stderr } = hostConfig('production-hall-1', text => text.replace(from, to));
    expect(stderr).toMatch(says);
    expect(code).not.toBe(0);
  });
});

const TALOS = 'infra/hosts/production.conf';
const RKE2 = 'infra/hosts/production-hall-1.conf';
const HARBOUR = 'infra/hosts/production.conf';
const MUTATIONS: readonly (Mutation & { readonly example: Example })[] = [
  {
    example: 'onprem-airgap',
    mistake: 'a chart is fetched from its publisher',
    change: replace(
      'delivery/platform-obs/loki.yaml',
      /oci:\/\/\S+/,
      'oci://ghcr.io/grafana-community/helm-charts/loki',
    ),
    code: 'closed-network',
    says: /names ghcr\.io/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'a pod is started from an image outside',
    change: replace('apps/base/demo-worker/deployment.yaml', /image: \S+?\/ghcr\//, 'image: ghcr.io/'),
    code: 'closed-network',
    says: /names ghcr\.io/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'a chart is raised and not carried in',
    change: replace('delivery/platform-core/cert-manager.yaml', /tag: v[\d.]+/, 'tag: v1.22.0'),
    code: 'closed-network',
    says: /v1\.22\.0 is carried in by nothing/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'agents that copy volumes are refused',
    change: replace('platform/namespaces/velero.yaml', 'enforce: privileged', 'enforce: restricted'),
    code: 'namespace-baseline',
    says: /velero.*enforces the Pod Security restricted/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'Flux does not trust the Git server',
    change: replace('delivery/crds/gateway-api.yaml', /\n +secretRef:\n +name: git-ca/, ''),
    code: 'closed-network',
    says: /gateway-api\.yaml.*nothing gives it the authority/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'nobody hands the authority of Harbor to Flux',
    change: replace(
      'scripts/bootstrap.sh',
      'create secret generic registry-ca',
      'create secret generic registry',
    ),
    code: 'closed-network',
    says: /nothing gives it the authority/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'the network plugin is installed from outside',
    change: replace('scripts/install-cilium.sh', /oci:\/\/\S+/, 'oci://quay.io/cilium/charts/cilium'),
    code: 'closed-network',
    says: /names quay\.io/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'Talos is told once more what it exempts',
    change: replace(
      'infra/talos/control-plane.yaml',
      /( +)kind: PodSecurityConfiguration\n/,
      '$1kind: PodSecurityConfiguration\n$1exemptions: {namespaces: [kube-system]}\n',
    ),
    code: 'own-hosts',
    says: /kube-system is exempted twice/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'RKE2 brings the kinds of the Gateway API as well',
    change: replace('infra/rke2/server.yaml', 'rke2-gateway-api-crd', 'rke2-metrics-server'),
    code: 'one-owner-of-crds',
    says: /infra\/rke2.*brings the CRDs of the Gateway API along/,
  },
  {
    example: 'k3s',
    mistake: 'K3s brings the kinds of the Gateway API as well',
    change: replace('infra/k3s/server.yaml', /\n +- gateway-api-crd/, ''),
    code: 'one-owner-of-crds',
    says: /infra\/k3s.*brings the CRDs of the Gateway API along/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'RKE2 keeps Prometheus from the resolver',
    change: drop('platform/kube-prometheus-stack/network-policies.yaml', 'metrics-of-the-resolver'),
    code: 'own-hosts',
    says: /keeps Prometheus from the metrics of the resolver/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'kinds are built from a folder that says nothing of what it is made of',
    change: replace('scripts/install-cilium.sh', 'config/crd?', 'config/crd/standard?'),
    code: 'closed-network',
    says: /kubectl cannot build config\/crd\/standard/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'a pipeline installs its tools from outside',
    change: replace('.github/workflows/release.yaml', /actions\/checkout@/, 'jdx/mise-action@'),
    code: 'closed-network',
    says: /uses jdx\/mise-action, which nobody carries in/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'a job waits for a runner that the Git server does not have',
    change: replace('.github/workflows/validate.yaml', /runs-on: .*/, 'runs-on: ubuntu-24.04'),
    code: 'closed-network',
    says: /waits for a runner of GitHub/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'manifests are held against schemas of publishers alone',
    change: replace('scripts/validate.sh', /SCHEMAS/g, 'ELSEWHERE'),
    code: 'closed-network',
    says: /schemas that nobody carries in/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'the policy that lets the gateway in is gone',
    change: drop('apps/base/demo-web/network-policies.yaml', 'requests-from-gateway'),
    code: 'reachability',
    says: /proxies of the nodes reach the sample workload/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'a release names a source that is not there',
    change: replace('delivery/platform-obs/loki.yaml', /(chartRef:\n(?:.*\n)*?\s+name: )loki/, '$1lokki'),
    code: 'references',
    says: /lokki/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'what comes to a pod in the clear is taken',
    change: replace(
      'platform/cilium/values.yaml',
      /strictMode:\n {4}ingress:\n {6}enabled: true/,
      'strictMode: {}',
    ),
    code: 'cilium-mesh',
    says: /in the clear is taken/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'the mesh has lost its encryption',
    change: replace('platform/cilium/values.yaml', /^encryption:\n(?: .*\n)+/m, ''),
    code: 'cilium-mesh',
    says: /encrypts nothing/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'nobody hears of traffic in the clear',
    change: replace('platform/mesh-of-cilium/alerts.yaml', 'Traffic is unencrypted', 'Policy denied'),
    code: 'cilium-mesh',
    says: /nobody hears/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'Cilium starts before the kinds of its routes',
    change: replace('scripts/install-cilium.sh', /kubectl apply --server-side[\s\S]*?yaml\n/, ''),
    code: 'cilium-mesh',
    says: /before the kinds of routes/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'the policy that lets the gateway in is gone',
    change: drop('apps/base/demo-web/network-policies.yaml', 'requests-from-gateway'),
    code: 'reachability',
    says: /proxies reach the sample workload/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'Cilium is of another version than the table',
    change: replace('delivery/platform-core/cilium.yaml', /tag: "[\d.]+"/, 'tag: "1.18.2"'),
    code: 'supported-versions',
    says: /cilium is 1\.18\.2/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'the class of the gateway asks for proxies that nobody describes',
    change: replace(
      'platform-config/base/gateway/gateway-class.yaml',
      /(kind: EnvoyProxy\n {4}name: )public-proxies/,
      '$1proxies',
    ),
    code: 'references',
    says: /EnvoyProxy/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'a host answers for the gateway that runs none of its proxies',
    change: replace(
      'platform-config/base/gateway/gateway-class.yaml',
      'externalTrafficPolicy: Cluster',
      'externalTrafficPolicy: Local',
    ),
    code: 'own-hosts',
    says: /no pod to hand/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'kube-proxy runs beside its replacement',
    change: replace('infra/talos/all.yaml', 'disabled: true', 'disabled: false'),
    code: 'own-hosts',
    says: /one of them/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'machines bring a network of their own',
    change: replace('infra/talos/all.yaml', 'name: none', 'name: flannel'),
    code: 'own-hosts',
    says: /second network plugin/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'agents look for the API server at another port',
    change: replace('platform/cilium/values.yaml', 'k8sServicePort: 7445', 'k8sServicePort: 6443'),
    code: 'own-hosts',
    says: /elsewhere/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'ranges of pods stand in two places',
    change: replace('platform/cilium/values.yaml', 'mode: kubernetes', 'mode: cluster-pool'),
    code: 'own-hosts',
    says: /two places/,
  },
  {
    example: 'steel-works-talos',
    mistake: 'the API lies among the addresses of load balancers',
    change: replace(TALOS, /^API_ADDRESS=.*$/m, 'API_ADDRESS=10.20.128.200'),
    code: 'own-hosts',
    says: /among the addresses/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'the address of the API lies within the pods',
    change: replace(RKE2, /^API_ADDRESS=.*$/m, 'API_ADDRESS=10.98.0.10'),
    code: 'own-hosts',
    says: /10\.98\.0\.10 is no address of/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'the control plane has two hosts',
    change: replace(RKE2, /^production-hall-1-control-plane-3 .*\n/m, ''),
    code: 'own-hosts',
    says: /2 hosts in the control plane/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'pods and Services share addresses',
    change: replace(RKE2, /^POD_CIDR=.*$/m, 'POD_CIDR=10.112.0.0/15'),
    code: 'own-hosts',
    says: /10\.112\.0\.0\/15 meets|meets 10\.112/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'manifests are filled from another network than the hosts have',
    change: replace(
      'clusters/production-hall-1/variables/cluster-vars.yaml',
      /NODE_CIDR: .*/,
      'NODE_CIDR: 10.60.0.0/16',
    ),
    code: 'own-hosts',
    says: /NODE_CIDR is/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'RKE2 brings its own network as well',
    change: replace('infra/rke2/server.yaml', 'cni: none', 'cni: canal'),
    code: 'own-hosts',
    says: /second network plugin/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'the cluster is of another minor than its policies',
    change: replace(RKE2, /^KUBERNETES_VERSION=.*$/m, 'KUBERNETES_VERSION=1.31.4'),
    code: 'supported-versions',
    says: /cluster of 1\.31/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'the API server is to read a file that no host gets',
    change: replace('infra/kubeadm/cluster.yaml', 'platform/encryption.yaml', 'platform/keys.yaml'),
    code: 'own-hosts',
    says: /keys\.yaml, which no host gets/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'kubelets ask nobody for their certificate',
    change: replace('infra/kubeadm/cluster.yaml', 'serverTLSBootstrap: true', 'serverTLSBootstrap: false'),
    code: 'own-hosts',
    says: /nobody asks/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'metrics-server believes anybody who answers as a kubelet',
    change: replace(
      'platform/metrics-server/values.yaml',
      /--kubelet-certificate-authority=\S+/,
      '--kubelet-insecure-tls',
    ),
    code: 'own-hosts',
    says: /go unchecked/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'nobody routes Services',
    change: replace(
      'infra/kubeadm/cluster.yaml',
      /^kind: ClusterConfiguration$/m,
      'kind: ClusterConfiguration\nproxy:\n  disabled: true',
    ),
    code: 'own-hosts',
    says: /one of them/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'kube-proxy writes its rules in another form than Calico',
    change: replace('infra/kubeadm/cluster.yaml', 'mode: iptables', 'mode: nftables'),
    code: 'calico',
    says: /writes iptables, and kube-proxy nftables/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'Calico is installed first in another version',
    change: replace('scripts/install-calico.sh', /(helm install calico .*?--version )v[\d.]+/, '$1v3.30.0'),
    code: 'calico',
    says: /installs calico v3\.30\.0/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'pods of Calico come before their namespace lets them',
    change: replace('scripts/install-calico.sh', ' -f platform/namespaces/calico-system.yaml', ''),
    code: 'calico',
    says: /calico-system is not there/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'delivery would give pods other addresses than the installation',
    change: replace('scripts/install-calico.sh', '"blockSize":26', '"blockSize":24'),
    code: 'calico',
    says: /other addresses/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'typha waits for nodes that wait for it',
    change: replace('platform/calico/values.yaml', /^ {10}tolerations:\n {12}- operator: Exists\n/m, ''),
    code: 'calico',
    says: /typha waits/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'nobody answers for the addresses of load balancers',
    change: drop('platform/load-balancer-addresses/addresses.yaml', 'kind: L2Advertisement'),
    code: 'calico',
    says: /nobody answers/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'the webhook of MetalLB is out of reach',
    change: drop('platform/metallb/network-policies.yaml', 'name: webhook-from-api-server'),
    code: 'reachability',
    says: /webhook of addresses/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'whoever grants certificates to kubelets may not ask the API server',
    change: drop('platform/kubelet-csr-approver/network-policies.yaml', 'name: to-api-server'),
    code: 'reachability',
    says: /kubelet-csr-approver/,
  },
  {
    example: 'harbour-pilots-kubeadm',
    mistake: 'hosts are of another minor than the components were made for',
    change: replace(HARBOUR, /^KUBERNETES_VERSION=.*$/m, 'KUBERNETES_VERSION=1.31.4'),
    code: 'supported-versions',
    says: /cluster of 1\.31/,
  },
  {
    example: 'k3s',
    mistake: 'Secrets lie open in etcd',
    change: replace('infra/k3s/server.yaml', 'secrets-encryption: true', 'secrets-encryption: false'),
    code: 'own-hosts',
    says: /how Secrets are encrypted/,
  },
  {
    example: 'k3s',
    mistake: 'its own network runs beside the plugin',
    change: replace('infra/k3s/server.yaml', 'flannel-backend: none', 'flannel-backend: vxlan'),
    code: 'own-hosts',
    says: /second network plugin/,
  },
  {
    example: 'onprem-airgap',
    mistake: 'Prometheus is to read the network plugin by a range of addresses',
    change: drop('platform/cilium/network-policies.yaml', 'toEntities'),
    code: 'reachability',
    says: /reads the network plugin/,
  },
];

describe('a check sees that', () => {
  test.each(MUTATIONS)('in $example $mistake', ({ example, change, code, says }) => {
    const found = crossFindings(change(trees[example]), code);
    expect(found.filter(({ place, message }) => says.test(`${place} ${message}`))).not.toEqual([]);
  });
});
