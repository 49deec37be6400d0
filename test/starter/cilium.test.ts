/** Cilium on EKS: there before the nodes, the same release for the installer and for delivery, policies as it enforces them. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { givenNetwork } from '../checks/cross/given-network.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const EXAMPLE = 'parcel-tracking-aws';
const { files } = starterOf(EXAMPLE);
const NODES = 'infra/eks/nodes.tf';
const INSTALLER = 'scripts/install-cilium.sh';
const AWS = [providerSchemas('aws-6.25.0')];

describe('the starter of parcel-tracking-aws', () => {
  test('fits together', () => {
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
  });
  test('has objects and resources of the published types', async () => {
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, AWS)).toEqual([]);
  });
  test('keeps project details out of the script that installs the network', () => {
    const project = { organisation: 'EVIL', domain: 'EVIL', teams: ['EVIL'], regions: ['EVIL'] };
    const script = starterOf(EXAMPLE, { project }).files.get(INSTALLER) ?? '';
    expect(script).toContain('helm install cilium');
    expect(script).not.toContain('EVIL');
  });
});

test('scarce addresses and approved cryptography give pods subnets of their own and a key', async () => {
  const changed = starterOf(EXAMPLE, { answers: { 'ip-space': 'scarce', fips: 'yes' } }).files;
  expect(crossFindings(changed).map(formatFinding)).toEqual([]);
  expect(await checkHcl(changed, AWS)).toEqual([]);
  expect(changed.get('infra/eks/cni.tf')).toContain('cidr_block = "100.64.0.0/16"');
  expect(changed.get('platform/cilium/values.yaml')).toContain('type: ipsec');
  expect(changed.get(INSTALLER)).toContain('cilium-ipsec-keys');
});

const GIVEN = { network: 'existing-network' } as const;
const inSubnetsOfPods = starterOf(EXAMPLE, { pins: GIVEN, answers: { 'ip-space': 'scarce' } }).files;

describe('in a network that is given', () => {
  test.each([
    ['Cilium in the subnets of the nodes', starterOf(EXAMPLE, { pins: GIVEN })],
    ['Cilium in subnets for pods', { files: inSubnetsOfPods, notGenerated: [] }],
    ['Calico beside the VPC CNI', starterOf('platform-aws', { pins: { ...GIVEN, cni: 'calico' } })],
  ])('%s adds nothing to it', async (_, { files: tree, notGenerated }) => {
    expect(notGenerated.filter(({ decision }) => ['network', 'cni'].includes(decision))).toEqual([]);
    expect(tree.get('infra/eks/network.tf')).toContain('variable "vpc_id"');
    expect(crossFindings(tree).map(formatFinding)).toEqual([]);
    expect(await checkHcl(tree, AWS)).toEqual([]);
  });
  test.each([
    [replace('infra/eks/cni.tf', 'values = ["cilium"]', 'values = ["calico"]'), /given are pods=calico/],
    [
      replace(
        'infra/eks/cni.tf',
        '], [for id in data.aws_subnets.pods.ids :',
        '"x:subnet/*"], [for id in data.aws_subnets.pods.ids :',
      ),
      /every subnet/,
    ],
    [
      replace('infra/eks/cni.tf', /$/, '\nresource "aws_subnet" "pods" {\n}\n'),
      /adds a subnet to a network of others/,
    ],
  ] as const)('a check sees a mistake %#', (change, says) => {
    const found = givenNetwork.check(change(inSubnetsOfPods)).map(formatFinding);
    expect(found.filter(each => says.test(each))).not.toEqual([]);
  });
});

const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'a range of addresses alone is to let the API server reach a webhook',
    change: drop('platform/cert-manager/network-policies.yaml', 'fromEntities'),
    code: 'reachability',
    says: /webhook of certificates/,
  },
  {
    mistake: 'the proxies of the nodes are not let in',
    change: drop('apps/base/demo-web/network-policies.yaml', 'requests-from-gateway'),
    code: 'reachability',
    says: /proxies of the nodes/,
  },
  {
    mistake: 'the installer brings another version than delivery',
    change: replace(INSTALLER, /--version [\d.]+/, '--version 1.18.0'),
    code: 'network-plugin',
    says: /installs 1\.18\.0/,
  },
  {
    mistake: 'the installer makes a release of another name',
    change: replace(INSTALLER, 'helm install cilium oci', 'helm install network oci'),
    code: 'network-plugin',
    says: /installs network in kube-system/,
  },
  {
    mistake: 'the installer waits for a job that has no node',
    change: replace(INSTALLER, ' --no-hooks', ''),
    code: 'network-plugin',
    says: /no node can run/,
  },
  {
    mistake: 'the installer asks an API that nobody outside its network reaches',
    change: replace(INSTALLER, /^ +kubectl config set-cluster .*\n/m, ''),
    code: 'api-exposure',
    says: /goes around/,
  },
  {
    mistake: 'values hold what only delivery fills in',
    change: replace('platform/cilium/values.yaml', 'routingMode: native', 'routingMode: ${ENVIRONMENT}'),
    code: 'network-plugin',
    says: /ENVIRONMENT/,
  },
  {
    mistake: 'a node group takes pods at once',
    change: replace(NODES, /key {4}= "node\.cilium\.io\/agent-not-ready"/, 'key    = "ready"'),
    code: 'network-plugin',
    says: /system take pods/,
  },
  {
    mistake: 'nodes do not wait for the network',
    change: replace(NODES, 'terraform_data.cilium', 'aws_eks_cluster.main'),
    code: 'network-plugin',
    says: /do not wait for Cilium/,
  },
  {
    mistake: 'nodes of Karpenter take pods at once',
    change: replace(
      'platform-config/base/node-pools/general.yaml',
      'node.cilium.io/agent-not-ready',
      'ready',
    ),
    code: 'network-plugin',
    says: /NodePool general/,
  },
  {
    mistake: 'kube-proxy comes back',
    change: replace('infra/eks/addons.tf', '"coredns",', '"coredns",\n    "kube-proxy",'),
    code: 'network-plugin',
    says: /kube-proxy/,
  },
  {
    mistake: 'the plugin of the provider comes back',
    change: replace(
      'infra/eks/cni.tf',
      /$/,
      '\nresource "aws_eks_addon" "vpc" {\n  addon_name = "vpc-cni"\n}\n',
    ),
    code: 'network-plugin',
    says: /the VPC CNI and Cilium/,
  },
  {
    mistake: 'the right to give addresses goes to an account that nobody has',
    change: replace(
      'infra/eks/cni.tf',
      'service_account = "cilium-operator"',
      'service_account = "operator"',
    ),
    code: 'identities',
    says: /kube-system\/operator/,
  },
];

describe('a check sees that', () => {
  test.each(MUTATIONS)('$mistake', ({ change, code, says }) => {
    const found = crossFindings(change(files), code);
    expect(
      found.filter(finding => finding.code === code && says.test(`${finding.place} ${finding.message}`)),
    ).not.toEqual([]);
  });
});
