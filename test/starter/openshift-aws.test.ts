/** OpenShift on AWS: what its installer is told, who takes roles, which router is public, and what is left out with its reason. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { documentsOf } from '../checks/yaml-files.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { openshiftOnAws } from './openshift-aws-stack.ts';

const AWS = providerSchemas('aws-6.25.0');
const own = openshiftOnAws();
const apart = openshiftOnAws({}, { 'tenant-isolation': 'node-pool', autoscaling: 'cluster-autoscaler' });
const joined = openshiftOnAws(
  { 'cross-cluster': 'yes', regions: 2, environments: 1 },
  { topology: 'cluster-per-region-and-tier', mesh: 'istio-sidecar' },
);
const sandboxed = openshiftOnAws({}, { 'tenant-isolation': 'sandbox', autoscaling: 'cluster-autoscaler' });
const copied = openshiftOnAws({}, { backup: 'provider-backup', 'data-services': 'managed-database' });
const mounted = openshiftOnAws(
  { 'secret-store': 'cloud' },
  { secrets: 'csi-driver', logs: 'managed-logs', network: 'existing-network' },
);

describe.each([
  ['a network of its own, with images in its registry', own],
  [
    'a network that is given, behind a firewall, with FIPS',
    openshiftOnAws({ fips: 'yes' }, { network: 'existing-network', egress: 'central-firewall' }),
  ],
  [
    'a proxy and Argo CD',
    openshiftOnAws({}, { egress: 'proxy', gitops: 'argo-cd', registry: 'cloud-registry' }),
  ],
  [
    'databases and certificates of its own',
    openshiftOnAws(
      {},
      {
        'data-services': 'operator-in-cluster',
        'dns-and-certificates': 'corporate-pki',
        autoscaling: 'cluster-autoscaler',
      },
    ),
  ],
  ['clusters of two regions that Istio joins', joined],
  [
    'two regions that serve the same names',
    openshiftOnAws(
      { regions: 2 },
      { recovery: 'active-active', 'dns-and-certificates': 'external-dns-cert-manager' },
    ),
  ],
  ['machines of their own for each tenant', apart],
  ['a sandbox for pods of tenants, on machines of metal', sandboxed],
  ['copies that AWS makes', copied],
  [
    'copies of volumes alone',
    openshiftOnAws({}, { backup: 'provider-backup', 'data-services': 'operator-in-cluster' }),
  ],
  ['secrets of AWS that are mounted, and logs that AWS keeps', mounted],
  [
    'secrets of Vault that are mounted, and logs that a vendor keeps',
    openshiftOnAws({ 'secret-store': 'vault' }, { secrets: 'csi-driver', logs: 'vendor' }),
  ],
])('%s', (_name, { files, notGenerated }) => {
  test('fits together, and nothing is left out', async () => {
    expect(notGenerated).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, [AWS])).toEqual([]);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  });
});

test('the installer keeps API and console within the network, over three zones, with no key of the account', () => {
  const [told] = documentsOf(own.files.get('infra/openshift/install-config.yaml') ?? '');
  expect(told).toMatchObject({
    publish: 'Internal',
    credentialsMode: 'Manual',
    fips: false,
    controlPlane: { replicas: 3 },
    compute: [{ replicas: 3 }],
    networking: { networkType: 'OVNKubernetes' },
  });
  expect(JSON.stringify(told)).not.toMatch(/pullSecret|sshKey/);
});

test('what comes to the API comes through a tunnel, and what comes to workloads through a router of their own', () => {
  expect(own.files.get('scripts/reach-api.sh')).toContain('remote=6443');
  expect(own.files.get('infra/machines/api-tunnel.tf')).toContain('from_port         = 6443');
  expect(own.files.get('platform-config/base/router/balancer.yaml')).toContain('type: LoadBalancer');
});

test('a list of networks before the API is left out with its reason, and the API stays within', () => {
  const { files, notGenerated } = openshiftOnAws({}, { 'api-exposure': 'allow-listed' });
  expect(notGenerated.map(({ decision }) => decision)).toEqual(['api-exposure']);
  expect(files.get('infra/openshift/install-config.yaml')).toContain('publish: Internal');
});

test.each([
  ['a mesh', { mesh: 'linkerd' }, 'mesh'],
  ['another proxy', { edge: 'gateway-envoy' }, 'edge'],
  ['metrics of the cloud', { metrics: 'managed-metrics' }, 'metrics'],
])('%s is left out with its reason, and the rest holds', async (_name, pins, decision) => {
  const { files, notGenerated } = openshiftOnAws({}, pins);
  expect(notGenerated.map(each => each.decision)).toEqual([decision]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
  expect(await checkHcl(files, [AWS])).toEqual([]);
});

test('Kata is not put onto machines of arm64, whose operator is not supported there', () => {
  const { files, notGenerated } = openshiftOnAws(
    { architecture: 'arm64' },
    { 'tenant-isolation': 'sandbox' },
  );
  expect(notGenerated).toEqual([
    { decision: 'tenant-isolation', pick: 'sandbox', because: expect.stringContaining('not on arm64') },
  ]);
  expect(files.has('infra/openshift/operators.yaml')).toBe(false);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
});

test('copies of volumes are found by what the driver writes, and the way back says what it takes with it', () => {
  const page = copied.files.get('docs/runbooks/restore.md') ?? '';
  expect(page).toContain('{Key=cluster,Value=CLUSTER_NAME}');
  expect(page).not.toContain('bucket with the snapshots');
  expect(copied.files.get('infra/machines/backup.tf')).not.toContain('aws_s3_bucket.hosts');
  expect(copied.files.get('docs/runbooks/teardown.md')).toContain('Copies in the vault stay as they are.');
});

const INSTALL_CONFIG = 'infra/openshift/install-config.yaml';
const ROUTERS = 'platform-config/base/router/routers.yaml';
const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the API has a public address',
    change: replace(INSTALL_CONFIG, 'publish: Internal', 'publish: External'),
    code: 'openshift',
    says: /gives the API a public address/,
  },
  {
    mistake: 'operators keep a key of the account',
    change: replace(INSTALL_CONFIG, 'credentialsMode: Manual', 'credentialsMode: Mint'),
    code: 'openshift',
    says: /keep a key of the account/,
  },
  {
    mistake: 'the template asks for what nobody gives',
    change: replace('infra/machines/install.tf', /^ +subnet_3 += .*\n/m, ''),
    code: 'openshift',
    says: /gives no subnet_3/,
  },
  {
    mistake: 'a zone has no machine for pods',
    change: replace(INSTALL_CONFIG, /(name: worker\n.*\n +replicas: )3/, '$12'),
    code: 'openshift',
    says: /worker has fewer machines than zones/,
  },
  {
    mistake: 'the router of the console takes workloads as well',
    change: replace(ROUTERS, 'key: gateway-access', 'key: other-label1'),
    code: 'openshift',
    says: /two routers take the same routes/,
  },
  {
    mistake: 'the public router is not let in',
    change: replace(
      'apps/base/demo-web/network-policies.yaml',
      'deployment-ingresscontroller: workloads',
      'deployment-ingresscontroller: default',
    ),
    code: 'reachability',
    says: /the router reaches the sample workload/,
  },
  {
    mistake: 'routes name a class that no router has',
    change: replace(ROUTERS, '  name: workloads', '  name: elsewhere'),
    code: 'references',
    says: /openshift-workloads/,
  },
  {
    mistake: 'the keys of service accounts are published nowhere',
    change: replace('scripts/prepare-install.sh', /^publish openid.*\n/m, ''),
    code: 'own-issuer',
    says: /AWS of no keys/,
  },
  {
    mistake: 'a release is installed that the repository does not know',
    change: replace('infra/machines/envs/development.tfvars.example', '"4.22.9"', '"4.21.28"'),
    code: 'supported-versions',
    says: /enforces Pod Security of v1\.35/,
  },
  {
    mistake: 'a chart may not have the number that it names',
    change: drop('platform/namespaces/logging.yaml', 'system:openshift:scc:nonroot-v2'),
    code: 'openshift',
    says: /logging: openshift: lets no pod have the number/,
  },
];

test.each(MUTATIONS)('a check sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(own.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

test.each([
  [
    'what reads Secrets Manager may not put its socket on the host',
    replace(
      'platform/secrets-store-csi-driver-provider-aws/values.yaml',
      'privileged: true',
      'privileged: false',
    ),
    /provider-aws\/values\.yaml: openshift: is kept by SELinux from folders of its host/,
  ],
  [
    'pods of teams may mount no secret',
    replace(
      'platform/secrets-store-csi-driver/values.yaml',
      /csi-ephemeral-volume-profile: .*/,
      'other: label',
    ),
    /mounts secrets into privileged namespaces alone/,
  ],
] as const)('a check of mounted secrets sees that %s', (_mistake, change, says) => {
  const found = crossFindings(change(mounted.files));
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

test.each([
  [
    'machines of a tenant take everybody',
    replace('scripts/machine-sets.sh', /\{"key": "platform\/tenant".*\}\]/, ']'),
    /has no node that takes its pods/,
  ],
  [
    'a set grows that is not there',
    replace(
      'platform/cluster-autoscaler/sets.yaml',
      /(kind: MachineSet\n +name: )tenant-[a-z0-9-]+-1$/m,
      '$1tenant-nobody-1',
    ),
    /names MachineSet openshift-machine-api\/tenant-nobody-1, which is nowhere/,
  ],
] as const)('a check of tenants sees that %s', (_mistake, change, says) => {
  const found = crossFindings(change(apart.files));
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

test.each([
  [
    'machines of the sandbox run no machines within them',
    replace('scripts/machine-sets.sh', ' m7i.metal-24xl', ' m7i.4xlarge'),
    /no node runs sandbox/,
  ],
  [
    'Kata is put onto other machines than those',
    replace(
      'platform-config/base/tenant-sandbox/kata-config.yaml',
      'node-pool: sandbox',
      'node-pool: system1',
    ),
    /no node runs sandbox/,
  ],
  [
    'pods of tenants do not tolerate those machines',
    replace(
      'platform-config/base/tenant-sandbox/runtime-class.yaml',
      'key: platform/sandbox',
      'key: another/taint1',
    ),
    /no node runs sandbox/,
  ],
] as const)('a check of the sandbox sees that %s', (_mistake, change, says) => {
  const found = crossFindings(change(sandboxed.files), 'sandbox');
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

test.each([
  [
    'volumes are looked for by a tag that nothing writes',
    replace('infra/machines/backup.tf', 'aws:ResourceTag/cluster"', 'aws:ResourceTag/clusters"'),
    /copies volumes by clusters, which nothing writes/,
  ],
  [
    'the installer gives volumes no tag of the cluster',
    replace(
      'infra/openshift/install-config.yaml',
      /cluster: \$\{cluster_name\}\n/,
      'clusters: ${cluster_name}\n',
    ),
    /copies volumes of other clusters as well/,
  ],
] as const)('a check of copies sees that %s', (_mistake, change, says) => {
  const found = crossFindings(change(copied.files), 'openshift-aws');
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

test('gateways of joined clusters are met within connected networks, where the API answers as well', () => {
  const page = joined.files.get('docs/runbooks/clusters.md') ?? '';
  expect(page).toContain('The private zone that has the name of each API is associated');
  expect(joined.files.get('platform/istio-eastwest/values.yaml')).toContain(
    'aws-load-balancer-internal: "true"',
  );
});

test('linters are told which kinds OpenShift brings, as far as there are such', () => {
  const { files } = openshiftOnAws({}, { autoscaling: 'cluster-autoscaler' });
  expect(files.get('scripts/validate.sh')).toContain(
    '-skip APIServer,ClusterAutoscaler,ClusterCSIDriver,IngressController,MachineAutoscaler,OAuth ',
  );
});
