/** Scripts of OpenShift on Azure, run with programs that write down what they are asked. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentsOf } from '../checks/yaml-files.ts';
import { openshiftOnAzure } from './openshift-azure-stack.ts';
import { infrastructure, prepareInstall } from './prepared-install.ts';

const work = mkdtempSync(join(tmpdir(), 'chartroom-openshift-azure-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const { files } = openshiftOnAzure({ fips: 'yes' }, { network: 'create-network', egress: 'open-nat' });
const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';

/** Programs of this cloud by their name: lines of shell that stand for them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  tofu: infrastructure({
    issuer: 'https://stkeys.blob.core.windows.net/keys',
    issuer_account: 'stkeys',
    cluster_name: 'city-production',
    network_group: 'city-production',
  }),
  ccoctl: `out="$(echo "$*" | sed -E 's/.*--output-dir ([^ ]+).*/\\1/')"
mkdir -p "$out/manifests"
case "$2" in
  create-key-pair) mkdir -p "$out/tls"; echo key >"$out/tls/bound-service-account-signing-key.key"; echo public >"$out/serviceaccount-signer.public" ;;
  create-managed-identities) echo 'kind: Secret' >"$out/manifests/identity-of-an-operator.yaml" ;;
  create-oidc-issuer)
    echo '{"issuer": "it"}' >"$out/openid-configuration"
    echo '{"keys": []}' >"$out/jwks"
    echo 'kind: Secret' >"$out/manifests/azure-ad-pod-identity-webhook-config.yaml" ;;
esac`,
  az: `case "$*" in
  *"account show --query id"*) echo "$SIGNED_IN" ;;
  *"account show --query tenantId"*) echo tenant-of-it ;;
  *"blob exists"*) echo "$HAS_KEYS" ;;
  *"blob upload"*) cat "$(echo "$*" | sed -E 's/.*--file ([^ ]+).*/\\1/')" >>"$ROOT/published" ;;
esac`,
};

interface Given {
  readonly hasKeys?: boolean;
  readonly signedIn?: string;
  readonly installer?: string;
}

const application = join(work, 'installer.json');
writeFileSync(application, '{"clientId": "it"}\n');

const prepare = ({ hasKeys = false, signedIn = SUBSCRIPTION, installer = application }: Given = {}) =>
  prepareInstall(work, files, PROGRAMS, {
    HAS_KEYS: String(hasKeys),
    SIGNED_IN: signedIn,
    AZURE_AUTH_LOCATION: installer,
  });

describe('scripts/prepare-install.sh', () => {
  test('writes what the installer reads, makes identities and publishes the key before there is a cluster', () => {
    const { status, stdout, stderr, out, read } = prepare();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain(join(out, 'install'));
    const [told] = documentsOf(read('out/install-config.yaml'));
    expect(told).toMatchObject({
      fips: true,
      publish: 'Internal',
      pullSecret: '{"auths": {}}',
      sshKey: 'ssh-ed25519 AAAA emergency',
    });
    expect(JSON.stringify(told)).not.toContain('${');
    const manifests = 'out/install/manifests';
    expect(existsSync(join(out, 'install/manifests/identity-of-an-operator.yaml'))).toBe(true);
    expect(read(`${manifests}/azure-ad-pod-identity-webhook-config.yaml`)).toContain('Secret');
    expect(existsSync(join(out, 'install/tls/bound-service-account-signing-key.key'))).toBe(true);
    expect(documentsOf(read(`${manifests}/cluster-authentication-02-config.yaml`))[0]).toMatchObject({
      kind: 'Authentication',
      spec: { serviceAccountIssuer: 'https://stkeys.blob.core.windows.net/keys' },
    });
    expect(read('published')).toContain('"keys"');
    expect(read('published')).toContain('"issuer"');
    const asked = read('asked');
    expect(asked).toMatch(
      /ccoctl azure create-managed-identities --name city-production .*--installation-resource-group-name city-production-nodes --network-resource-group-name city-production /,
    );
    expect(asked).toMatch(/ccoctl azure create-oidc-issuer --dry-run .*--tenant-id tenant-of-it /);
    expect(asked.indexOf('openid/v1/jwks')).toBeLessThan(asked.indexOf('create manifests'));
  });

  test.each([
    ['to take the keys of a cluster that may run', { hasKeys: true }, /holds the keys of a cluster/],
    ['to work in another subscription', { signedIn: 'another' }, /signed in to another and not to/],
    ['to begin without an application that installs', { installer: '/nowhere' }, /nowhere is not there/],
  ])('refuses %s', (_what, given, says) => {
    const { status, stderr, read } = prepare(given);
    expect(stderr).toMatch(says);
    expect(status).toBe(2);
    expect(read('asked')).not.toContain('ccoctl');
  });
});

/** The tunnel ends at once, and so does the script when it waits for the next one. */
function reach(port: string, machines: string, environment: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(work, 'way-'));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  put('scripts/reach-api.sh', files.get('scripts/reach-api.sh') ?? '');
  put(
    'infra/machines/envs/production.tfvars',
    files.get('infra/machines/envs/production.tfvars.example') ?? '',
  );
  const programs = {
    az: `case "$*" in *"vm list"*) printf '%s' '${machines}' ;; esac`,
    kubectl: `case "$*" in
  *get-clusters) echo city-production ;;
  *nodePort*) echo 31443 ;;
  *nodeName*) echo city-worker-2 ;;
esac`,
    sleep: 'kill "$PPID"',
  };
  for (const [name, lines] of Object.entries(programs))
    put(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >>"$ROOT/asked"\n${lines}\n`);
  const { stdout, stderr } = spawnSync('bash', [join(root, 'scripts/reach-api.sh'), 'production', port], {
    encoding: 'utf8',
    env: { ...process.env, ...environment, ROOT: root, PATH: `${join(root, 'bin')}:${process.env.PATH}` },
  });
  return { stdout, stderr, asked: readFileSync(join(root, 'asked'), 'utf8') };
}

describe('scripts/reach-api.sh', () => {
  test('leads kubectl through a machine of the control plane', () => {
    const { asked } = reach('8443', '/vm/city-master-0');
    expect(asked).toContain("contains(name, '-master-') || ends_with(name, '-bootstrap')");
    expect(asked).toContain('--target-resource-id /vm/city-master-0 --resource-port 6443 --port 8443');
    expect(asked).toContain('--tls-server-name=api.city-production.services.riverton.example.com');
  });

  test('says by which line the installer finds the API', () => {
    const { stdout, asked } = reach('6443', '/vm/city-bootstrap');
    expect(stdout).toContain('127.0.0.1 api.city-production.services.riverton.example.com');
    expect(asked).not.toContain('set-cluster');
  });

  test('leads to the console at the port of a node that runs a router', () => {
    const { stdout, asked } = reach('443', '/vm/city-worker-2', { TO: 'apps' });
    expect(stdout).toContain('console-openshift-console.apps.city-production');
    expect(asked).toContain("name == 'city-worker-2'");
    expect(asked).toContain('--resource-port 31443 --port 443');
  });

  test('asks again as long as no machine is there', () => {
    const { stderr, asked } = reach('6443', '');
    expect(stderr).toContain('asking again');
    expect(asked).not.toContain('bastion');
  });
});
