/** Tenants with nodes of their own: each has a pool that refuses others, and is refused anywhere else. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const POLICY = 'tenants-on-their-own-nodes';
const TENANT = 'platform/tenant';

export const tenantNodes: CrossCheck = {
  code: 'tenant-nodes',
  says: 'Every tenant with nodes of its own has a pool with its taint, and the API server keeps it there.',
  check: tree => clustersIn(tree).flatMap(view => findingsOf(tree, view)),
};

function findingsOf(tree: FileTree, view: ClusterView): readonly Finding[] {
  const found = (right: boolean, message: string) =>
    right ? [] : [{ code: 'tenant-nodes', place: view.name, message }];
  const infrastructure = poolsOfInfrastructure(tree);
  const objects = poolsOfObjects(view);
  const owned = infrastructure !== null || objects.length > 0;
  const policies = view.objects.filter(({ metadata }) => metadata.name === POLICY);
  if (!owned && policies.length === 0) return [];
  const binding = policies.find(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  const policy = policies.find(({ kind }) => kind === 'ValidatingAdmissionPolicy');
  const rules = list(at(policy?.spec, 'validations')).map(({ expression }) => String(expression));
  const tenants = view.objects.flatMap(({ kind, metadata: { labels = {} } }) =>
    kind === 'Namespace' && labels['platform/team'] !== undefined ? [labels['platform/team']] : [],
  );
  const planned = [...(infrastructure ?? []), ...objects];
  return [
    ...found(
      (at(binding?.spec, 'validationActions') as unknown[] | undefined)?.includes('Deny') === true,
      'nothing keeps tenants on their own nodes',
    ),
    ...found(
      rules.some(rule => rule.includes('nodeSelector')) && rules.some(rule => rule.includes('tolerations')),
      'tenants may tolerate the taints of others',
    ),
    ...(providerPlans(tree)
      ? []
      : [...new Set(tenants)].flatMap(tenant =>
          found(planned.includes(tenant), `${tenant} has no node that takes its pods`),
        )),
  ];
}

/** Autopilot makes nodes by what pods ask for. */
function providerPlans(tree: FileTree): boolean {
  return /enable_autopilot += true/.test(tree.get('infra/gke/cluster.tf') ?? '');
}

/** Null where the infrastructure plans none, or plans them without the taint. */
function poolsOfInfrastructure(tree: FileTree): readonly string[] | null {
  const text = [...tree]
    .filter(([path]) => /^infra\/(?:eks|aks|gke)\/[^/]+\.tf$/.test(path))
    .map(([, code]) => code)
    .join('\n');
  const variable = /variable "tenant_nodes" \{[\s\S]*?^\}/m.exec(text)?.[0];
  if (variable === undefined) return null;
  const tainted = /key +(?:=) "platform\/tenant"|"platform\/tenant=\$\{each\.key\}:NoSchedule"/.test(text);
  const defaults = /default = \{([\s\S]*?)^ {2}\}/m.exec(variable)?.[1] ?? '';
  return tainted ? [...defaults.matchAll(/^ {4}"?([\w-]+)"? += \{/gm)].map(([, tenant = '']) => tenant) : [];
}

function poolsOfObjects({ objects }: ClusterView): readonly string[] {
  return objects.flatMap(({ kind, spec }) => {
    const tenant = at(spec, 'template', 'metadata', 'labels', TENANT);
    const taints = list(at(spec, 'template', 'spec', 'taints'));
    return kind === 'NodePool' && taints.some(({ key, value }) => key === TENANT && value === tenant)
      ? [String(tenant)]
      : [];
  });
}
