/** The gateway of AWS: its configuration is there, its controller may make it, and its certificate, range and firewall are of the infrastructure. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import { type ManifestObject, nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { contains, overlaps } from './ranges.ts';

const EDGE = 'infra/eks/edge.tf';
const RIGHTS = 'infra/eks/load-balancer.tf';
const CONTROLLER = 'platform/aws-load-balancer-controller/values.yaml';

export const awsEdge: CrossCheck = {
  code: 'aws-edge',
  says: 'What a gateway of AWS refers to is there, its controller may make it, and names, ranges and firewall fit the infrastructure.',
  check: tree =>
    clustersIn(tree).flatMap(view => {
      const gateways = view.objects.filter(object => isOfAws(view, object));
      if (gateways.length === 0) return [];
      return [
        ...controllerProblems(tree, view).map(message => finding(view, CONTROLLER, message)),
        ...rangeProblems(tree, view).map(message => finding(view, EDGE, message)),
        ...nameProblems(tree, view).map(message => finding(view, EDGE, message)),
        ...gateways.flatMap(gateway =>
          configurationProblems(view, gateway).map(message => finding(view, nameOf(gateway), message)),
        ),
        ...view.objects.flatMap(object =>
          targetProblems(view, object).map(message => finding(view, nameOf(object), message)),
        ),
      ];
    }),
};

function isOfAws({ objects }: ClusterView, { kind, spec }: ManifestObject): boolean {
  const className = at(spec, 'gatewayClassName');
  return (
    kind === 'Gateway' &&
    objects.some(
      each =>
        each.kind === 'GatewayClass' &&
        each.metadata.name === className &&
        at(each.spec, 'controllerName') === 'gateway.k8s.aws/alb',
    )
  );
}

function controllerProblems(tree: FileTree, view: ClusterView): readonly string[] {
  const values: unknown = parseOnce(tree.get(CONTROLLER) ?? '');
  const rights = tree.get(RIGHTS) ?? '';
  const firewalled = view.objects.some(({ spec }) => at(spec, 'wafV2', 'webACL') !== undefined);
  const on = at(values, 'controllerConfig', 'featureGates', 'ALBGatewayAPI') === true;
  return [
    ...(on ? [] : ['the controller does not take part in the Gateway API']),
    ...(/loadbalancer\/app\/\*/.test(rights) ? [] : ['the controller may make no Application Load Balancer']),
    ...(/acm:ListCertificates/.test(rights) ? [] : ['the controller may not look for the certificate']),
    ...(firewalled && at(values, 'enableWafv2') !== true
      ? ['the controller puts nothing behind a firewall']
      : []),
    ...(firewalled && !/wafv2:AssociateWebACL/.test(rights) ? ['the controller may use no firewall'] : []),
    ...(firewalled && !/resource "aws_wafv2_web_acl" "edge"/.test(tree.get(EDGE) ?? '')
      ? ['the firewall is made nowhere']
      : []),
  ];
}

/** Nodes and pods of a network of its own have the first three quarters. */
function rangeProblems(tree: FileTree, { variables }: ClusterView): readonly string[] {
  const { LOAD_BALANCER_CIDR: balancers = '', VPC_CIDR: network = '' } = variables;
  if (balancers === '') return ['policies do not know where the load balancer stands'];
  if (network !== '' && !contains(network, String(balancers).split('/')[0] ?? ''))
    return [`${balancers} is no part of ${network}`];
  const own = /load_balancer_cidr = local\.quarters\[3\]/.test(tree.get(EDGE) ?? '');
  const nodes = own && network !== '' ? firstThreeQuarters(network) : [];
  return nodes.filter(each => overlaps(each, balancers)).map(each => `${balancers} meets nodes in ${each}`);
}

function firstThreeQuarters(network: string): readonly string[] {
  const [address = '', prefix = '0'] = network.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(prefix) - 2);
  return [0, 1, 2].map(index => {
    const start = first + index * size;
    const parts = [24, 16, 8, 0].map(shift => Math.floor(start / 2 ** shift) % 256);
    return `${parts.join('.')}/${Number(prefix) + 2}`;
  });
}

function nameProblems(tree: FileTree, { name, objects }: ClusterView): readonly string[] {
  const values = tree.get(`infra/eks/envs/${name}.tfvars.example`) ?? '';
  const domain = /^domain\s*=\s*"([^"]+)"/m.exec(values)?.[1];
  const certificate = /resource "aws_acm_certificate" "gateway"|data "aws_acm_certificate" "gateway"/;
  if (domain === undefined) return ['the infrastructure does not know the domain of the cluster'];
  if (!certificate.test(tree.get(EDGE) ?? '')) return ['the gateway has no certificate'];
  return objects
    .filter(({ kind }) => kind === 'HTTPRoute')
    .flatMap(({ spec }) => (at(spec, 'hostnames') ?? []) as readonly string[])
    .filter(host => host.slice(host.indexOf('.') + 1) !== domain)
    .map(host => `no certificate of AWS holds ${host}`);
}

function configurationProblems({ objects }: ClusterView, gateway: ManifestObject): readonly string[] {
  const wanted = at(gateway.spec, 'infrastructure', 'parametersRef', 'name');
  const beside = (kind: string, name: unknown) =>
    objects.find(
      each =>
        each.kind === kind &&
        each.metadata.name === name &&
        each.metadata.namespace === gateway.metadata.namespace,
    );
  const balancer = beside('LoadBalancerConfiguration', wanted);
  if (balancer === undefined) return [`asks for the configuration ${String(wanted)}, which is nowhere`];
  const targets = beside(
    'TargetGroupConfiguration',
    at(balancer.spec, 'defaultTargetGroupConfiguration', 'name'),
  );
  const secured = list(at(balancer.spec, 'listenerConfigurations')).map(each => String(each.protocolPort));
  const listeners = list(at(gateway.spec, 'listeners'));
  return [
    ...(at(targets?.spec, 'defaultConfiguration', 'targetType') === 'ip'
      ? []
      : ['sends requests to nodes and not to pods']),
    ...listeners
      .filter(({ protocol }) => protocol === 'HTTPS')
      .filter(({ port }) => !secured.includes(`HTTPS:${String(port)}`))
      .map(({ port }) => `has no settings of TLS for port ${String(port)}`),
  ];
}

/** A backend without one is asked for `/`. */
function targetProblems(
  { objects }: ClusterView,
  { kind, metadata, spec }: ManifestObject,
): readonly string[] {
  if (kind === 'TargetGroupConfiguration') {
    const service = at(spec, 'targetReference', 'name');
    if (service === undefined || has(objects, 'Service', metadata.namespace, service)) return [];
    return [`is for the Service ${String(service)}, which is nowhere`];
  }
  if (kind !== 'HTTPRoute') return [];
  return list(at(spec, 'rules'))
    .flatMap(rule => list(rule.backendRefs))
    .filter(
      ({ name }) =>
        !objects.some(
          each =>
            each.kind === 'TargetGroupConfiguration' &&
            each.metadata.namespace === metadata.namespace &&
            at(each.spec, 'targetReference', 'name') === name,
        ),
    )
    .map(({ name }) => `nothing says how ${String(name)} is asked whether it is well`);
}

function has(
  objects: ClusterView['objects'],
  kind: string,
  namespace: string | undefined,
  name: unknown,
): boolean {
  return objects.some(
    each => each.kind === kind && each.metadata.namespace === namespace && each.metadata.name === name,
  );
}

function finding({ name }: ClusterView, where: string, message: string): Finding {
  return { code: 'aws-edge', place: `${name}: ${where}`, message };
}
