/** EKS Auto Mode, as examples/shift-rota-aws.yaml has it: whole, and mistakes that only this way of running it can have. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const { files } = starterOf('shift-rota-aws');

test('every object has the type of its kind', async () => {
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
});
test('every resource has the arguments of its type, and every reference ends somewhere', async () => {
  expect(await checkHcl(files, [providerSchemas('aws-6.25.0')])).toEqual([]);
});
test('all parts fit together', () => {
  const findings = [...crossFindings(files), ...checkKustomizations(files)];
  expect(findings.map(formatFinding)).toEqual([]);
});
test('nothing speaks of node groups or of Karpenter', () => {
  const text = [...files].filter(([file]) => /^(?:infra|platform|delivery|clusters|scripts)\//.test(file));
  const spoken = text.filter(([, each]) => /node_group|karpenter-crd/.test(each));
  expect(spoken.map(([file]) => file)).toEqual([]);
});

test('stands in a network that is there as well, with Auto Mode and with node groups', async () => {
  const nodes: readonly Readonly<Record<string, string>>[] = [
    {},
    { 'control-plane': 'managed', autoscaling: 'karpenter' },
  ];
  for (const pins of nodes) {
    const tree = starterOf('shift-rota-aws', { pins: { network: 'existing-network', ...pins } }).files;
    expect(tree.get('infra/eks/network.tf')).not.toContain('resource "');
    expect(await checkHcl(tree, [providerSchemas('aws-6.25.0')])).toEqual([]);
    expect(crossFindings(tree).map(formatFinding)).toEqual([]);
  }
});

const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'disks are left out of Auto Mode',
    change: replace(
      'infra/eks/cluster.tf',
      /block_storage \{\s*enabled = true/,
      'block_storage {\n      enabled = false',
    ),
    code: 'auto-mode',
    says: /block_storage is off/,
  },
  {
    mistake: 'the cluster names subnets that no machine can work in',
    change: replace('infra/eks/network.tf', '= local.node_subnet_ids', '= [aws_subnet.public["zone-a"].id]'),
    code: 'auto-mode',
    says: /no way out/,
  },
  {
    mistake: 'nothing switches the enforcement of policies on',
    change: drop('platform/network-policy-switch/amazon-vpc-cni.yaml', 'amazon-vpc-cni'),
    code: 'auto-mode',
    says: /enforces no network policy/,
  },
  {
    mistake: 'disks are asked of a driver that is not there',
    change: replace('platform/storage/storage-class.yaml', 'ebs.csi.eks.amazonaws.com', 'ebs.csi.aws.com'),
    code: 'auto-mode',
    says: /StorageClass.*not there/,
  },
  {
    mistake: 'machines are asked of a Karpenter of its own',
    change: replace(
      'platform-config/base/node-pools/workload.yaml',
      'group: eks.amazonaws.com',
      'group: karpenter.k8s.aws',
    ),
    code: 'auto-mode',
    says: /NodePool workload/,
  },
  {
    mistake: 'names cannot be resolved, since the resolver is the node',
    change: tree =>
      new Map(
        [...tree].map(([file, text]) => [
          file,
          file === 'platform/namespaces/demo.yaml'
            ? text.replace(/ +- ipBlock:\n +cidr: .*DNS.*\n/, '')
            : text,
        ]),
      ),
    code: 'reachability',
    says: /names are resolved/,
  },
  {
    mistake: 'the policy that lets the load balancer in is gone',
    change: drop('apps/base/demo-web/network-policies.yaml', 'requests-from-gateway'),
    code: 'reachability',
    says: /gateway of the provider reaches the sample workload/,
  },
  {
    mistake: 'policies let nodes in as if they were the load balancer',
    change: replace(
      'clusters/production/variables/cluster-vars.yaml',
      /LOAD_BALANCER_CIDR: \S+/,
      'LOAD_BALANCER_CIDR: 10.112.160.0/19',
    ),
    code: 'aws-edge',
    says: /meets nodes/,
  },
  {
    mistake: 'the gateway names a configuration that is not there',
    change: replace(
      'platform-config/base/gateway/gateway.yaml',
      /(kind: LoadBalancerConfiguration\s+name: )public/,
      '$1pubic',
    ),
    code: 'aws-edge',
    says: /configuration pubic, which is nowhere/,
  },
  {
    mistake: 'the load balancer asks a workload for the wrong path',
    change: drop('apps/base/demo-web/route.yaml', 'kind: TargetGroupConfiguration'),
    code: 'aws-edge',
    says: /how demo-web is asked/,
  },
  {
    mistake: 'requests go to nodes and from there to any pod',
    change: replace(
      'platform-config/base/gateway/load-balancer.yaml',
      'targetType: ip',
      'targetType: instance',
    ),
    code: 'aws-edge',
    says: /to nodes and not to pods/,
  },
  {
    mistake: 'the firewall before the gateway is gone from the infrastructure',
    change: replace('infra/eks/edge.tf', '"aws_wafv2_web_acl" "edge"', '"aws_wafv2_web_acl" "web"'),
    code: 'aws-edge',
    says: /firewall is made nowhere/,
  },
  {
    mistake: 'the certificate is for another domain than the routes',
    change: replace('infra/eks/envs/production.tfvars.example', /^(domain\s*= )"[^"]+"/m, '$1"example.org"'),
    code: 'aws-edge',
    says: /no certificate of AWS holds/,
  },
  {
    mistake: 'the controller may make no such load balancer',
    change: replace('infra/eks/load-balancer.tf', 'loadbalancer/app/', 'loadbalancer/net/'),
    code: 'aws-edge',
    says: /may make no Application Load Balancer/,
  },
  {
    mistake: 'the kinds of the Gateway API have another version than the controller knows',
    change: replace('delivery/crds/gateway-api.yaml', /targetRevision: v[\d.]+/, 'targetRevision: v1.7.0'),
    code: 'supported-versions',
    says: /gateway-api/,
  },
];

describe('a mistake in a cluster of Auto Mode', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = crossFindings(tree, code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
