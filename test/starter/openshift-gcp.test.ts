/** OpenShift on Google Cloud: what its installer is told, whose accounts pods act for, and what is left out with its reason. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { documentsOf } from '../checks/yaml-files.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { openshiftOnGoogle } from './openshift-gcp-stack.ts';

const GOOGLE = providerSchemas('google-6.50.0');
const own = openshiftOnGoogle();

const proxied = openshiftOnGoogle(
  {},
  { network: 'create-network', egress: 'proxy', gitops: 'flux', registry: 'cloud-registry' },
);

describe.each([
  ['a network of its own behind a proxy', proxied],
  [
    'a network that is given, behind a proxy, with secrets that are mounted',
    openshiftOnGoogle({}, { network: 'existing-network', egress: 'proxy', secrets: 'csi-driver' }),
  ],
  ['a network of its own', own],
  [
    'a network that is given, behind a firewall, with FIPS',
    openshiftOnGoogle({ fips: 'yes' }, { network: 'existing-network', egress: 'central-firewall' }),
  ],
  [
    'databases that the cloud runs, traces and logs that it keeps, secrets that are mounted, and Flux',
    openshiftOnGoogle(
      { 'workload-kinds': ['web', 'api', 'worker', 'batch', 'stateful'] },
      {
        'data-services': 'managed-database',
        traces: 'managed-traces',
        logs: 'managed-logs',
        secrets: 'csi-driver',
        gitops: 'flux',
        autoscaling: 'cluster-autoscaler',
      },
    ),
  ],
  [
    'databases and certificates of its own, behind a firewall',
    openshiftOnGoogle(
      {},
      {
        'data-services': 'operator-in-cluster',
        'dns-and-certificates': 'corporate-pki',
        egress: 'central-firewall',
      },
    ),
  ],
])('%s', (_name, { files, notGenerated }) => {
  test('fits together, and nothing is left out', async () => {
    expect(notGenerated).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, [GOOGLE])).toEqual([]);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  });
});

const INSTALL_CONFIG = 'infra/openshift/install-config.yaml';

test('the installer keeps API and console within the network, over three zones, with accounts that are given', () => {
  const [told] = documentsOf(own.files.get(INSTALL_CONFIG) ?? '');
  expect(told).toMatchObject({
    publish: 'Internal',
    credentialsMode: 'Manual',
    controlPlane: { replicas: 3, platform: { gcp: { serviceAccount: '${control_plane_account}' } } },
    compute: [{ replicas: 3, platform: { gcp: { serviceAccount: '${worker_account}' } } }],
    platform: { gcp: { network: '${network}', defaultMachinePlatform: { secureBoot: 'Enabled' } } },
  });
  expect(JSON.stringify(told)).not.toMatch(/pullSecret|sshKey|networkProjectID/);
});

test('machines and operators are told of the proxy, and Google is called within the network', () => {
  const [told] = documentsOf(proxied.files.get(INSTALL_CONFIG) ?? '');
  expect(told).toMatchObject({ proxy: { httpsProxy: '${proxy_url}', noProxy: '${no_proxy}' } });
  expect(proxied.files.get('infra/machines/install.tf')).toMatch(/no_proxy = join.*"\.googleapis\.com"/);
  expect(proxied.files.get('infra/machines/network.tf')).toContain('dest_range       = "199.36.153.8/30"');
  expect(proxied.files.get('platform/external-dns/network-policies.yaml')).toContain('199.36.153.8/30');
});

test('an installer that is told of no proxy is seen', () => {
  const tree = replace(INSTALL_CONFIG, /^proxy:\n(?: +.*\n){3}/m, '')(proxied.files);
  expect(crossFindings(tree, 'way-out').map(formatFinding)).toContainEqual(
    expect.stringMatching(/tells machines of another way out than pods have/),
  );
});

test('what comes to the API comes through a tunnel, or from the networks of the house', () => {
  expect(own.files.get('scripts/reach-api.sh')).toContain('remote=6443');
  expect(own.files.get('infra/machines/firewall.tf')).not.toContain('"6443"');
  const given = openshiftOnGoogle({}, { network: 'existing-network' }).files;
  expect(given.has('scripts/reach-api.sh')).toBe(false);
  expect(given.get('infra/machines/firewall.tf')).toContain('"6443"');
});

test('machines of arm64 get the disks that there are for them', () => {
  const [told] = documentsOf(openshiftOnGoogle({ architecture: 'arm64' }).files.get(INSTALL_CONFIG) ?? '');
  expect(JSON.stringify(told)).toContain('"diskType":"hyperdisk-balanced"');
});

test.each([
  ['a list of networks before the API', { 'api-exposure': 'allow-listed' }, 'api-exposure'],
  ['a mesh', { mesh: 'linkerd' }, 'mesh'],
  ['another proxy', { edge: 'gateway-envoy' }, 'edge'],
  ['a sandbox', { 'tenant-isolation': 'sandbox' }, 'tenant-isolation'],
])('%s is left out with its reason, and the rest holds', (_name, pins, decision) => {
  const { files, notGenerated } = openshiftOnGoogle({}, pins);
  expect(notGenerated.map(each => each.decision)).toEqual([decision]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
});

test('tenants have machines of their own', () => {
  const { files, notGenerated } = openshiftOnGoogle({}, { 'tenant-isolation': 'node-pool' });
  expect(notGenerated).toEqual([]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
});

test('copies of databases name the project, which no webhook tells a program in Python', () => {
  const { files } = openshiftOnGoogle({}, { 'data-services': 'operator-in-cluster' });
  expect(files.get('platform-config/base/databases/backups.yaml')).toMatch(
    /name: GOOGLE_CLOUD_PROJECT\n +value: \$\{PROJECT_ID\}/,
  );
});

const IDENTITY = 'infra/machines/identity.tf';
const SECRETS = 'platform/external-secrets/values.yaml';

test('what mounts secrets is believed by the name of the provider', () => {
  const { files } = openshiftOnGoogle({}, { secrets: 'csi-driver' });
  const broken = replace(IDENTITY, /^ +"\/\/iam\.googleapis\.com.*\n/m, '')(files);
  expect(crossFindings(broken).map(formatFinding).join('\n')).toMatch(
    /is not what Google knows this cluster by/,
  );
});

const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the template asks for what nobody gives',
    change: replace('infra/machines/install.tf', /^ +key_ring += .*\n/m, ''),
    code: 'openshift',
    says: /gives no key_ring/,
  },
  {
    mistake: 'Google refuses the tokens of pods',
    change: replace(IDENTITY, '"openshift", "sts.googleapis.com"', '"openshift"'),
    code: 'openshift-google',
    says: /refuses tokens for sts\.googleapis\.com/,
  },
  {
    mistake: 'pods prove who they are to a provider that is not there',
    change: replace(IDENTITY, 'provider_id = "cluster"', 'provider_id = "other"'),
    code: 'openshift-google',
    says: /by which provider its pods prove/,
  },
  {
    mistake: 'keys lie where nobody looks',
    change: replace(IDENTITY, 'keys/${var.cluster_name}', 'keys/${var.short_name}'),
    code: 'openshift-google',
    says: /tells Google of no keys/,
  },
  {
    mistake: 'operators trust another provider',
    change: replace('scripts/cloud-roles.sh', 'identity-provider cluster', 'identity-provider other'),
    code: 'openshift-google',
    says: /a provider that is not there/,
  },
  {
    mistake: 'a service account names an account that nothing makes',
    change: replace('infra/machines/external-dns.tf', '}-ext-dns"', '}-names"'),
    code: 'openshift-google',
    says: /names the account SHORT_NAME-ext-dns, which nothing makes/,
  },
  {
    mistake: 'two accounts have one name',
    change: replace('infra/machines/external-dns.tf', '}-ext-dns"', '}-ext-sec"'),
    code: 'openshift-google',
    says: /makes a second account SHORT_NAME-ext-sec/,
  },
  {
    mistake: 'an account may be too long',
    change: replace('infra/machines/velero.tf', '}-velero"', '}-velero-backups"'),
    code: 'openshift-google',
    says: /longer than thirty characters/,
  },
  {
    mistake: 'pods cannot read their credentials',
    change: replace(SECRETS, /^ +fsGroup: .*\n/m, ''),
    code: 'openshift-google',
    says: /cannot read the credentials/,
  },
  {
    mistake: 'a container of Google is started in each pod',
    change: replace(SECRETS, /^ +cloud\.google\.com\/injection-mode: .*\n/m, ''),
    code: 'openshift-google',
    says: /external-secrets.*by which provider its pods prove/,
  },
  {
    mistake: 'nothing makes the account of the installer',
    change: replace('infra/gcp-project/installer.tf', '"openshift-installer"', '"installer"'),
    code: 'openshift-google',
    says: /does not make the account that hands accounts to machines/,
  },
  {
    mistake: 'the database lets in pods of GKE',
    change: replace(
      'infra/machines/database.tf',
      'google_iam_workload_identity_pool.cluster.name',
      'var.pool',
    ),
    code: 'openshift-google',
    says: /pods of a pool that this cluster has not/,
  },
  {
    mistake: 'pods may ask the server of metadata for the rights of their machine',
    change: files =>
      new Map(
        [...files].map(([path, text]) => [
          path,
          text.replace(/\n +except:\n +- 169\.254\.169\.254\/32/g, ''),
        ]),
      ),
    code: 'machine-credentials',
    says: /lets pods ask the server of metadata/,
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
