/** EKS Auto Mode, as examples/shift-rota-aws.yaml has it: whole, and mistakes that only this way of running it can have. */
import { describe, expect, test } from 'vitest';
import { CROSS_CHECKS } from '../checks/cross/all.ts';
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
  const findings = [...CROSS_CHECKS.flatMap(({ check }) => check(files)), ...checkKustomizations(files)];
  expect(findings.map(formatFinding)).toEqual([]);
});
test('nothing speaks of node groups, of Karpenter or of a load balancer controller of its own', () => {
  const text = [...files].filter(([file]) => /^(?:infra|platform|delivery|clusters|scripts)\//.test(file));
  const spoken = text.filter(([, each]) =>
    /node_group|karpenter-crd|aws-load-balancer-controller/.test(each),
  );
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
    expect(CROSS_CHECKS.flatMap(({ check }) => check(tree)).map(formatFinding)).toEqual([]);
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
];

describe('a mistake in a cluster of Auto Mode', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = CROSS_CHECKS.flatMap(({ check }) => check(tree));
    expect(findings.filter(finding => finding.code === code).map(formatFinding)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});
