/** Identities of SPIRE: who gives them serves their class, under a root that is there, to the domain of this cluster alone. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const VALUES = 'platform/spire/values.yaml';

export const workloadIdentities: CrossCheck = {
  code: 'workload-identities',
  says: 'Identities are of the class that is served, given to teams alone, and signed under a root that is there.',
  check: tree => {
    const text = tree.get(VALUES);
    return text === undefined ? [] : clustersIn(tree).flatMap(view => findings(tree, view, parseOnce(text)));
  },
};

function findings(tree: FileTree, view: ClusterView, values: unknown): readonly Finding[] {
  const finding = (message: string): Finding => ({ code: 'workload-identities', place: view.name, message });
  const served = at(values, 'spire-server', 'controllerManager', 'className');
  const issuer = at(values, 'spire-server', 'upstreamAuthority', 'certManager', 'issuerName');
  const identities = view.objects.filter(({ kind }) => kind === 'ClusterSPIFFEID');
  const issues = view.objects.some(
    ({ kind, metadata }) =>
      kind === 'Issuer' && metadata.name === issuer && metadata.namespace === 'spire-server',
  );
  const everyCluster = tree.get('delivery/platform-mesh/spire.yaml') ?? '';
  return [
    ...(identities.length === 0 ? [finding('nobody gets an identity')] : []),
    ...identities
      .filter(({ spec }) => at(spec, 'className') !== served)
      .map(({ metadata }) => finding(`${metadata.name} is of a class that nothing serves`)),
    ...identities
      .filter(({ spec }) => !leavesPlatformOut(spec))
      .map(({ metadata }) => finding(`${metadata.name} gives identities to the platform`)),
    ...(issues ? [] : [finding(`the authority asks ${String(issuer)}, which issues nothing`)]),
    ...(/trustDomain: "?\$\{CLUSTER_NAME\}/.test(everyCluster) || !everyCluster.includes('trustDomain')
      ? []
      : [finding('clusters share a trust domain')]),
  ];
}

function leavesPlatformOut(spec: unknown): boolean {
  return list(at(spec, 'namespaceSelector', 'matchExpressions')).some(
    ({ key, operator, values }) =>
      key === 'app.kubernetes.io/part-of' &&
      operator === 'NotIn' &&
      (values as readonly string[]).includes('platform'),
  );
}
