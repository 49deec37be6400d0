/** Where Cilium is the mesh, what goes between nodes is encrypted and nothing else, somebody hears of it, and routes have their kinds. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const VALUES = 'platform/cilium/values.yaml';
const PAGE = 'docs/runbooks/mesh.md';
const INSTALLER = 'scripts/install-cilium.sh';

export const ciliumMesh: CrossCheck = {
  code: 'cilium-mesh',
  says: 'Where Cilium is the mesh its encryption is on and strict, its alert is there, and kinds of routes come before it.',
  check: tree => {
    if (!/^# The mesh: Cilium$/m.test(tree.get(PAGE) ?? '')) return [];
    const values: unknown = parseOnce(tree.get(VALUES) ?? '');
    return [
      ...[...encryptionProblems(values), ...routeProblems(values, tree)].map(finding(VALUES)),
      ...clustersIn(tree).flatMap(view => clusterProblems(view, values).map(finding(view.name))),
    ];
  },
};

function encryptionProblems(values: unknown): readonly string[] {
  const encryption = (...path: readonly string[]) => at(values, 'encryption', ...path);
  const type = encryption('type');
  return [
    ...(encryption('enabled') === true ? [] : ['the mesh encrypts nothing']),
    ...(type === 'wireguard' || type === 'ipsec'
      ? []
      : [`${String(type)} is no stable encryption of Cilium`]),
    ...(type !== 'wireguard' || encryption('strictMode', 'ingress', 'enabled') === true
      ? []
      : ['what comes in the clear is taken']),
    ...(at(values, 'hubble', 'relay', 'enabled') === true ? [] : ['nobody sees who calls whom']),
  ];
}

/** From their publisher, or from what was carried into the registry and is read there. */
function bringsKinds(installer: string): boolean {
  const [before = ''] = installer.split('helm install');
  return (
    /kubectl apply[\s\S]*gateway-api/.test(before) ||
    /flux pull[^\n]*gateway-api[\s\S]*kubectl apply/.test(before)
  );
}

/** Its operator looks for the kinds once, when it starts. */
function routeProblems(values: unknown, tree: FileTree): readonly string[] {
  return at(values, 'gatewayAPI', 'enabled') === true && !bringsKinds(tree.get(INSTALLER) ?? '')
    ? ['it starts before the kinds of routes are there, and then serves none']
    : [];
}

function clusterProblems({ objects, steps }: ClusterView, values: unknown): readonly string[] {
  const hasRules = objects.some(({ kind }) => kind === 'PrometheusRule');
  const told = JSON.stringify(objects.filter(({ kind }) => kind === 'PrometheusRule'));
  const installs = steps.flatMap(step => step.installs.map(({ name }) => name));
  return [
    ...(hasRules && !told.includes('Traffic is unencrypted') ? ['nobody hears of traffic in the clear'] : []),
    ...installs
      .filter(name => /^(?:istio-cni|ztunnel|linkerd)/.test(name))
      .map(name => `${name} is a second mesh`),
    ...(at(values, 'gatewayAPI', 'enabled') === true && !installs.includes('gateway-api')
      ? ['nothing brings the kinds of routes']
      : []),
  ];
}

function finding(place: string): (message: string) => Finding {
  return message => ({ code: 'cilium-mesh', place, message });
}
