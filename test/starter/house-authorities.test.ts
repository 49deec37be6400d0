/** Authorities of the house: one file that everything which calls the house believes, and which mistakes are seen. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { drop, type Mutation, replace, without } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const FILE = 'platform/namespaces/authorities.pem';
const trees = {
  closed: starterOf('onprem-airgap').files,
  'closed, with Argo CD': starterOf('onprem-airgap', { pins: { gitops: 'argo-cd' } }).files,
  'connected, with a pipeline': starterOf('harbour-pilots-kubeadm', { pins: { gitops: 'push' } }).files,
  connected: starterOf('harbour-pilots-kubeadm').files,
  'with Talos': starterOf('steel-works-talos', { pins: { registry: 'harbor' } }).files,
  'databases, with a pipeline': starterOf('harbour-pilots-kubeadm', {
    answers: { state: 'in-cluster' },
    pins: { gitops: 'push', 'data-services': 'operator-in-cluster' },
  }).files,
  'named destinations': starterOf('steel-works-talos', { pins: { egress: 'dns-policy' } }).files,
  'own authority in a cloud': starterOf('platform-aws', {
    answers: { 'corporate-ca': 'yes' },
    pins: { 'dns-and-certificates': 'corporate-pki', edge: 'gateway-envoy' },
  }).files,
} as const;

describe.each(Object.entries(trees))('the house believed: %s', (_name, files) => {
  test('everything fits together', async () => {
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
    expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
  });
  test('has one place for them, and no certificate anywhere else', () => {
    expect(files.get(FILE)).toMatch(/^REPLACE_ME_ROOT_CERTIFICATE$/m);
    const others = [...files].filter(
      ([file, text]) =>
        !['PLACEHOLDERS.md', FILE].includes(file) && text.includes('REPLACE_ME_ROOT_CERTIFICATE'),
    );
    expect(others.map(([file]) => file)).toEqual([]);
  });
});

test('where public authorities sign for everything, nobody is asked for one', () => {
  expect(starterOf('platform-aws').files.has(FILE)).toBe(false);
});

const KUSTOMIZATION = 'platform/namespaces/kustomization.yaml';
const MISTAKES: readonly (Mutation & { readonly of: keyof typeof trees })[] = [
  {
    of: 'closed',
    mistake: 'there is no file',
    change: without(FILE),
    code: 'house-authorities',
    says: /is not there/,
  },
  {
    of: 'closed',
    mistake: 'Git is told to leave the file out',
    change: replace('.gitignore', `!/${FILE}`, ''),
    code: 'kept-by-git',
    says: /authorities\.pem: .*leaves it out/,
  },
  ...['loki', 'tempo', 'velero', 'kyverno', 'external-secrets', 'kube-prometheus-stack'].map(
    name =>
      ({
        of: 'closed',
        mistake: `${name} reads no folder of authorities`,
        change: replace(`platform/${name}/values.yaml`, 'SSL_CERT_DIR', 'SSL_CERT_FOLDER'),
        code: 'house-authorities',
        says: new RegExp(`platform/${name}: .*is told of no authority`),
      }) as const,
  ),
  {
    of: 'closed',
    mistake: 'Velero has no folder of authorities',
    change: replace(
      'platform/velero/values.yaml',
      'mountPath: /etc/house-authorities',
      'mountPath: /etc/house',
    ),
    code: 'house-authorities',
    says: /platform\/velero: .*is told of no authority/,
  },
  {
    of: 'connected',
    mistake: 'Jaeger reads no folder of authorities',
    change: tree =>
      replace(
        'delivery/platform-obs/jaeger.yaml',
        'SSL_CERT_DIR',
        'OTHER',
      )(replace('platform/jaeger/values.yaml', 'SSL_CERT_DIR', 'OTHER')(tree)),
    code: 'house-authorities',
    says: /platform\/jaeger: .*is told of no authority/,
  },
  {
    of: 'closed',
    mistake: 'the namespace of Loki is given none',
    change: replace(KUSTOMIZATION, 'namespace: logging', 'namespace: demo'),
    code: 'house-authorities',
    says: /loki: .*mounts house-authorities, which is not in logging/,
  },
  {
    of: 'closed, with Argo CD',
    mistake: 'the namespace of Argo CD is given none',
    change: replace(KUSTOMIZATION, 'namespace: argocd', 'namespace: demo'),
    code: 'house-authorities',
    says: /mounts house-authorities, which is not in argocd/,
  },
  {
    of: 'closed',
    mistake: 'the archive of databases believes public authorities alone',
    change: replace('platform-config/base/databases/backups.yaml', /\n +endpointCA:\n.*\n.*/, ''),
    code: 'house-authorities',
    says: /ObjectStore backups: .*does not believe/,
  },
  {
    of: 'closed',
    mistake: 'the archive of databases finds no Secret',
    change: replace(
      'scripts/bootstrap.sh',
      'keep_keys databases house-authorities',
      'keep_keys demo house-authorities',
    ),
    code: 'house-authorities',
    says: /ObjectStore backups: .*does not believe/,
  },
  {
    of: 'closed',
    mistake: 'Flux reads no folder of authorities',
    change: replace('clusters/production-hall-1/flux-instance.yaml', 'SSL_CERT_DIR', 'OTHER'),
    code: 'house-authorities',
    says: /flux-instance\.yaml: .*Flux is told of no authority/,
  },
  {
    of: 'closed, with Argo CD',
    mistake: 'Argo CD is handed nothing of the file',
    change: replace('scripts/bootstrap.sh', /argocd-tls-certs-cm/, 'argocd-tls-cm'),
    code: 'house-authorities',
    says: /Argo CD is told of no authority/,
  },
  {
    of: 'closed',
    mistake: 'hosts fetch images from a registry that they do not believe',
    change: replace('infra/rke2/registries.yaml', /ca_file: .*/, 'insecure_skip_verify: false'),
    code: 'house-authorities',
    says: /registries\.yaml: .*told of no authority/,
  },
  {
    of: 'closed',
    mistake: 'nothing brings the file to hosts',
    change: replace('scripts/host-config.sh', 'cp platform/namespaces/authorities.pem', 'true'),
    code: 'house-authorities',
    says: /hands no authority to infra\/rke2/,
  },
  {
    of: 'connected',
    mistake: 'hosts of kubeadm copy snapshots to a storage that they do not believe',
    change: replace('infra/kubeadm/etcd-snapshot.sh', / --cacert \/etc\/kubernetes\/authorities\.pem/, ''),
    code: 'house-authorities',
    says: /etcd-snapshot\.sh: .*told of no authority/,
  },
  {
    of: 'connected',
    mistake: 'hosts of kubeadm fetch images from a registry that they do not believe',
    change: replace('infra/kubeadm/registries/quay.io/hosts.toml', /\n {2}ca = .*/, ''),
    code: 'house-authorities',
    says: /quay\.io\/hosts\.toml: .*told of no authority/,
  },
  {
    of: 'connected',
    mistake: 'hosts of kubeadm do not believe Harbor where it is asked by its own name',
    change: without('infra/kubeadm/registries/_default/hosts.toml'),
    code: 'house-authorities',
    says: /images of Harbor itself/,
  },
  {
    of: 'with Talos',
    mistake: 'Talos believes public authorities alone',
    change: drop('infra/talos/all.yaml', 'TrustedRootsConfig'),
    code: 'house-authorities',
    says: /talos\/all\.yaml: .*told of no authority/,
  },
  {
    of: 'closed',
    mistake: 'snapshots of etcd believe public authorities alone',
    change: replace('scripts/bootstrap.sh', `etcd-s3-endpoint-ca=${FILE}`, 'etcd-s3-region=local'),
    code: 'house-authorities',
    says: /snapshots of etcd do not believe/,
  },
];

test.each(MISTAKES)('$of: $mistake', ({ of, change, code, says }) => {
  const found = crossFindings(change(trees[of]), code);
  expect(found.map(formatFinding)).toContainEqual(expect.stringMatching(says));
});
