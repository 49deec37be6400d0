/** In Auto Mode AWS runs nodes, network, disks and load balancers: what is written has to use its own, and nothing beside it. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const CLUSTER = 'infra/eks/cluster.tf';

export const autoMode: CrossCheck = {
  code: 'auto-mode',
  says: 'A cluster in Auto Mode uses the disks, load balancers and pools of AWS, enforces policies, and has no others.',
  check: tree => (runsItself(tree) ? [...besides(tree), ...clustersIn(tree).flatMap(uses)] : []),
};

export function runsItself(tree: FileTree): boolean {
  return /compute_config \{\s*enabled\s*= true/.test(tree.get(CLUSTER) ?? '');
}

function besides(tree: FileTree): readonly Finding[] {
  const text = tree.get(CLUSTER) ?? '';
  const off = ['elastic_load_balancing', 'block_storage'].filter(
    part => !new RegExp(`${part} \\{\\s*enabled = true`).test(text),
  );
  const foreign = [...tree].flatMap(([file, code]) =>
    file.startsWith('infra/eks/') &&
    /resource "aws_eks_node_group"|"(?:vpc-cni|kube-proxy|coredns)"/.test(code)
      ? [file]
      : [],
  );
  return [
    ...off.map(part => finding(CLUSTER, `${part} is off: Auto Mode is one switch for all three`)),
    ...(/control_plane_subnet_ids\s*= local\.node_subnet_ids/.test(tree.get('infra/eks/network.tf') ?? '')
      ? []
      : [finding('infra/eks/network.tf', 'machines would be made in subnets that have no way out')]),
    ...foreign.map(file => finding(file, 'adds what Auto Mode brings along')),
  ];
}

function uses({ name, objects, steps }: ClusterView): readonly Finding[] {
  const place = (object: (typeof objects)[number]) => `${name}: ${nameOf(object)}`;
  const enforced = objects.some(
    ({ kind, metadata, data }) =>
      kind === 'ConfigMap' &&
      metadata.name === 'amazon-vpc-cni' &&
      metadata.namespace === 'kube-system' &&
      at(data, 'enable-network-policy-controller') === 'true',
  );
  return [
    ...(enforced ? [] : [finding(name, 'enforces no network policy')]),
    ...steps
      .flatMap(({ installs }) => installs)
      .filter(({ name: install }) => /^(?:karpenter|aws-load-balancer-controller)/.test(install))
      // Gateways are made by one of their own, by a class that the one of AWS leaves alone.
      .filter(({ name: install }) => install !== 'aws-load-balancer-controller' || !servesGateways(objects))
      .map(install => finding(name, `${install.name} runs beside the one of AWS`)),
    ...objects.flatMap(object => {
      const { kind } = object;
      if (kind === 'StorageClass' && object.provisioner !== 'ebs.csi.eks.amazonaws.com')
        return [finding(place(object), 'makes disks with a driver that is not there')];
      if (
        kind === 'NodePool' &&
        at(object.spec, 'template', 'spec', 'nodeClassRef', 'group') !== 'eks.amazonaws.com'
      )
        return [finding(place(object), 'makes machines of a class that is not of AWS')];
      const balancer = /"loadBalancerClass":"([^"]+)"/.exec(JSON.stringify(object.spec ?? {}))?.[1];
      return balancer !== undefined && balancer !== 'eks.amazonaws.com/nlb'
        ? [finding(place(object), `asks ${balancer} for a load balancer, which is not there`)]
        : [];
    }),
  ];
}

function servesGateways(objects: ClusterView['objects']): boolean {
  return objects.some(
    ({ kind, spec }) => kind === 'GatewayClass' && at(spec, 'controllerName') === 'gateway.k8s.aws/alb',
  );
}

function finding(place: string, message: string): Finding {
  return { code: 'auto-mode', place, message };
}
