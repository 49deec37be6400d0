/** What leaves a cluster: names in the form of each network plugin, the way to a border of the house, and which mistakes are seen. */
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const pins = { egress: 'dns-policy' };
const FORMS = [
  { plugin: 'EKS Auto Mode', name: 'shift-rota-aws', kind: 'ApplicationNetworkPolicy' },
  { plugin: 'Dataplane V2', name: 'ride-dispatch-gcp', kind: 'FQDNNetworkPolicy' },
  { plugin: 'Cilium', name: 'steel-works-talos', kind: 'CiliumNetworkPolicy' },
] as const;
const trees = new Map(FORMS.map(({ name }) => [name, starterOf(name, { pins }).files]));
const LIST = 'platform-config/base/names-that-may-be-called/demo.yaml';

describe.each(FORMS)('names that may be called with $plugin', ({ name, kind }) => {
  const files = trees.get(name) ?? new Map<string, string>();
  test('are a list for each team, and nothing reaches any address', async () => {
    expect(files.get(LIST)).toContain(`kind: ${kind}`);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
  });
});

const TO_ANY_ADDRESS = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: demo}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
`;
const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'a list says everything',
    change: replace(LIST, /- "\*\..*"/, '- "*"'),
    code: 'called-by-name',
    says: /names everything/,
  },
  {
    mistake: 'a team has no list',
    change: drop(LIST, 'ApplicationNetworkPolicy'),
    code: 'called-by-name',
    says: /demo: called-by-name: has no list/,
  },
  {
    mistake: 'a team opens a way to any address',
    change: tree => new Map([...tree, [LIST, `${tree.get(LIST)}${TO_ANY_ADDRESS}`]]),
    code: 'called-by-name',
    says: /reaches any address/,
  },
  {
    mistake: 'a controller may call none of its names',
    change: drop('platform/kyverno/network-policies.yaml', 'kind: ApplicationNetworkPolicy'),
    code: 'reachability',
    says: /reaches the API of the cloud/,
  },
];

describe('a mistake in names', () => {
  const files = trees.get('shift-rota-aws') ?? new Map<string, string>();
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = crossFindings(tree, code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});

const firewalled = new Map(
  ['platform-aws', 'ride-dispatch-gcp', 'steel-works-talos', 'city-services-azure'].map(name => [
    name,
    starterOf(name, { pins: { egress: 'central-firewall' } }),
  ]),
);

describe.each([...firewalled])(
  'the way of %s to the firewall of the house',
  (_name, { files, notGenerated }) => {
    test('is generated, with a list of what has to be let through', () => {
      expect(notGenerated).toEqual([]);
      expect(files.get('destinations.txt')).toMatch(/^github\.com 443 .*delivery/m);
      expect(files.get('scripts/preflight.sh')).toContain('scripts/check-way-out.sh');
      expect(crossFindings(files).map(formatFinding)).toEqual([]);
    });
  },
);

test('on AWS and Google Cloud nothing is asked of the firewall that the cloud answers within the network', () => {
  const aws = firewalled.get('platform-aws')?.files;
  expect(aws?.get('infra/eks/endpoints.tf')).toMatch(
    /endpoint_services = \[[^\]]*"ecr\.dkr"[^\]]*"secretsmanager"/,
  );
  const google = firewalled.get('ride-dispatch-gcp')?.files;
  expect(google?.get('infra/gke/network.tf')).toContain('dest_range       = "199.36.153.8/30"');
});

const PAST_THE_BORDER: readonly (Mutation & { readonly example: string })[] = [
  {
    example: 'platform-aws',
    mistake: 'a chart comes from a publisher that nobody was asked for',
    change: replace('destinations.txt', /^ghcr\.io 443 .*\n/m, ''),
    code: 'way-out',
    says: /names ghcr\.io, which nobody/,
  },
  {
    example: 'platform-aws',
    mistake: 'a NAT gateway stays beside the firewall',
    change: replace('infra/eks/network.tf', /$/, '\nresource "aws_nat_gateway" "zone" {}\n'),
    code: 'way-out',
    says: /leads past the border/,
  },
  {
    example: 'platform-aws',
    mistake: 'the default route is gone',
    change: replace('infra/eks/network.tf', /transit_gateway_id +=/g, 'nothing ='),
    code: 'way-out',
    says: /leads nowhere/,
  },
  {
    example: 'ride-dispatch-gcp',
    mistake: 'the network is not connected to that of the house',
    change: replace(
      'infra/gke/network.tf',
      'google_compute_network_peering',
      'google_compute_network_pairing',
    ),
    code: 'way-out',
    says: /leads nowhere/,
  },
];

describe('what Azure runs in a cluster', () => {
  const { files } = starterOf('city-services-azure', {
    answers: { windows: 'no' },
    pins: {
      'control-plane': 'managed-auto',
      cni: 'azure-cni-cilium',
      autoscaling: 'provider-autoscaling',
      upgrades: 'release-channel',
      egress: 'central-firewall',
      backup: 'provider-backup',
    },
  });
  test.each(['dp.kubernetesconfiguration.azure.com', 'data.policy.core.windows.net'])('calls %s', host => {
    expect(crossFindings(files, 'way-out')).toEqual([]);
    const untold = replace('destinations.txt', new RegExp(`^.*${host} 443 .*\\n`, 'm'), '')(files);
    expect(crossFindings(untold, 'way-out').map(formatFinding)).toContainEqual(
      expect.stringContaining(`calls ${host}`),
    );
  });
});

describe('a mistake in the way to a border', () => {
  test.each(PAST_THE_BORDER)('$mistake', ({ example, change, code, says }) => {
    const tree = change(firewalled.get(example)?.files ?? new Map());
    const findings = crossFindings(tree, code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});

describe('the way to the proxy of the house on AKS', () => {
  const { files, notGenerated } = starterOf('city-services-azure', {
    pins: { egress: 'proxy' },
    answers: { windows: 'no' },
  });
  const findings = (tree: FileTree) => crossFindings(tree).map(formatFinding);

  test('is the only one, and AKS tells nodes and pods of it', async () => {
    expect(notGenerated).toEqual([]);
    expect(findings(files)).toEqual([]);
    expect(await checkHcl(files, [providerSchemas('azurerm-4.55.0')])).toEqual([]);
    expect(files.get('infra/aks/cluster.tf')).toMatch(/http_proxy_config \{\n +http_proxy +=/);
    expect(files.get('infra/aks/object-store.tf')).toContain('var.proxy.subnet_ids');
  });

  test.each([
    [
      'nodes are told nothing of it',
      replace('infra/aks/cluster.tf', 'http_proxy_config', 'http_config'),
      /told nothing/,
    ],
    [
      'the network keeps a way of its own beside it',
      replace('infra/aks/network.tf', 'azurerm_route_table" "nodes"', 'azurerm_nat_gateway" "nodes"'),
      /leads past the border/,
    ],
    [
      'the account of storage answers no proxy',
      replace('infra/aks/object-store.tf', ', var.proxy.subnet_ids', ''),
      /does not answer the proxy/,
    ],
    [
      'metrics are written past it',
      (tree: FileTree) =>
        new Map([...tree].map(([file, text]) => [file, text.replace(/ +proxy_from_environment = .*\n/, '')])),
      /writes metrics past the proxy/,
    ],
  ])('%s: is seen', (_mistake, change, says) => {
    expect(findings(change(files)).join(' ')).toMatch(says);
  });

  test('is not generated where nodes run Windows, which is said', () => {
    const { notGenerated: said } = starterOf('city-services-azure', {
      pins: { egress: 'proxy' },
      answers: { windows: 'yes' },
    });
    expect(said.map(({ because }) => because)).toContainEqual(expect.stringMatching(/nodes with Windows/));
  });
});

describe('the way to the proxy of the house', () => {
  const { files, notGenerated } = starterOf('platform-aws', { pins: { egress: 'proxy' } });

  test('is the only one, and nodes, controllers and workloads are told of it', () => {
    expect(notGenerated).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(files.get('infra/eks/network.tf')).toMatch(/destination_cidr_block = var\.proxy\.range/);
    expect(files.get('infra/eks/nodes.tf')).toContain('base64encode(local.node_settings)');
    expect(files.get('platform-config/base/proxy/demo.yaml')).toContain('HTTPS_PROXY: ${PROXY_URL}');
  });

  test('is not generated where nodes take no settings, which is said', () => {
    const pins = { egress: 'proxy' };
    expect(
      starterOf('ride-dispatch-gcp', { pins }).notGenerated.map(({ because }) => because),
    ).toContainEqual(expect.stringMatching(/Nodes of GKE take no settings of a proxy/));
  });

  const policies = 'platform/cert-manager/network-policies.yaml';
  const mistakes: readonly Mutation[] = [
    {
      mistake: 'a controller is told nothing of the proxy',
      change: replace('delivery/platform-core/cert-manager.yaml', /.*PROXY_URL.*\n/g, ''),
      code: 'way-out',
      says: /cert-manager: way-out: may reach the proxy and is told nothing/,
    },
    {
      mistake: 'a policy opens a way past the proxy',
      change: tree =>
        new Map([
          ...tree,
          [policies, `${tree.get(policies)}${TO_ANY_ADDRESS.replaceAll('demo', 'cert-manager')}`],
        ]),
      code: 'way-out',
      says: /leads past the proxy/,
    },
    {
      mistake: 'the proxy is not reached',
      change: replace('platform/external-dns/network-policies.yaml', 'port: 3128', 'port: 3129'),
      code: 'reachability',
      says: /external-dns/,
    },
  ];
  test.each(mistakes)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = crossFindings(tree, code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
