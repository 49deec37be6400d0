/** Hosts on machines of a cloud, whichever it is: what each is told, what its archive brings, and what it does at its first boot. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { mergeTrees } from '../../src/files/tree.ts';
import { groundOf } from '../../src/starter/cluster-ground.ts';
import type { ClusterInput } from '../../src/starter/cluster-input.ts';
import { firstBoot } from '../../src/starter/control-plane/machines/first-boot.ts';
import type { Distribution } from '../../src/starter/control-plane/self-managed/distribution.ts';
import { hostFiles, inventories } from '../../src/starter/control-plane/self-managed/hosts.ts';
import { k3s } from '../../src/starter/control-plane/self-managed/k3s.ts';
import { kubeadm } from '../../src/starter/control-plane/self-managed/kubeadm.ts';
import type { HostPlace } from '../../src/starter/control-plane/self-managed/place.ts';
import { rke2 } from '../../src/starter/control-plane/self-managed/rke2.ts';
import { talos } from '../../src/starter/control-plane/self-managed/talos.ts';
import { exampleInput } from './platform-aws.ts';

const PLACE: HostPlace = {
  domain: 'zone',
  domains: () => ['cloud-1a', 'cloud-1b', 'cloud-1c'],
  address: (_cluster, role, domain) => `10.0.${domain}.${10 + role}`,
  api: 'API_NAME',
  settings: () => ({ ISSUER: 'https://issuer.example.com' }),
  says: [''],
  machines: {
    tools: [],
    upload: 'upload() { mkdir -p "$(dirname "$STORE/$2")"; cp "$1" "$STORE/$2"; }',
    providerId: 'provider_id() { echo "cloud://$2/$1"; }',
    readFile: path => `read-file HOST ${path}`,
    shell: 'shell HOST',
    replace: 'again HOST',
    store: 'the store',
  },
};

const input: ClusterInput = (() => {
  const given = exampleInput('steel-works-talos');
  const { ground } = groundOf(given);
  if (ground === null) throw new Error('the steel works stand on no ground');
  const { clusters, kubernetes, delivery } = ground;
  return { ...given, clusters, kubernetes, delivery: delivery.facts };
})();

const work = mkdtempSync(join(tmpdir(), 'chartroom-machines-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const SECRETS = 'ENCRYPTION_KEY=abc\nJOIN_TOKEN=abcdef.0123456789abcdef\nCERTIFICATE_KEY=0a1b\n';

/** Runs scripts/host-config.sh; what it uploads lies in `store`. */
function archives(distribution: Distribution, from = /^$/, to = '') {
  const folder = mkdtempSync(join(work, 'tree-'));
  const [{ name: cluster }] = input.clusters;
  const tree = mergeTrees(
    hostFiles(input, distribution, PLACE),
    inventories(input, distribution, PLACE, () => ({})),
    new Map([['scripts/check-placeholders.sh', '#!/bin/sh\n']]),
  );
  for (const [path, text] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path.endsWith('.conf') ? text.replace(from, to) : text);
    if (path.endsWith('.sh')) chmodSync(join(folder, path), 0o755);
  }
  const secrets = join(folder, 'secrets');
  writeFileSync(secrets, SECRETS);
  const store = join(folder, 'store');
  const run = spawnSync('bash', [join(folder, 'scripts/host-config.sh'), cluster, join(folder, 'out')], {
    encoding: 'utf8',
    env: { ...process.env, STORE: store, CLUSTER_TOKEN: secrets, KUBEADM_SECRETS: secrets },
  });
  const unpacked = (host: string) => {
    const into = mkdtempSync(join(work, 'host-'));
    spawnSync('tar', ['-xzf', join(store, `hosts/${cluster}-${host}.tar.gz`), '-C', into]);
    return (path: string) => readFileSync(join(into, path), 'utf8');
  };
  return { run, unpacked, store, cluster };
}

describe.each([
  ['RKE2', rke2, 'etc/rancher/rke2/config.yaml', 'provider-id=__PROVIDER_ID__'],
  ['K3s', k3s, 'etc/rancher/k3s/config.yaml', 'provider-id=__PROVIDER_ID__'],
  ['kubeadm', kubeadm, 'etc/kubernetes/kubeadm.yaml', 'value: __PROVIDER_ID__'],
] as const)('machines of %s', (_title, distribution, config, provider) => {
  const { run, unpacked, store, cluster } = archives(distribution);
  test('each get an archive of their own with all they need, and nothing of folders', () => {
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    const listed = spawnSync('tar', ['-tzf', join(store, `hosts/${cluster}-control-plane-1.tar.gz`)], {
      encoding: 'utf8',
    }).stdout;
    expect(listed.split('\n').filter(line => line.endsWith('/'))).toEqual([]);
    expect(listed).toContain('./usr/local/sbin/install-host');
    expect(listed).not.toContain('keepalived');
  });

  test('say what the cloud trusts and what it calls them, and find the API by its name', () => {
    const founder = unpacked('control-plane-1')(config);
    expect(founder).toContain('service-account-issuer');
    expect(founder).toContain('https://issuer.example.com/openid/v1/jwks');
    expect(founder).toContain(provider);
    expect(founder).not.toMatch(/__(?!PROVIDER_ID)[A-Z_]+__/);
    expect(unpacked('workload-2')(config)).toContain(provider);
    expect(unpacked('system-1')(config)).toContain('zone=cloud-1a');
  });

  test('know who founds, and are told so in a script that bash can read', () => {
    for (const [host, founds] of [
      ['control-plane-1', 'yes'],
      ['control-plane-2', 'no'],
      ['workload-1', 'no'],
    ] as const) {
      const script = unpacked(host)('usr/local/sbin/install-host');
      expect(script).toMatch(new RegExp(`^(?:founds|told)=${founds}$`, 'm'));
      expect(script).not.toMatch(/__(?!PROVIDER_ID)[A-Z_]+__/);
      expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr).toBe('');
    }
    expect(unpacked('control-plane-3')('usr/local/sbin/etcd-snapshot')).toContain(
      `etcd/${cluster}-control-plane-3/$name`,
    );
  });
});

test('zones are held to as racks are', () => {
  const { run } = archives(rke2, /cloud-1[bc](?= +workload)/g, 'cloud-1a');
  expect(run.stderr).toMatch(/1 zones and not in three/);
});

test('machines of Talos wait to be told, and no address moves between them', () => {
  const tree = hostFiles(input, talos, PLACE);
  expect([...tree.keys()].filter(path => path.includes('api-address'))).toEqual([]);
  expect(tree.get('infra/talos/control-plane.yaml')).toContain('service-account-issuer');
  expect(tree.get('scripts/host-config.sh')).toContain(
    'provider="$(provider_id "$name" "$rack" </dev/null)"',
  );
});

test('a stock image is told how to find its archive, and no secret', () => {
  const text = firstBoot(input, { hostStore: '#!/bin/bash\n', providerId: '#!/bin/bash\n' });
  expect(text.startsWith('#cloud-config\n')).toBe(true);
  const { write_files: written } = parse(text) as { write_files: { path: string; content: string }[] };
  expect(written.map(({ path }) => path)).toEqual([
    '/usr/local/sbin/host-store',
    '/usr/local/sbin/provider-id',
    '/usr/local/sbin/host-config',
    '/etc/systemd/system/host-config.service',
  ]);
  expect(text).not.toMatch(/token|secret(?!s among)/i);
});
