/** A control plane of one's own on machines of AWS: everything fits together, its programs can be read, and a check sees what is wrong. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { DANGLING, ELSEWHERE, MUTATIONS } from './machines-aws-mistakes.ts';
import { starterOf } from './platform-aws.ts';

const starter = (distribution: string, more: Readonly<Record<string, string>> = {}) =>
  starterOf('platform-aws', {
    pins: { 'control-plane': 'self-managed', cni: 'cilium', distribution, ...more },
  });
const STARTERS = {
  rke2: starter('rke2', {
    registry: 'mirror',
    logs: 'managed-logs',
    metrics: 'managed-metrics',
    traces: 'managed-traces',
    'data-services': 'managed-database',
    backup: 'provider-backup',
    network: 'existing-network',
  }),
  kubeadm: starter('kubeadm', {
    cni: 'calico',
    mesh: 'none',
    registry: 'cloud-registry',
    secrets: 'csi-driver',
    egress: 'proxy',
  }),
  talos: starter('talos', {
    'api-exposure': 'allow-listed',
    mesh: 'cilium-mesh',
    registry: 'mirror',
    egress: 'central-firewall',
  }),
} as const;
const GENERATED = [
  'egress',
  'network',
  'backup',
  'secrets',
  'control-plane',
  'cni',
  'registry',
  'logs',
  'metrics',
  'traces',
  'data-services',
];
const FILE: Readonly<Record<string, string>> = { rke2: 'server', kubeadm: 'cluster', talos: 'all' };
const AWS = [providerSchemas('aws-6.25.0')];

describe.each(Object.entries(STARTERS))(
  'the starter on machines with %s',
  (distribution, { files, notGenerated }) => {
    test('has a control plane, machines and a network, and fits together', async () => {
      const missing = notGenerated.map(({ decision }) => decision);
      expect(missing.filter(decision => GENERATED.includes(decision))).toEqual([]);
      expect([...files.keys()]).toEqual(
        expect.arrayContaining([
          'infra/machines/machines.tf',
          `infra/${distribution}/${FILE[distribution]}.yaml`,
        ]),
      );
      expect(crossFindings(files).map(formatFinding)).toEqual([]);
      expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
      expect(await checkHcl(files, AWS)).toEqual([]);
    });
    test('speaks of no cluster of EKS', () => {
      const said = [...files].filter(
        ([file, text]) =>
          /^(?:infra|scripts|platform|docs\/runbooks)\//.test(file) &&
          /aws_eks_|infra\/eks|update-kubeconfig/.test(text),
      );
      expect(said.map(([file]) => file)).toEqual([]);
    });
  },
);

test('objects are of the published types', async () => {
  expect((await checkKubernetes(STARTERS.rke2.files)).map(formatFinding)).toEqual([]);
});

test('a machine of a stock image brings programs that bash can read, and no secret', () => {
  const text = STARTERS.rke2.files.get('infra/machines/first-boot.yaml') ?? '';
  const { write_files: written } = parse(text) as { write_files: { path: string; content: string }[] };
  const programs = written.filter(({ path }) => path.startsWith('/usr/local/sbin/'));
  expect(programs).toHaveLength(3);
  for (const { content } of programs)
    expect(spawnSync('bash', ['-n'], { input: content, encoding: 'utf8' }).stderr).toBe('');
  expect(STARTERS.talos.files.has('infra/machines/first-boot.yaml')).toBe(false);
});

/** What only the references of the infrastructure show. */
test.each(DANGLING)('a reference that ends nowhere is seen: $mistake', async ({ change, says }) => {
  expect((await checkHcl(change(STARTERS.rke2.files), AWS)).map(formatFinding).join('\n')).toMatch(says);
});

describe('a check sees that', () => {
  test.each(MUTATIONS)('$mistake', ({ change, code, says }) => {
    const tree: FileTree = change(STARTERS.rke2.files);
    const found = crossFindings(tree, code);
    expect(found.filter(({ place, message }) => says.test(`${place} ${message}`))).not.toEqual([]);
  });
});

test.each(ELSEWHERE)('a check sees that $mistake', ({ distribution, change, code, says }) => {
  const tree = change(STARTERS[distribution].files);
  const found = crossFindings(tree, code);
  expect(found.filter(({ message }) => says.test(message))).not.toEqual([]);
});

test('where a proxy is the only way out, a machine fetches through it from its first boot on', () => {
  const { files } = STARTERS.kubeadm;
  const boot = parse(files.get('infra/machines/first-boot.yaml') ?? '') as { apt?: object };
  expect(boot.apt).toEqual({ http_proxy: '__PROXY_URL__', https_proxy: '__PROXY_URL__' });
  expect(files.get('infra/machines/machines.tf')).toContain('local.settings["PROXY_URL"]');
  expect(files.get('infra/kubeadm/install-host.sh')).toMatch(/^\. \/etc\/default\/containerd$/m);
  expect(files.get('infra/hosts/production.conf')).toMatch(
    /^NO_PROXY=.*169\.254\.169\.254.*,\.s3\.eu-central-1\.amazonaws\.com/m,
  );
});

/** Runs `host-store has` where curl answers as it is told. */
function has(curl: string): number | null {
  const text = STARTERS.rke2.files.get('infra/machines/first-boot.yaml') ?? '';
  const { write_files: written } = parse(text) as { write_files: { path: string; content: string }[] };
  const program = written.find(({ path }) => path.endsWith('/host-store'))?.content ?? '';
  const stub = `curl() { case "$*" in *api/token*) echo token ;; *security-credentials/) echo role ;; *security-credentials/role*) printf '{\\n "AccessKeyId" : "A",\\n "Token" : "T"\\n}\\n' ;; *) ${curl} ;; esac; }\nexport -f curl\n`;
  return spawnSync('bash', ['-c', `${stub}set -- has shared/founded\n${program}`], { encoding: 'utf8' })
    .status;
}

test.each([
  ['is there', 'echo 200', 0],
  ['is not there', 'echo 404', 1],
  ['is forbidden', 'echo 403', 2],
  ['cannot be asked for', 'return 6', 2],
])(
  'a machine that looks for what %s says so, and founds nothing where nobody can say',
  (_what, curl, status) => {
    expect(has(curl)).toBe(status);
  },
);

/** Runs the program of kubelets as they do; `curl` of AWS answers as it is told. */
function signIn(image: string, curl: string): { status: number | null; answer: string } {
  const program = STARTERS.rke2.files.get('infra/rke2/ecr-credential-provider') ?? '';
  const stub = `curl() { case "$*" in *api/token*) echo token ;; *security-credentials/) echo role ;; *security-credentials/role*) printf '{\\n "AccessKeyId" : "A",\\n "Token" : "T"\\n}\\n' ;; *aws:amz:eu-central-1:ecr*https://api.ecr.eu-central-1.amazonaws.com/*) ${curl} ;; *) return 7 ;; esac; }\nexport -f curl\n`;
  const run = spawnSync('bash', ['-c', `${stub}${program}`], {
    encoding: 'utf8',
    input: JSON.stringify({
      apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
      kind: 'CredentialProviderRequest',
      image,
    }),
  });
  return { status: run.status, answer: run.stdout };
}

const REGISTRY = '000000000000.dkr.ecr.eu-central-1.amazonaws.com';

test('a kubelet gets the password that ECR gives to the machine, for the registry that it asked about', () => {
  const token = Buffer.from('AWS:eyJwYXlsb2FkIjoi:x+/=').toString('base64');
  const { status, answer } = signIn(
    `${REGISTRY}/apps/web:1`,
    `echo '{"authorizationData":[{"authorizationToken":"${token}","expiresAt":1.7E9}]}'`,
  );
  expect(status).toBe(0);
  expect(JSON.parse(answer)).toEqual({
    apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
    kind: 'CredentialProviderResponse',
    cacheKeyType: 'Registry',
    cacheDuration: '6h0m0s',
    auth: { [REGISTRY]: { username: 'AWS', password: 'eyJwYXlsb2FkIjoi:x+/=' } },
  });
});

test.each([
  ['ECR refuses', `${REGISTRY}/apps/web:1`, 'return 22'],
  ['ECR answers without a password', `${REGISTRY}/apps/web:1`, 'echo "{}"'],
  [
    'the registry is that of somebody else',
    'ecr.example.com/000000000000.dkr.ecr.eu-central-1.amazonaws.com:1',
    'echo {}',
  ],
])('a kubelet is told nothing where %s', (_what, image, curl) => {
  const { status, answer } = signIn(image, curl);
  expect(status).not.toBe(0);
  expect(answer).toBe('');
});
