/** OpenShift on Azure: what its installer is told, who takes identities, which router is public, and what is left out with its reason. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { documentsOf } from '../checks/yaml-files.ts';
import { type Mutation, replace } from './mutation.ts';
import { openshiftOnAzure } from './openshift-azure-stack.ts';

const AZURE = providerSchemas('azurerm-4.55.0');
const own = openshiftOnAzure({}, { network: 'create-network', egress: 'open-nat' });
const mounted = openshiftOnAzure(
  { 'secret-store': 'cloud' },
  { secrets: 'csi-driver', logs: 'managed-logs' },
);
const given = openshiftOnAzure(
  { fips: 'yes', 'network-given': 'yes' },
  { network: 'existing-network', egress: 'central-firewall', 'data-services': 'managed-database' },
);

const proxied = openshiftOnAzure(
  {},
  {
    network: 'create-network',
    egress: 'proxy',
    gitops: 'flux',
    registry: 'cloud-registry',
    logs: 'managed-logs',
    'data-services': 'operator-in-cluster',
  },
);

const proxiedAndMounted = openshiftOnAzure(
  { 'secret-store': 'cloud' },
  { egress: 'proxy', secrets: 'csi-driver', gitops: 'argo-cd' },
);

describe.each([
  ['a network of its own behind a proxy, with databases and with logs that Azure keeps', proxied],
  ['mounted secrets of Azure behind a proxy', proxiedAndMounted],
  ['a network that is given, behind a proxy', openshiftOnAzure({}, { egress: 'proxy', gitops: 'argo-cd' })],
  ['a network of its own, with images in its registry', own],
  ['a network that is given, behind a firewall, with FIPS', given],
  [
    'a network of its own behind a firewall, and Flux',
    openshiftOnAzure(
      {},
      { network: 'create-network', egress: 'central-firewall', gitops: 'flux', registry: 'cloud-registry' },
    ),
  ],
  [
    'databases and certificates of its own',
    openshiftOnAzure(
      {},
      {
        'data-services': 'operator-in-cluster',
        'dns-and-certificates': 'corporate-pki',
        autoscaling: 'cluster-autoscaler',
      },
    ),
  ],
  [
    'copies of the database that Azure makes',
    openshiftOnAzure({}, { backup: 'provider-backup', 'data-services': 'managed-database' }),
  ],
  ['machines for each tenant', openshiftOnAzure({ tenants: 'teams' }, { 'tenant-isolation': 'node-pool' })],
  ['secrets of Azure that are mounted, and logs that Azure keeps', mounted],
  [
    'secrets of Vault that are mounted, and logs that a vendor keeps',
    openshiftOnAzure({ 'secret-store': 'vault' }, { secrets: 'csi-driver', logs: 'vendor' }),
  ],
])('%s', (_name, { files, notGenerated }) => {
  test('fits together, and nothing is left out', async () => {
    expect(notGenerated).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, [AZURE])).toEqual([]);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  });
});

const KEY_VAULT_VALUES = 'platform/csi-secrets-store-provider-azure/values.yaml';
const INSTALL_CONFIG = 'infra/openshift/install-config.yaml';

test('the installer keeps API and console within the network, over three zones, with no key of the subscription', () => {
  const [told] = documentsOf(own.files.get(INSTALL_CONFIG) ?? '');
  expect(told).toMatchObject({
    publish: 'Internal',
    credentialsMode: 'Manual',
    controlPlane: { replicas: 3, platform: { azure: { zones: ['1', '2', '3'] } } },
    compute: [{ replicas: 3, platform: { azure: { zones: ['1', '2', '3'] } } }],
    platform: { azure: { outboundType: 'Loadbalancer' } },
  });
  expect(JSON.stringify(told)).not.toMatch(/pullSecret|sshKey|baseDomainResourceGroupName/);
});

test('in a network of others nothing is made, and its owner lets traffic out', () => {
  expect(given.files.get('infra/machines/network.tf')).not.toMatch(/^resource /m);
  expect(given.files.get(INSTALL_CONFIG)).toContain('outboundType: UserDefinedRouting');
  expect(given.files.has('infra/machines/api-tunnel.tf')).toBe(false);
});

test('machines, operators, archives of databases and writers of logs are told of the proxy, and nothing leaves beside it', () => {
  const [told] = documentsOf(proxied.files.get(INSTALL_CONFIG) ?? '');
  expect(told).toMatchObject({
    proxy: { httpProxy: '${proxy_url}', httpsProxy: '${proxy_url}', noProxy: '${no_proxy}' },
    platform: { azure: { outboundType: 'UserDefinedRouting' } },
  });
  expect(proxied.files.get('infra/machines/proxy.tf')).toContain('var.pod_cidr');
  expect(proxied.files.get('infra/machines/object-store.tf')).toContain('var.proxy.subnet_ids');
  expect(JSON.stringify([...proxied.files])).toMatch(/kind: ObjectStore[\s\S]*name: HTTPS_PROXY/);
  expect(proxied.files.get('docs/runbooks/way-out.md')).toContain('oc edit proxy/cluster');
});

test('what comes to the API comes through a bastion, and what comes to workloads through a router of their own', () => {
  expect(own.files.get('scripts/reach-api.sh')).toContain('remote=6443');
  expect(own.files.get('infra/machines/api-tunnel.tf')).toContain('azurerm_bastion_host');
  expect(own.files.get('platform-config/base/router/balancer.yaml')).toContain('type: LoadBalancer');
  expect(given.files.get('platform-config/base/router/balancer.yaml')).toContain(
    'azure-load-balancer-internal: "true"',
  );
});

test('OpenShift brings what gives pods their tokens, and what makes disks', () => {
  const installed = [...own.files.keys()].filter(path => path.startsWith('platform/'));
  expect(installed.filter(path => /azure-workload-identity|azuredisk/.test(path))).toEqual([]);
  expect(own.files.get('platform/storage/driver.yaml')).toContain('name: disk.csi.azure.com');
});

test.each([
  ['a mesh', { mesh: 'linkerd' }, 'mesh'],
  ['another proxy', { edge: 'gateway-envoy' }, 'edge'],
  ['metrics of the cloud', { metrics: 'managed-metrics' }, 'metrics'],
  ['a sandbox', { 'tenant-isolation': 'sandbox' }, 'tenant-isolation'],
])('%s is left out with its reason, and the rest holds', async (_name, pins, decision) => {
  const { files, notGenerated } = openshiftOnAzure({}, pins);
  expect(notGenerated.map(each => each.decision)).toEqual([decision]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
  expect(await checkHcl(files, [AZURE])).toEqual([]);
});

const ROLES = 'scripts/cloud-roles.sh';
const PREPARE = 'scripts/prepare-install.sh';
const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'operators have rights in another group',
    change: replace('infra/machines/install.tf', '"${var.cluster_name}-nodes"', '"${var.cluster_name}-rg"'),
    code: 'openshift-azure',
    says: /rights in another group/,
  },
  {
    mistake: 'identities lie in the group that the installer wants empty',
    change: replace(
      ROLES,
      '--oidc-resource-group-name "$name"',
      '--oidc-resource-group-name "$name-identities"',
    ),
    code: 'openshift-azure',
    says: /wants nothing/,
  },
  {
    mistake: 'a guard lies in the group that the installer wants empty',
    change: replace(
      'infra/machines/network.tf',
      'azurerm_resource_group.main.name',
      'azurerm_resource_group.nodes.name',
    ),
    code: 'openshift-azure',
    says: /wants empty/,
  },
  {
    mistake: 'the installer makes a group of its own',
    change: replace(INSTALL_CONFIG, /^ +resourceGroupName: .*\n/m, ''),
    code: 'openshift-azure',
    says: /names no group/,
  },
  {
    mistake: 'the keys lie where nobody looks',
    change: replace(PREPARE, '--container-name keys', '--container-name issuer'),
    code: 'openshift-azure',
    says: /elsewhere than in keys/,
  },
  {
    mistake: 'the keys of service accounts are published nowhere',
    change: replace(PREPARE, /^publish openid.*\n/m, ''),
    code: 'openshift-azure',
    says: /Azure of no keys/,
  },
  {
    mistake: 'pods get no tokens',
    change: replace(PREPARE, /^cp .*webhook-config.*\n/m, ''),
    code: 'openshift-azure',
    says: /without tokens/,
  },
  {
    mistake: 'two groups of machines share one subnet',
    change: replace(INSTALL_CONFIG, 'role: node', 'role: control-plane'),
    code: 'openshift-azure',
    says: /one subnet for the control plane/,
  },
  {
    mistake: 'machines have no identity that pulls',
    change: replace(INSTALL_CONFIG, /^ +userAssignedIdentities:\n(?: +(?:- )?\w+: .*\n){3}/m, ''),
    code: 'openshift-azure',
    says: /which is meant/,
  },
  {
    mistake: 'disks are not encrypted at the host',
    change: replace(INSTALL_CONFIG, 'encryptionAtHost: true', 'encryptionAtHost: false'),
    code: 'openshift-azure',
    says: /unencrypted/,
  },
  {
    mistake: 'the installer makes no way out, and nobody else does',
    change: replace(INSTALL_CONFIG, 'outboundType: Loadbalancer', 'outboundType: UserDefinedRouting'),
    code: 'openshift-azure',
    says: /Loadbalancer is what the network has/,
  },
  {
    mistake: 'machines may not pull from the registry',
    change: replace('infra/machines/registry.tf', '"AcrPull"', '"AcrPush"'),
    code: 'openshift-azure',
    says: /may not pull images/,
  },
  {
    mistake: 'the API has a public address',
    change: replace(INSTALL_CONFIG, 'publish: Internal', 'publish: External'),
    code: 'openshift',
    says: /gives the API a public address/,
  },
  {
    mistake: 'the template asks for what nobody gives',
    change: replace('infra/machines/install.tf', /^ +worker_subnet += .*\n/m, ''),
    code: 'openshift',
    says: /gives no worker_subnet/,
  },
];

test.each(MUTATIONS)('a check sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(own.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});

test('a check sees that what reads Key Vault may not put its socket on the host', () => {
  const changed = replace(KEY_VAULT_VALUES, 'privileged: true', 'privileged: false')(mounted.files);
  expect(crossFindings(changed).map(formatFinding)).toContainEqual(
    expect.stringMatching(/provider-azure.*is kept by SELinux from folders of its host/),
  );
});

test('a check sees that what reads Key Vault is told nothing of the proxy', () => {
  const changed = replace(
    KEY_VAULT_VALUES,
    'isProxyEnabled: true',
    'isProxyEnabled: false',
  )(proxiedAndMounted.files);
  expect(crossFindings(changed, 'way-out').map(formatFinding)).toContainEqual(
    expect.stringMatching(/provider-azure.*calls out from its node, and is told nothing of the proxy/),
  );
});
