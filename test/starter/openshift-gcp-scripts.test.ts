/** Scripts of OpenShift on Google Cloud, run with programs that write down what they are asked. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentsOf } from '../checks/yaml-files.ts';
import { closedOpenshiftOnGoogle, openshiftOnGoogle } from './openshift-gcp-stack.ts';
import { infrastructure, prepareInstall } from './prepared-install.ts';

const work = mkdtempSync(join(tmpdir(), 'chartroom-openshift-gcp-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const { files } = openshiftOnGoogle({ fips: 'yes' }, { network: 'existing-network' });
const KEYS = 'infra/machines/keys/rides-production.jwks.json';

const PROGRAMS: Readonly<Record<string, string>> = {
  tofu: infrastructure({
    issuer: 'https://issuer.example',
    identity_pool: 'k8s-production',
    cluster_name: 'rides-production',
  }),
  ccoctl: `out="$(echo "$*" | sed -E 's/.*--output-dir ([^ ]+).*/\\1/')"
case "$2" in
  create-key-pair) mkdir -p "$out/tls"; echo key >"$out/tls/bound-service-account-signing-key.key"; echo public >"$out/serviceaccount-signer.public" ;;
  create-service-accounts) mkdir -p "$out/manifests"; echo 'kind: Secret' >"$out/manifests/account-of-an-operator.yaml" ;;
  create-workload-identity-provider) echo '{"keys": [{"kid": "1"}]}' >"$out/04-keys.json" ;;
esac`,
  gcloud: 'true',
};

describe('scripts/prepare-install.sh', () => {
  test('writes what the installer reads, makes accounts and leaves the keys where Google is told of them', () => {
    const { status, stdout, stderr, out, read } = prepareInstall(work, files, PROGRAMS, {});
    expect(stderr).toMatch(/commit it and apply infra\/machines before the cluster is made/);
    expect(status).toBe(0);
    expect(stdout).toContain(join(out, 'install'));
    const [told] = documentsOf(read('out/install-config.yaml'));
    expect(told).toMatchObject({
      publish: 'Internal',
      credentialsMode: 'Manual',
      pullSecret: '{"auths": {}}',
      sshKey: 'ssh-ed25519 AAAA emergency',
      platform: { gcp: { controlPlaneSubnet: 'filled-in', networkProjectID: 'filled-in' } },
    });
    expect(JSON.stringify(told)).not.toContain('${');
    expect(read(KEYS)).toContain('"kid"');
    expect(existsSync(join(out, 'install/manifests/account-of-an-operator.yaml'))).toBe(true);
    expect(existsSync(join(out, 'install/tls/bound-service-account-signing-key.key'))).toBe(true);
    expect(documentsOf(read('out/install/manifests/cluster-authentication-02-config.yaml'))[0]).toMatchObject(
      { kind: 'Authentication', spec: { serviceAccountIssuer: 'https://issuer.example' } },
    );
    const asked = read('asked');
    expect(asked).toMatch(/oc adm release extract --from=quay\.io\/release@sha256:1 .*--install-config=/);
    expect(asked).toMatch(
      /ccoctl gcp create-service-accounts --name production --project given .*--workload-identity-pool k8s-production --workload-identity-provider cluster /,
    );
    expect(asked).toMatch(/ccoctl gcp create-workload-identity-provider --dry-run --name production /);
    expect(asked.indexOf('create-workload-identity-provider')).toBeLessThan(
      asked.indexOf('create manifests'),
    );
  });

  test('without a way out machines get the sign-in of the registry within, and the router keeps its zone', () => {
    const closed = closedOpenshiftOnGoogle({ fips: 'yes' });
    const { status, read } = prepareInstall(work, closed.files, PROGRAMS, {});
    expect(status).toBe(0);
    const [told] = documentsOf(read('out/install-config.yaml'));
    expect(told).toMatchObject({
      publish: 'Internal',
      pullSecret: '{"auths": {"registry.acme.example": {}}}',
      imageDigestSources: [{ mirrors: ['filled-in/openshift/release-images'] }, {}, {}, {}, {}],
    });
    expect(read('out/install/manifests/cluster-dns-02-config.yml')).toContain('privateZone');
  });

  test('refuses to take the keys of a cluster that may run', () => {
    const { stderr, status, read } = prepareInstall(work, new Map([...files, [KEYS, '{}']]), PROGRAMS, {});
    expect(stderr).toMatch(/holds the keys of a cluster/);
    expect(status).toBe(2);
    expect(read('asked')).not.toContain('ccoctl');
  });

  test('refuses an installer of another release', () => {
    expect(prepareInstall(work, files, PROGRAMS, { VERSION: '4.21.3' }).stderr).toMatch(
      /is of 4\.21\.3 and not of 4\.22\.9/,
    );
  });
});
