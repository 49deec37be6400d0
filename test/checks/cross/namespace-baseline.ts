/** Every namespace that is used exists, has Pod Security and an owner, denies all traffic and lets names be resolved. */
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { type ManifestObject, ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, list } from './fields.ts';
import { isOpenShift } from './provider.ts';

/** Not restricted, each for a reason that stands in its file. */
const EXCEPTIONS = new Set([
  // The device plugin speaks to the kubelet by a folder of the node.
  'nvidia-device-plugin',
  // The driver of secrets mounts them on its node, where no cloud runs it.
  'secrets-store-csi-driver',
  // The driver of disks mounts them on its node.
  'azuredisk-csi-driver',
  // Drivers of disks mount what pods of a node use.
  'gcp-disk-driver',
  'aws-ebs-csi-driver',
  'calico-system',
  // In the network of machines of a cloud, by the role of the machine.
  'cloud-controller',
  'tigera-operator',
  'metallb-system',
  'node-agents',
  'istio-agents',
  'linkerd-cni',
  'spire-system',
]);

export const namespaceBaseline: CrossCheck = {
  code: 'namespace-baseline',
  says: 'Every namespace has Pod Security, an owner, default-deny in both directions, and DNS.',
  check: tree =>
    clustersIn(tree).flatMap(view => [
      ...missingNamespaces(view, isOpenShift(tree) ? OF_OPENSHIFT : []),
      ...baselines(view),
    ]),
};

/** Its operators look for what they are told there. */
const OF_OPENSHIFT = [
  // Of an operator that is there before delivery.
  'metallb-system',
  'openshift-ingress',
  'openshift-ingress-operator',
  'openshift-machine-api',
  'openshift-monitoring',
  'openshift-user-workload-monitoring',
];

function missingNamespaces(view: ClusterView, given: readonly string[]): readonly Finding[] {
  const known = new Set(ofKind(view.objects, 'Namespace').map(({ metadata }) => metadata.name));
  const used = new Set(view.objects.flatMap(({ metadata: { namespace } }) => namespace ?? []));
  // The provider's own, which is there before anything else.
  for (const name of ['kube-system', ...given]) known.add(name);
  return [...used]
    .filter(namespace => !known.has(namespace))
    .map(namespace => finding(view, namespace, 'is used and defined nowhere'));
}

function baselines(view: ClusterView): readonly Finding[] {
  return ofKind(view.objects, 'Namespace').flatMap(({ metadata: { name, labels = {} } }) => {
    const policies = ofKind(view.objects, 'NetworkPolicy').filter(
      ({ metadata }) => metadata.namespace === name,
    );
    const level = labels['pod-security.kubernetes.io/enforce'];
    const problems = [
      (level === 'restricted' && !copiesFiles(view, name)) ||
      (level === 'privileged' &&
        (EXCEPTIONS.has(name) || holdsProxiesOfAzure(view, name) || copiesFiles(view, name)))
        ? ''
        : `enforces the Pod Security ${level ?? 'of nobody'}`,
      // What is privileged has no rules that a version could change.
      level === 'privileged' || /^v1\.\d+$/.test(labels['pod-security.kubernetes.io/enforce-version'] ?? '')
        ? ''
        : 'enforces no exact version of Pod Security',
      labels['app.kubernetes.io/part-of'] === undefined ? 'has no owner' : '',
      policies.some(deniesAll) ? '' : 'does not deny all traffic',
      policies.some(allowsDns) ? '' : 'denies DNS as well',
    ];
    return problems.filter(problem => problem !== '').map(problem => finding(view, name, problem));
  });
}

/** Agents of Velero read volumes where they lie on the node, and are refused under anything less than privileged. */
function copiesFiles({ objects }: ClusterView, namespace: string): boolean {
  return ofKind(objects, 'ConfigMap').some(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === 'volumes-to-copy',
  );
}

/** AKS makes them and sets no more than it wants. */
function holdsProxiesOfAzure({ objects }: ClusterView, namespace: string): boolean {
  return objects.some(
    ({ kind, metadata, spec }) =>
      kind === 'Gateway' &&
      metadata.namespace === namespace &&
      at(spec, 'gatewayClassName') === 'approuting-istio',
  );
}

function deniesAll({ spec }: ManifestObject): boolean {
  const types = at(spec, 'policyTypes');
  return (
    Object.keys(fields(at(spec, 'podSelector'))).length === 0 &&
    Array.isArray(types) &&
    types.includes('Ingress') &&
    types.includes('Egress') &&
    at(spec, 'ingress') === undefined &&
    at(spec, 'egress') === undefined
  );
}

function allowsDns({ spec }: ManifestObject): boolean {
  if (Object.keys(fields(at(spec, 'podSelector'))).length > 0) return false;
  return list(at(spec, 'egress')).some(({ to, ports }) => {
    const open = list(ports)
      .filter(({ port }) => port === 53)
      .map(({ protocol }) => protocol);
    const resolver = list(to).some(
      peer =>
        at(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name') === 'kube-system' &&
        at(peer, 'podSelector', 'matchLabels', 'k8s-app') === 'kube-dns',
    );
    return resolver && open.includes('UDP') && open.includes('TCP');
  });
}

function finding({ name }: ClusterView, namespace: string, message: string): Finding {
  return { code: 'namespace-baseline', place: `${name}: Namespace ${namespace}`, message };
}
