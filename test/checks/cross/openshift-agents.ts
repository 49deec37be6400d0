/** OpenShift: agents that work in folders of their host, from which SELinux keeps others, and control planes in namespaces of tenants. */
import type { FileTree } from '../../../src/files/tree.ts';
import { STORE_DRIVER } from '../../../src/starter/secrets/store-driver.ts';
import type { ClusterView } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import { parseOnce } from '../parse-once.ts';
import { documentsOf } from '../yaml-files.ts';
import { at, list, podTemplate } from './fields.ts';

export function inHostFolders({ name, objects }: ClusterView): readonly Finding[] {
  return objects
    .filter(({ kind }) => kind === 'DaemonSet')
    .filter(object => {
      const pod = at(podTemplate(object), 'spec');
      const folders = list(at(pod, 'volumes')).flatMap(each =>
        at(each, 'hostPath') === undefined ? [] : [each.name],
      );
      return list(at(pod, 'containers')).some(
        container =>
          list(at(container, 'volumeMounts')).some(mount => folders.includes(mount.name)) &&
          at(container, 'securityContext', 'privileged') !== true,
      );
    })
    .map(({ metadata }) =>
      finding(`${name}: DaemonSet ${metadata.name}`, 'is kept by SELinux from folders of its host'),
    );
}

const PROFILE = 'security.openshift.io/csi-ephemeral-volume-profile';
/** Values of providers, and where in them it is said that they may do all. */
const PROVIDERS: readonly (readonly [file: string, path: readonly string[]])[] = [
  [`platform/${STORE_DRIVER}-provider-aws/values.yaml`, ['securityContext', 'privileged']],
  ['platform/csi-secrets-store-provider-azure/values.yaml', ['linux', 'privileged']],
];

/** Volumes of a driver that says nothing of itself are for privileged namespaces, and the chart of a provider makes an agent as well. */
export function secretsMounted(tree: FileTree): readonly Finding[] {
  const file = `platform/${STORE_DRIVER}/values.yaml`;
  const driver = tree.get(file);
  return [
    ...(driver === undefined || at(parseOnce(driver), 'commonLabels', PROFILE) === 'restricted'
      ? []
      : [finding(file, 'mounts secrets into privileged namespaces alone')]),
    ...PROVIDERS.filter(([values, path]) => {
      const provider = tree.get(values);
      return provider !== undefined && at(parseOnce(provider), ...path) !== true;
    }).map(([values]) => finding(values, 'is kept by SELinux from folders of its host')),
  ];
}

/** Control planes of tenants run in their namespaces, as numbers of these, and make endpoints of addresses here. */
export function virtualClusters(tree: FileTree): readonly Finding[] {
  return [...tree].flatMap(([file, text]) => {
    if (!/^platform\/[\w-]+\/values\.yaml$/.test(file)) return [];
    const values: unknown = parseOnce(text);
    if (at(values, 'controlPlane', 'distro', 'k8s') === undefined) return [];
    const security = at(values, 'controlPlane', 'statefulSet', 'security', 'containerSecurityContext');
    const rules = JSON.stringify(at(values, 'rbac', 'role', 'extraRules') ?? []);
    return [
      ...(/"(?:runAsUser|runAsGroup|fsGroup)":\d/.test(JSON.stringify(values))
        ? [finding(file, 'names a number that its namespace does not have')]
        : []),
      ...(at(security, 'runAsUser') === null && at(security, 'runAsGroup') === null
        ? []
        : [finding(file, 'leaves its chart to run it as root')]),
      ...['endpoints/restricted', 'endpointslices/restricted']
        .filter(resource => !rules.includes(`"${resource}"`))
        .map(resource => finding(file, `may make no ${resource}, so services of the tenant lead nowhere`)),
    ];
  });
}

const OPERATORS = 'infra/openshift/operators.yaml';

/** On hosts of one's own what waits for an address gets it by an operator, which watches every namespace or none. */
export function balancers(tree: FileTree): readonly Finding[] {
  const waits = [...tree].some(
    ([file, text]) => /^clusters\//.test(file) && /\btype: LoadBalancer$/m.test(text),
  );
  if (!waits || inventoriesIn(tree).length === 0) return [];
  const told = documentsOf(tree.get(OPERATORS) ?? '').filter(
    each => at(each, 'metadata', 'namespace') === 'metallb-system',
  );
  const answers = tree.get('platform/load-balancer-addresses/metallb.yaml') ?? '';
  return [
    ...(told.some(each => at(each, 'spec', 'name') === 'metallb-operator')
      ? []
      : [finding(OPERATORS, 'installs nothing that hands out addresses, which gateways wait for')]),
    ...(told.some(each => at(each, 'spec', 'targetNamespaces') !== undefined)
      ? [finding(OPERATORS, 'keeps MetalLB to its own namespace, which it refuses')]
      : []),
    ...(answers.includes('kind: MetalLB')
      ? []
      : [finding('platform/load-balancer-addresses', 'has no host answer for addresses')]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'openshift', place, message };
}
