/** Secrets of Vault, mounted or copied: the trees fit together, checks see what would break them, and Vault is told the truth. */
import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetesOf } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { add, drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const NO_COPY = { 'secret-store': 'vault', 'secret-needs': ['no-copy'] } as const;
const stacks = {
  'EKS, and credentials on demand': starterOf('platform-aws', {
    answers: { ...NO_COPY, 'secret-needs': ['no-copy', 'dynamic'] },
    pins: { secrets: 'vault' },
  }),
  'hosts of its own': starterOf('harbour-pilots-kubeadm', {
    answers: NO_COPY,
    pins: { secrets: 'csi-driver' },
  }),
  'an air gap': starterOf('onprem-airgap', { answers: NO_COPY, pins: { secrets: 'csi-driver' } }),
  'GKE, which has a driver of its own': starterOf('ride-dispatch-gcp', {
    answers: { ...NO_COPY, gpu: 'none' },
    pins: { secrets: 'csi-driver', 'control-plane': 'managed' },
  }),
  'AKS, which has another one': starterOf('city-services-azure', {
    answers: NO_COPY,
    pins: { secrets: 'csi-driver' },
  }),
  'copies on hosts of its own': starterOf('steel-works-talos'),
  'copies by the operator of External Secrets': starterOf('city-libraries-aws', {
    answers: { 'secret-store': 'vault' },
    pins: { secrets: 'external-secrets' },
  }),
} as const;
const MOUNTED = Object.entries(stacks).filter(([name]) => !name.startsWith('copies'));

const onDemand = stacks['EKS, and credentials on demand'].files;

describe.each(Object.entries(stacks))('secrets of Vault with %s', (_name, { files, notGenerated }) => {
  test('are generated, and fit the rest', () => {
    expect(notGenerated.filter(({ decision }) => decision === 'secrets')).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
  });
});

test('objects are of the published types', async () => {
  const trees = [onDemand, stacks['an air gap'].files];
  expect((await checkKubernetesOf(trees)).map(formatFinding)).toEqual([]);
});

test.each(MOUNTED)('with %s one driver mounts them, and none of the cloud', (_name, { files }) => {
  expect(files.has('platform/secrets-store-csi-driver/values.yaml')).toBe(true);
  const infrastructure = [...files].filter(([file]) => file.startsWith('infra/')).map(([, text]) => text);
  expect(infrastructure.join('\n')).not.toMatch(
    /aws-secrets-store-csi-driver-provider|key_vault_secrets_provider|secret_manager_config \{\s+enabled\s+= true/,
  );
  expect(files.get('platform/namespaces/secrets-store-csi-driver.yaml')).toContain('enforce: privileged');
});

test('nodes without a way out to the world get driver and provider from the registry of the house', () => {
  const { files } = stacks['an air gap'];
  const images = files.get('images.txt') ?? '';
  expect(images).toContain('docker.io/hashicorp/vault-csi-provider:');
  expect(images).toContain('registry.k8s.io/csi-secrets-store/driver:');
  expect(files.get('platform/vault-csi-provider/daemonset.yaml')).not.toContain('docker.io/');
});

test('the agent keeps leases only where credentials are made on demand', () => {
  const agent = (tree: typeof onDemand) => tree.get('platform/vault-csi-provider/agent.yaml');
  expect(agent(onDemand)).toContain('cache {}');
  expect(agent(stacks['hosts of its own'].files)).toBeUndefined();
  expect(onDemand.get('scripts/trust-in-vault.sh')).toContain('"database/creds/$name.$namespace.$account"');
});

test('what is an object of the cluster all the same is in the register, where no copy is allowed', () => {
  const register = (tree: typeof onDemand) =>
    (
      parse(tree.get('docs/exceptions.yaml') ?? '') as { exceptions: { id: string; where: string }[] }
    ).exceptions.filter(({ id }) => id.startsWith('secret-objects-'));
  expect(register(onDemand).map(({ id }) => id)).toEqual(
    expect.arrayContaining(['secret-objects-cert-manager', 'secret-objects-secrets-store-csi-driver']),
  );
  for (const { where } of register(onDemand)) expect(onDemand.has(where)).toBe(true);
  expect(register(stacks['copies on hosts of its own'].files)).toEqual([]);
});

test('where secrets lie in Vault, the operator asks Vault and has no rights at the store of the cloud', () => {
  const { files } = stacks['copies by the operator of External Secrets'];
  expect(files.has('platform-config/base/secret-stores/vault.yaml')).toBe(true);
  expect(files.has('infra/eks/external-secrets.tf')).toBe(false);
});

const PROVIDER = 'platform/vault-csi-provider/daemonset.yaml';
const SCRIPT = 'scripts/trust-in-vault.sh';
const classOf = (namespace: string, path: string, more = '') => `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: database, namespace: ${namespace}}
spec:
  provider: vault
  parameters:
    roleName: mounted-secrets
    objects: |
      - objectName: password
        secretPath: ${path}
        secretKey: password
${more}`;
const CLASS = 'apps/base/demo/database.yaml';
const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the driver asks for tokens for somebody else',
    change: replace('platform/secrets-store-csi-driver/values.yaml', 'audience: vault', 'audience: another'),
    code: 'vault-secrets',
    says: /asks for no tokens for vault/,
  },
  {
    mistake: 'pods sign in where Vault knows another cluster',
    change: replace(PROVIDER, 'jwt-${CLUSTER_NAME}', 'kubernetes'),
    code: 'vault-secrets',
    says: /does not sign in at jwt-/,
  },
  {
    mistake: 'Vault knows the role by another name',
    change: replace(SCRIPT, 'role/mounted-secrets', 'role/readers'),
    code: 'vault-secrets',
    says: /signs in as mounted-secrets and not as readers/,
  },
  {
    mistake: 'accounts of a namespace read the secrets of each other',
    change: replace(SCRIPT, '/$account/*', '/*'),
    code: 'vault-secrets',
    says: /belongs to another one/,
  },
  {
    mistake: 'a class names a secret of another namespace',
    change: add(CLASS, classOf('demo', 'platform/data/${CLUSTER_NAME}/billing/web/database')),
    code: 'vault-secrets',
    says: /billing\/web\/database, which its pods may not read/,
  },
  {
    mistake: 'pods run as another account than their class names',
    change: tree =>
      add(
        'apps/base/demo/job.yaml',
        `apiVersion: batch/v1
kind: Job
metadata: {name: once, namespace: demo}
spec:
  template:
    spec:
      serviceAccountName: worker
      volumes:
        - name: database
          csi:
            driver: secrets-store.csi.k8s.io
            readOnly: true
            volumeAttributes:
              secretProviderClass: database
`,
      )(add(CLASS, classOf('demo', 'platform/data/${CLUSTER_NAME}/demo/web/database'))(tree)),
    code: 'vault-secrets',
    says: /demo\/web\/database, which its pods may not read/,
  },
  {
    mistake: 'a class asks for a copy',
    change: add(
      CLASS,
      classOf('demo', 'platform/data/${CLUSTER_NAME}/demo/web/database', '  secretObjects: []\n'),
    ),
    code: 'vault-secrets',
    says: /asks for a copy/,
  },
  {
    mistake: 'the provider may no longer reach Vault',
    change: drop('platform/vault-csi-provider/network-policies.yaml', 'name: provider-to-vault'),
    code: 'reachability',
    says: /reads Vault/,
  },
  {
    mistake: 'nobody tells Vault of the cluster',
    change: tree => new Map([...tree].filter(([file]) => file !== SCRIPT)),
    code: 'vault-secrets',
    says: /trusts nobody/,
  },
];

test.each(MUTATIONS)('a check sees that $mistake', ({ change, code, says }) => {
  expect(crossFindings(change(onDemand), code).filter(each => says.test(each.message))).not.toEqual([]);
});

test.each([
  ['role: external-secrets', 'role: reader', /signs in as reader/],
  ['- vault', '- api', /not for vault/],
] as const)('a check sees of copies that %s became %s', (from, to, says) => {
  const { files } = stacks['copies on hosts of its own'];
  const changed = replace('platform-config/base/secret-stores/vault.yaml', from, to)(files);
  expect(crossFindings(changed, 'vault-secrets').map(({ message }) => message)).toEqual([
    expect.stringMatching(says),
  ]);
});

const VARIABLES = 'clusters/production/variables/cluster-vars.yaml';

/** A cluster that signs with these keys, and a Vault that writes down what it is told and does not reach the cluster. */
function toldToVault(keys: readonly object[], tree: typeof onDemand) {
  const work = mkdtempSync(join(tmpdir(), 'chartroom-vault-'));
  try {
    const program = (name: string, text: string) =>
      writeFileSync(join(work, name), `#!/usr/bin/env bash\n${text}`, { mode: 0o755 });
    mkdirSync(join(work, 'told'));
    writeFileSync(join(work, 'keys'), JSON.stringify({ keys }));
    program(
      'kubectl',
      `case "$*" in config*) echo arn:shop-production ;; *jwks) cat ${work}/keys ;; *) echo '{"issuer": "https://kubernetes.default.svc"}' ;; esac`,
    );
    program(
      'vault',
      `case "$1 $2" in
  "auth list") echo '{"jwt-shop-production/": {"accessor": "auth_jwt_1"}}' ;;
  "secrets list") echo '{"platform/": {}}' ;;
  *) case "$*" in
    *oidc_discovery_url*) exit 2 ;;
    "policy write"*) cat >"${work}/told/policy" ;;
    *config*) cat >"${work}/told/config" ;;
    *) cat >"${work}/told/role" ;;
  esac ;;
esac`,
    );
    for (const file of [SCRIPT, VARIABLES]) {
      mkdirSync(dirname(join(work, file)), { recursive: true });
      writeFileSync(join(work, file), tree.get(file) ?? '');
    }
    const { status, stderr, stdout } = spawnSync('bash', [join(work, SCRIPT), 'production'], {
      env: { PATH: `${work}:${process.env.PATH}`, VAULT_ADDR: 'https://vault.example.com' },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const told = (name: string) => readFileSync(join(work, 'told', name), 'utf8');
    return {
      stdout,
      config: JSON.parse(told('config')),
      role: JSON.parse(told('role')),
      policy: told('policy'),
    };
  } finally {
    rmSync(work, { recursive: true });
  }
}

test('Vault gets the keys of a cluster that it does not reach, and each account its own path', () => {
  const pairs = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ];
  const jwks = pairs.map(({ publicKey }) => publicKey.export({ format: 'jwk' }));
  const { stdout, config, role, policy } = toldToVault(jwks, onDemand);
  expect(stdout).toContain('Run this again when they change');
  expect(config.bound_issuer).toBe('https://kubernetes.default.svc');
  expect(
    (config.jwt_validation_pubkeys as string[]).map(pem => createPublicKey(pem).export({ format: 'jwk' })),
  ).toEqual(jwks);
  expect(role).toMatchObject({
    bound_audiences: ['vault'],
    token_policies: ['shop-production-mounted-secrets'],
  });
  expect(policy).toContain(
    'path "platform/data/shop-production/{{identity.entity.aliases.auth_jwt_1.metadata.namespace}}/{{identity.entity.aliases.auth_jwt_1.metadata.account}}/*"',
  );
});
