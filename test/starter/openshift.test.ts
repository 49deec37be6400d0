/** OpenShift on hosts of one's own: what its installer reads, who a pod may run as, and what is left out with its reason. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pickOf } from '../../src/starter/picks.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { documentsOf } from '../checks/yaml-files.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { exampleInput, starterOf } from './platform-aws.ts';

/** A steel works that buys support, since nobody there has run clusters. */
const SUPPORTED = {
  'support-contract': 'yes',
  'kubernetes-skill': 'basic',
  'control-plane-access': 'no',
} as const;
const OWN_PARTS = { edge: 'ingress-openshift', mesh: 'none' } as const;
const nine = starterOf('steel-works-talos', {
  answers: { ...SUPPORTED, fips: 'yes', compliance: ['pci-dss'] },
  pins: OWN_PARTS,
});
const three = starterOf('steel-works-talos', {
  answers: { ...SUPPORTED, hosts: 3, 'ingress-objects': 'yes' },
  pins: { ...OWN_PARTS, gitops: 'argo-cd', egress: 'proxy', 'policy-engine': 'kyverno' },
});

const closed = starterOf('onprem-airgap', {
  answers: { ...SUPPORTED, 'node-control': 'tuned' },
  pins: { ...OWN_PARTS, distribution: 'openshift' },
});
const withAgents = starterOf('steel-works-talos', {
  answers: { ...SUPPORTED, 'service-mtls': 'mandated' },
  pins: { edge: 'ingress-openshift', mesh: 'istio-ambient', 'workload-identity': 'spiffe' },
});
const withSidecars = starterOf('onprem-airgap', {
  answers: { ...SUPPORTED, 'node-control': 'tuned', 'service-mtls': 'mandated' },
  pins: {
    'tenant-isolation': 'sandbox',
    edge: 'ingress-openshift',
    distribution: 'openshift',
    mesh: 'istio-sidecar',
    'workload-identity': 'spiffe',
  },
});
const withMounted = starterOf('onprem-airgap', {
  answers: { ...SUPPORTED, 'secret-store': 'vault', 'secret-needs': ['no-copy', 'dynamic'] },
  pins: { ...OWN_PARTS, distribution: 'openshift', secrets: 'vault' },
});
const withVirtual = starterOf('steel-works-talos', {
  answers: SUPPORTED,
  pins: { ...OWN_PARTS, 'tenant-isolation': 'virtual-cluster' },
});
const JOINED = { 'cross-cluster': 'yes', regions: 2, environments: 1 } as const;
const withJoined = starterOf('steel-works-talos', {
  project: { regions: ['hall-3', 'hall-4'] },
  answers: { ...SUPPORTED, ...JOINED },
  pins: { edge: 'ingress-openshift', topology: 'cluster-per-region-and-tier', mesh: 'istio-sidecar' },
});
const withHarbor = starterOf('steel-works-talos', {
  answers: SUPPORTED,
  pins: { ...OWN_PARTS, registry: 'harbor' },
});

describe.each([
  ['nine hosts and Flux', nine],
  ['no way out', closed],
  ['Harbor and a way out', withHarbor],
  ['secrets mounted without a way out', withMounted],
  ['a virtual cluster for each tenant', withVirtual],
  ['two halls whose clusters Istio joins', withJoined],
  ['agents of Istio and SPIRE on hosts', withAgents],
  ['sidecars and SPIRE without a way out', withSidecars],
  ['three hosts, a proxy and Argo CD', three],
])('%s', (_name, { files, notGenerated }) => {
  test('fit together, and nothing is left out', async () => {
    expect(notGenerated).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  });
});

test('the engine picks what OpenShift brings, and the minor that it has', () => {
  const { stack } = exampleInput('steel-works-talos', {
    answers: { ...SUPPORTED, 'ingress-objects': 'no' },
  });
  for (const [decision, pick] of [
    ['distribution', 'openshift'],
    ['cni', 'ovn-kubernetes'],
    ['metrics', 'openshift-monitoring'],
  ] as const)
    expect(pickOf(stack, decision)).toBe(pick);
  expect(stack.versions.kubernetes?.because).toContain('OpenShift supports Kubernetes 1.35 until 2027-12-31');
});

test('what OpenShift does not let in as it is gets no files, and a reason', () => {
  const { files, notGenerated } = starterOf('steel-works-talos', {
    answers: SUPPORTED,
    pins: { mesh: 'linkerd', edge: 'gateway-envoy', metrics: 'vendor' },
  });
  expect(notGenerated.map(({ decision }) => decision).sort()).toEqual(['edge', 'mesh', 'metrics']);
  expect(
    [...files.keys()].filter(path => /^platform\/(?:linkerd|envoy|spire|metrics-agent)/.test(path)),
  ).toEqual([]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
});

test.each([
  [
    'with Cilium in the place of its own network',
    { answers: SUPPORTED, pins: { cni: 'cilium' } },
    /OpenShift/,
  ],
  [
    'with a pipeline that pushes',
    { answers: SUPPORTED, pins: { gitops: 'push' } },
    /OpenShift takes tokens of its own OAuth server/,
  ],
])('%s there are records and no repository', (_name, changes, reason) => {
  const { files, notGenerated } = starterOf('steel-works-talos', changes);
  expect(notGenerated.map(({ because }) => because).join(' ')).toMatch(reason);
  expect([...files.keys()].filter(path => /^(?:infra|platform)\//.test(path))).toEqual([]);
});

const work = mkdtempSync(join(tmpdir(), 'chartroom-openshift-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

/** The folder that scripts/host-config.sh makes, with an installer that says it is of `version`. */
function hostConfig(change: (inventory: string) => string, version = '4.22.9') {
  const folder = mkdtempSync(join(work, 'tree-'));
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode });
  };
  for (const [path, text] of nine.files) {
    if (!/^(?:infra|scripts)\/|authorities\.pem$/.test(path)) continue;
    const filled = path.startsWith('scripts/')
      ? text
      : text
          .replace(/^.*REPLACE_ME_HOSTS.*\n/m, '')
          .replace('REPLACE_ME_ROOT_CERTIFICATE', CERTIFICATE)
          .replace(/replace-me-[a-z-]*[a-z]/g, 'given');
    put(path, path === 'infra/hosts/production.conf' ? change(filled) : filled, 0o755);
  }
  put('bin/openshift-install-fips', `#!/bin/sh\necho "openshift-install ${version}"\n`, 0o755);
  put('pull-secret', '{"auths": {"quay.io": {"auth": "b2s="}}}\n');
  put('key.pub', 'ssh-ed25519 AAAA emergency\n');
  const out = join(folder, 'out');
  mkdirSync(out);
  const run = spawnSync('bash', [join(folder, 'scripts/host-config.sh'), 'production', out], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      PULL_SECRET_FILE: join(folder, 'pull-secret'),
      SSH_KEY_FILE: join(folder, 'key.pub'),
    },
  });
  const read = (file: string) => documentsOf(readFileSync(join(out, file), 'utf8'))[0];
  return { code: run.status, stderr: run.stderr, read };
}

describe('scripts/host-config.sh', () => {
  test('writes what the installer reads of the cluster and of each host', () => {
    const { code, stderr, read } = hostConfig(text => text);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(read('install-config.yaml')).toMatchObject({
      baseDomain: 'example.com',
      metadata: { name: 'mill' },
      fips: true,
      controlPlane: { replicas: 3 },
      compute: [{ replicas: 6 }],
      networking: { networkType: 'OVNKubernetes', machineNetwork: [{ cidr: '10.20.128.0/17' }] },
      platform: { baremetal: { apiVIPs: ['10.20.128.10'], ingressVIPs: ['10.20.128.9'] } },
      pullSecret: '{"auths": {"quay.io": {"auth": "b2s="}}}',
      sshKey: 'ssh-ed25519 AAAA emergency',
      additionalTrustBundle: `${CERTIFICATE}\n`,
    });
    const agent = read('agent-config.yaml') as { hosts: readonly object[] };
    expect(agent).toMatchObject({ rendezvousIP: '10.20.128.11', additionalNTPSources: ['10.20.128.3'] });
    expect(agent.hosts).toHaveLength(9);
    expect(agent.hosts[3]).toMatchObject({
      hostname: 'production-system-1',
      role: 'worker',
      interfaces: [{ name: 'eno1', macAddress: '02:00:00:00:00:04' }],
      networkConfig: {
        interfaces: [{ ipv4: { address: [{ ip: '10.20.128.21', 'prefix-length': 17 }] } }],
      },
    });
    expect(JSON.stringify(agent)).not.toContain('__');
  });

  test.each([
    ['two hosts in the control plane', /^production-control-plane-3 .*\n/m, '', /no quorum/],
    [
      'a host without its hardware address',
      /^mac production-system-2 .*\n/m,
      '',
      /no line with its hardware/,
    ],
    ['a name of the API that says no domain', /^API_NAME=.*$/m, 'API_NAME=api.mill', /api\.NAME\.DOMAIN/],
  ])('refuses %s', (_mistake, from, to, says) => {
    const { code, stderr } = hostConfig(text => text.replace(from, to));
    expect(stderr).toMatch(says);
    expect(code).not.toBe(0);
  });

  test('refuses an installer of another release', () => {
    expect(hostConfig(text => text, '4.21.3').stderr).toMatch(/is of 4\.21\.3 and not of 4\.22\.9/);
  });
});

test('what reaches into hosts is let in where nothing else runs, and told of OpenShift', () => {
  const { files } = withAgents;
  for (const name of ['istio-agents', 'spire-system'])
    expect(files.get(`platform/namespaces/${name}.yaml`)).toContain('system:openshift:scc:privileged');
  for (const chart of ['istio', 'istio-base', 'istio-cni', 'ztunnel'])
    expect(files.get(`platform/${chart}/values.yaml`)).toMatch(
      /^global:\n(?: .*\n)*? {2}platform: openshift$/m,
    );
  expect(files.get('platform/spire/values.yaml')).toContain('openshift: true');
  expect(files.get('platform/openshift/network.yaml')).toContain('routingViaHost: true');
  expect(files.get('images.txt')).toContain('registry.access.redhat.com/ubi10/ubi-minimal');
  expect(withSidecars.files.get('scripts/carry-in.sh')).toContain(
    'registry.access.redhat.com/*) echo "red-hat/',
  );
});

test('without a way out hosts are installed from Harbor, and upgraded from there by digest', () => {
  const { files } = closed;
  const [told] = documentsOf(files.get('infra/openshift/install-config.yaml') ?? '');
  expect(told).toMatchObject({
    imageDigestSources: [
      {
        source: 'quay.io/openshift-release-dev/ocp-release',
        mirrors: ['replace-me-harbor.example.com/red-hat/openshift/release-images'],
      },
      {
        source: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
        mirrors: ['replace-me-harbor.example.com/red-hat/openshift/release'],
      },
      { source: 'registry.redhat.io', mirrors: ['replace-me-harbor.example.com/red-hat'] },
      { source: 'registry.connect.redhat.com', mirrors: ['replace-me-harbor.example.com/red-hat'] },
      { source: 'registry.access.redhat.com', mirrors: ['replace-me-harbor.example.com/red-hat'] },
    ],
  });
  expect(documentsOf(files.get('image-set.yaml') ?? '')).toMatchObject([
    { mirror: { platform: { channels: [{ name: 'stable-4.22', minVersion: '4.22.9' }] } } },
  ]);
  expect(files.get('docs/runbooks/upgrade-cluster.md')).toContain(
    '--allow-explicit-upgrade --to-image=quay.io',
  );
  expect(files.get('docs/runbooks/upgrade-cluster.md')).toContain('signature-configmap.yaml');
  expect(files.get('docs/runbooks/registry.md')).toContain('| `red-hat` |');
});

test('nothing of the pull secret lies in the repository, and the first user is to go', () => {
  const { files } = nine;
  expect([...files].filter(([path, text]) => /^infra\//.test(path) && /^pullSecret/m.test(text))).toEqual([]);
  expect(files.get('docs/runbooks/bootstrap.md')).toContain('delete secret kubeadmin');
  expect(files.get('docs/runbooks/bootstrap.md')).toContain('openshift-install-fips');
  expect(files.get('platform/openshift/api-server.yaml')).toContain('profile: WriteRequestBodies');
});

const HOSTS = 'infra/hosts/production.conf';
const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'Loki may not have the number that its chart names',
    change: drop('platform/namespaces/logging.yaml', 'system:openshift:scc:nonroot-v2'),
    code: 'openshift',
    says: /logging: openshift: lets no pod have the number/,
  },
  {
    mistake: 'every pod of the collector may do all',
    change: replace('platform/namespaces/tracing.yaml', 'scc:nonroot-v2', 'scc:privileged'),
    code: 'openshift',
    says: /lets pods be privileged/,
  },
  {
    mistake: 'a workload brings its own number',
    change: replace(
      'apps/base/demo-web/deployment.yaml',
      'runAsNonRoot: true',
      'runAsNonRoot: true\n        runAsUser: 10001',
    ),
    code: 'openshift',
    says: /demo-web: openshift: names a number/,
  },
  {
    mistake: 'rules of the platform see their own namespace alone',
    change: replace(
      'platform/cluster-monitoring/workloads.yaml',
      '      - monitoring\n',
      '      - elsewhere1\n',
    ),
    code: 'openshift',
    says: /PrometheusRule platform: openshift: sees nothing/,
  },
  {
    mistake: 'a host is not known to the installer',
    change: replace(HOSTS, /^mac production-workload-2 .*\n/m, ''),
    code: 'openshift',
    says: /production-workload-2 has no hardware address/,
  },
  {
    mistake: 'the address of the router is that of a host',
    change: replace(HOSTS, /^INGRESS_ADDRESS=.*$/m, 'INGRESS_ADDRESS=10.20.128.31'),
    code: 'openshift',
    says: /cannot move/,
  },
  {
    mistake: 'the router is not let in',
    change: replace(
      'apps/base/demo-web/network-policies.yaml',
      'policy-group.network.openshift.io/host-network',
      'policy-group.network.openshift.io/ingress',
    ),
    code: 'reachability',
    says: /the router reaches the sample workload/,
  },
  {
    mistake: 'names are asked for at the port of the Service alone',
    change: replace('platform/namespaces/demo.yaml', 'port: 5353', 'port: 53'),
    code: 'reachability',
    says: /names are resolved/,
  },
  {
    mistake: 'the pull secret is kept with the rest',
    change: replace('infra/openshift/install-config.yaml', 'fips: true', 'fips: true\npullSecret: "{}"'),
    code: 'openshift',
    says: /holds pullSecret/,
  },
  {
    mistake: 'the inventory is of a release that the repository does not know',
    change: replace(HOSTS, 'OPENSHIFT_VERSION=4.22.9', 'OPENSHIFT_VERSION=4.21.28'),
    code: 'supported-versions',
    says: /enforces Pod Security of v1\.35/,
  },
];

const AGENT_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'agents of the mesh may not change the network of pods',
    change: drop('platform/namespaces/istio-agents.yaml', 'system:openshift:scc:privileged'),
    code: 'openshift',
    says: /istio-agents: openshift: lets none of its pods reach into their host/,
  },
  {
    mistake: 'a chart of the mesh is not told of OpenShift',
    change: replace('platform/istio-cni/values.yaml', 'platform: openshift', 'platform: ""'),
    code: 'openshift',
    says: /platform\/istio-cni\/values\.yaml: openshift: /,
  },
  {
    mistake: 'probes of pods in ambient mode are answered past their host',
    change: replace('platform/openshift/network.yaml', 'routingViaHost: true', 'routingViaHost: false'),
    code: 'openshift',
    says: /no pod in ambient mode becomes ready/,
  },
  {
    mistake: 'agents of SPIRE are sought at addresses of hosts',
    change: replace(
      'platform/spire/network-policies.yaml',
      /policy-group\.network\.openshift\.io\/host-network/g,
      'policy-group.network.openshift.io/ingress',
    ),
    code: 'openshift',
    says: /spire-server: openshift: lets no agent/,
  },
];

const MOUNTED_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'pods of teams may mount no secret',
    change: replace(
      'platform/secrets-store-csi-driver/values.yaml',
      'csi-ephemeral-volume-profile: restricted',
      'csi-ephemeral-volume-profile: privileged',
    ),
    code: 'openshift',
    says: /secrets-store-csi-driver.*: mounts secrets into privileged namespaces alone/,
  },
  {
    mistake: 'the socket of the provider lies where its container may not write',
    change: replace(
      'platform/vault-csi-provider/daemonset.yaml',
      'privileged: true',
      'allowPrivilegeEscalation: false',
    ),
    code: 'openshift',
    says: /DaemonSet vault-csi-provider: openshift: is kept by SELinux from folders of its host/,
  },
  {
    mistake: 'the driver is let at no folder of its host',
    change: drop('platform/namespaces/secrets-store-csi-driver.yaml', 'system:openshift:scc:privileged'),
    code: 'openshift',
    says: /secrets-store-csi-driver: openshift: lets none of its pods reach into their host/,
  },
];

test.each(MOUNTED_MUTATIONS)('a check of mounted secrets sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(withMounted.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

const VIRTUAL =
  [...withVirtual.files.keys()].find(path => /^platform\/virtual-[^/]+\/values\.yaml$/.test(path)) ?? '';
const VIRTUAL_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the control plane of a tenant names a number',
    change: replace(VIRTUAL, /^( +)runAsNonRoot: true$/m, '$1fsGroup: 12345\n$1runAsNonRoot: true'),
    code: 'openshift',
    says: /virtual-.*: openshift: names a number that its namespace does not have/,
  },
  {
    mistake: 'the chart runs the control plane of a tenant as root',
    change: replace(VIRTUAL, /^ +runAsUser: null\n/m, ''),
    code: 'openshift',
    says: /leaves its chart to run it as root/,
  },
  {
    mistake: 'services of a tenant lead nowhere',
    change: replace(VIRTUAL, 'endpointslices/restricted', 'endpointslices/other'),
    code: 'openshift',
    says: /may make no endpointslices\/restricted/,
  },
];

test.each(VIRTUAL_MUTATIONS)('a check of virtual clusters sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(withVirtual.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

const JOINED_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'nothing hands out addresses',
    change: replace(
      'infra/openshift/operators.yaml',
      /^ {2}name: metallb-operator\n {2}channel/m,
      '  name: other-operator1\n  channel',
    ),
    code: 'openshift',
    says: /installs nothing that hands out addresses/,
  },
  {
    mistake: 'what hands out addresses is kept to its namespace',
    change: replace(
      'infra/openshift/operators.yaml',
      /^spec: \{\}$/m,
      'spec:\n  targetNamespaces:\n    - metallb-system',
    ),
    code: 'openshift',
    says: /keeps MetalLB to its own namespace, which it refuses/,
  },
  {
    mistake: 'no host answers for addresses',
    change: replace('platform/load-balancer-addresses/metallb.yaml', 'kind: MetalLB', 'kind: Metal'),
    code: 'openshift',
    says: /has no host answer for addresses/,
  },
];

test.each(JOINED_MUTATIONS)('a check of joined clusters sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(withJoined.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

test.each(AGENT_MUTATIONS)('a check of agents sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(withAgents.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

test.each(MUTATIONS)('a check sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(nine.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

const SANDBOX_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'nothing brings the runtime of the sandbox',
    change: replace('scripts/bootstrap.sh', '-f infra/openshift/operators.yaml', '-f nothing.yaml'),
    code: 'sandbox',
    says: /no node runs kata/,
  },
  {
    mistake: 'the operator of the sandbox is not carried in',
    change: replace('image-set.yaml', 'sandboxed-containers-operator', 'another-operator'),
    code: 'openshift',
    says: /asks for sandboxed-containers-operator, which nobody carries in/,
  },
  {
    mistake: 'hosts look for operators at their publisher until delivery has told them better',
    change: replace(
      'infra/openshift/install-config.yaml',
      'source: registry.redhat.io',
      'source: example.org',
    ),
    code: 'openshift',
    says: /finds no images of operators before delivery begins/,
  },
];

test.each(SANDBOX_MUTATIONS)('a check of sandboxes sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(withSidecars.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

const CLOSED_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the installer looks for releases in another project than oc-mirror fills',
    change: replace(
      'infra/openshift/install-config.yaml',
      /\/red-hat\/openshift\/release-images/,
      '/quay/release',
    ),
    code: 'openshift',
    says: /looks for releases where oc-mirror puts none/,
  },
  {
    mistake: 'hosts have a release that is carried in no more',
    change: replace('image-set.yaml', '4.22.9', '4.22.11'),
    code: 'openshift',
    says: /is of 4\.22\.9, and 4\.22\.11 is what is carried in/,
  },
  {
    mistake: 'the channel is that of another minor',
    change: replace('image-set.yaml', 'stable-4.22', 'stable-4.21'),
    code: 'openshift',
    says: /4\.22\.9 is not in the channel stable-4\.21/,
  },
  {
    mistake: 'nobody carries releases in',
    change: replace('scripts/carry-in.sh', /^oc-mirror .*$/m, ''),
    code: 'openshift',
    says: /carries no release of OpenShift in/,
  },
  {
    mistake: 'the cluster asks for updates that it cannot reach',
    change: replace(
      'scripts/bootstrap.sh',
      /^kubectl patch clusterversion .*$/m,
      'oc adm upgrade channel stable-4.22',
    ),
    code: 'openshift',
    says: /follows a channel/,
  },
  {
    mistake: 'hosts are not told of the authority of Harbor',
    change: replace('scripts/host-config.sh', /additionalTrustBundle: /, 'nothing: '),
    code: 'openshift',
    says: /do not trust Harbor/,
  },
  {
    mistake: 'images that are named by digest are closed out',
    change: replace('platform/openshift/mirrors.yaml', /source: quay\.io/, 'source: example.org'),
    code: 'openshift',
    says: /closes quay\.io to images that are named by digest/,
  },
];

test.each(CLOSED_MUTATIONS)('a check of the closed network sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(closed.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});
