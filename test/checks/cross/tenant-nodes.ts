/** Tenants with nodes of their own: each has a pool that refuses others, and is refused anywhere else. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const POLICY = 'tenants-on-their-own-nodes';
const TENANT = 'platform/tenant';
const SCRIPT = 'scripts/tenant-hosts.sh';

export const tenantNodes: CrossCheck = {
  code: 'tenant-nodes',
  says: 'Every tenant with nodes of its own has a pool with its taint, and the API server keeps it there.',
  check: tree => clustersIn(tree).flatMap(view => findingsOf(tree, view)),
};

function findingsOf(tree: FileTree, view: ClusterView): readonly Finding[] {
  const found = (right: boolean, message: string) =>
    right ? [] : [{ code: 'tenant-nodes', place: view.name, message }];
  const infrastructure = poolsOfInfrastructure(tree);
  const objects = [...poolsOfObjects(view), ...setsOfTenants(tree)];
  const hosts = tenantHosts(tree, view.name);
  const owned = infrastructure !== null || objects.length > 0 || hosts.length > 0;
  const policies = view.objects.filter(({ metadata }) => metadata.name === POLICY);
  if (!owned && policies.length === 0) return [];
  const binding = policies.find(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  const policy = policies.find(({ kind }) => kind === 'ValidatingAdmissionPolicy');
  const rules = list(at(policy?.spec, 'validations')).map(({ expression }) => String(expression));
  const tenants = view.objects.flatMap(({ kind, metadata: { labels = {} } }) =>
    kind === 'Namespace' && labels['platform/team'] !== undefined ? [labels['platform/team']] : [],
  );
  const planned = [...(infrastructure ?? []), ...objects, ...hosts.map(({ tenant }) => tenant)];
  return [
    ...found(
      (at(binding?.spec, 'validationActions') as unknown[] | undefined)?.includes('Deny') === true,
      'nothing keeps tenants on their own nodes',
    ),
    ...found(
      rules.some(rule => rule.includes('nodeSelector')) && rules.some(rule => rule.includes('tolerations')),
      'tenants may tolerate the taints of others',
    ),
    ...hostProblems(tree, view.name, hosts).flatMap(message => found(false, message)),
    ...(providerPlans(tree)
      ? []
      : [...new Set(tenants)].flatMap(tenant =>
          found(planned.includes(tenant), `${tenant} has no node that takes its pods`),
        )),
  ];
}

interface TenantHosts {
  readonly tenant: string;
  readonly hosts: readonly string[];
}

/** On hosts: lines of the inventory. */
function tenantHosts(tree: FileTree, cluster: string): readonly TenantHosts[] {
  const text = tree.get(`infra/hosts/${cluster}.conf`) ?? '';
  return [...text.matchAll(/^tenant ([a-z0-9-]+) (.+)$/gm)].map(([, tenant = '', hosts = '']) => ({
    tenant,
    hosts: hosts.split(' '),
  }));
}

function hostProblems(tree: FileTree, cluster: string, tenants: readonly TenantHosts[]): readonly string[] {
  if (tenants.length === 0) return [];
  const workers = inventoriesIn(tree)
    .filter(each => each.cluster === cluster)
    .flatMap(({ hosts }) => hosts.filter(({ role }) => role === 'workload'));
  const all = tenants.flatMap(({ hosts }) => hosts);
  const marks = tree.get(SCRIPT) ?? '';
  return [
    ...tenants
      .filter(
        ({ hosts }) =>
          new Set(workers.filter(({ name }) => hosts.includes(name)).map(({ rack }) => rack)).size < 3,
      )
      .map(({ tenant }) => `hosts of ${tenant} do not stand in three places`),
    ...all.filter((host, index) => all.indexOf(host) !== index).map(host => `${host} belongs to two tenants`),
    ...(/kubectl label node .*platform\/tenant=/.test(marks) &&
    /kubectl taint node .*platform\/tenant=/.test(marks)
      ? []
      : ['hosts of tenants take everybody']),
    ...((tree.get('scripts/bootstrap.sh') ?? '').includes(`${SCRIPT} "$cluster"`)
      ? []
      : ['nothing marks the hosts of tenants']),
  ];
}

/** Autopilot makes nodes by what pods ask for. */
function providerPlans(tree: FileTree): boolean {
  return /enable_autopilot += true/.test(tree.get('infra/gke/cluster.tf') ?? '');
}

/** On OpenShift in a cloud a script makes sets of machines, and they refuse others. */
function setsOfTenants(tree: FileTree): readonly string[] {
  const text = tree.get('scripts/machine-sets.sh') ?? '';
  const [, named = ''] = /^ {2}for tenant in ([a-z0-9 -]+); do$/m.exec(text) ?? [];
  const marked =
    text.includes(`"${TENANT}": "'"$tenant"'"}`) &&
    text.includes(`{"key": "${TENANT}", "value": "'"$tenant"'", "effect": "NoSchedule"}`);
  return named === '' || !marked ? [] : named.split(' ');
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
