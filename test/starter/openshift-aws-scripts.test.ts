/** Scripts of OpenShift on AWS, run with programs that write down what they are asked. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentsOf } from '../checks/yaml-files.ts';
import { closedOpenshiftOnAws, openshiftOnAws } from './openshift-aws-stack.ts';
import { infrastructure, prepareInstall } from './prepared-install.ts';

const work = mkdtempSync(join(tmpdir(), 'chartroom-openshift-aws-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const open = openshiftOnAws({ fips: 'yes' }, { network: 'existing-network' });
const closed = closedOpenshiftOnAws({ fips: 'yes' });
/** Programs of this cloud by their name: lines of shell that stand for them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  tofu: infrastructure({
    issuer: 'https://issuer.example',
    issuer_bucket: 'bucket-of-issuer',
    cluster_name: 'shop-production',
    identity_provider_arn: 'arn:provider',
    discovery: '{}',
  }),
  ccoctl: `out="$(echo "$*" | sed -E 's/.*--output-dir ([^ ]+).*/\\1/')"
case "$2" in
  create-key-pair) mkdir -p "$out/tls"; echo key >"$out/tls/bound-service-account-signing-key.key"; echo public >"$out/serviceaccount-signer.public" ;;
  create-iam-roles) mkdir -p "$out/manifests"; echo 'kind: Secret' >"$out/manifests/role-of-an-operator.yaml" ;;
  create-identity-provider) echo '{"keys": []}' >"$out/03-keys.json" ;;
esac`,
  aws: `case "$*" in
  *head-object*) exit "$HAS_KEYS" ;;
  *) cat >>"$ROOT/published" ;;
esac`,
};

const prepare = ({
  version = '4.22.9',
  hasKeys = false,
  files = open.files,
  zones = 'cluster-dns-02-config.yml',
} = {}) =>
  prepareInstall(work, files, PROGRAMS, { VERSION: version, HAS_KEYS: hasKeys ? '0' : '1', ZONES: zones });

describe('scripts/prepare-install.sh', () => {
  test('writes what the installer reads, makes roles and publishes the key before there is a cluster', () => {
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
    expect(existsSync(join(out, 'install/manifests/role-of-an-operator.yaml'))).toBe(true);
    expect(existsSync(join(out, 'install/tls/bound-service-account-signing-key.key'))).toBe(true);
    expect(documentsOf(read('out/install/manifests/cluster-authentication-02-config.yaml'))[0]).toMatchObject(
      { kind: 'Authentication', spec: { serviceAccountIssuer: 'https://issuer.example' } },
    );
    expect(read('published')).toContain('"keys"');
    const asked = read('asked');
    expect(asked).toMatch(/oc adm release extract --from=quay\.io\/release@sha256:1 .*--install-config=/);
    expect(asked).toMatch(/ccoctl aws create-iam-roles --name shop-production .*arn:provider/);
    expect(asked.indexOf('openid/v1/jwks')).toBeLessThan(asked.indexOf('create manifests'));
  });

  test('refuses to take the keys of a cluster that may run', () => {
    const { status, stderr, read } = prepare({ hasKeys: true });
    expect(stderr).toMatch(/holds the keys of a cluster/);
    expect(status).toBe(2);
    expect(read('asked')).not.toContain('ccoctl');
  });

  test('without a way out machines get the sign-in of the registry within, and the router no zone', () => {
    const { status, stderr, read } = prepare({ files: closed.files });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const [told] = documentsOf(read('out/install-config.yaml'));
    expect(told).toMatchObject({ pullSecret: '{"auths": {"registry.acme.example": {}}}' });
    expect(documentsOf(read('out/install/manifests/cluster-dns-02-config.yml'))).toEqual([
      {
        apiVersion: 'config.openshift.io/v1',
        kind: 'DNS',
        metadata: { name: 'cluster' },
        spec: { baseDomain: 'shop-production.shop.example.com' },
      },
    ]);
  });

  test('with a way out the router keeps its zone', () => {
    expect(prepare().read('out/install/manifests/cluster-dns-02-config.yml')).toContain('privateZone');
  });

  test('refuses to go on where the installer writes its zones elsewhere', () => {
    const { status, stderr } = prepare({ files: closed.files, zones: 'cluster-dns-03-config.yml' });
    expect(stderr).toMatch(/wrote no .*cluster-dns-02-config\.yml/);
    expect(status).toBe(2);
  });

  test('refuses an installer of another release', () => {
    expect(prepare({ version: '4.21.3' }).stderr).toMatch(/is of 4\.21\.3 and not of 4\.22\.9/);
  });
});
