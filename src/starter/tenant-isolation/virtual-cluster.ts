/** A virtual cluster for each tenant: an API server and an etcd of its own in the tenant's namespace, whose pods run on the nodes of all. */
import type { IRole, IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { collect } from '../collect.ts';
import type { Component, Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { pickOf } from '../picks.ts';
import { type Space, spacesOf } from './spaces.ts';
import { namespacesOfTeams } from './team-namespaces.ts';
import { virtualClusterRunbook } from './virtual-cluster/runbook.ts';
import { virtualClusterValues } from './virtual-cluster/values.ts';

const DECISION = 'tenant-isolation';
const FOLDER = 'virtual-cluster-access';

export function virtualClusters(input: ModuleInput): Contribution | NotGenerated {
  if (pickOf(input.stack, 'topology') === 'cluster-per-tenant')
    return { notGenerated: 'Each tenant has a cluster already, and needs no virtual one in it.' };
  const spaces = spacesOf(input);
  return collect([
    namespacesOfTeams(input),
    {
      components: spaces.map(space => componentOf(input, space)),
      config: [
        {
          id: FOLDER,
          decision: DECISION,
          says: 'Members of a team fetch the credentials of their virtual cluster and reach it through the API of this one; they may do nothing else here.',
          objects: { members: spaces.flatMap(space => accessOf(input, space)) },
        },
      ],
      edges: spaces.flatMap(edgesOf),
      runbooks: [virtualClusterRunbook(input, spaces)],
      checks: [
        {
          decision: DECISION,
          says: 'Control planes of tenants run without root.',
          command: `! grep -rqE '^ +runAsUser: 0$' ${spaces.map(space => `platform/${nameOf(space)}/values.yaml`).join(' ')}`,
          path: 'platform',
        },
        {
          decision: DECISION,
          says: 'The control plane of every tenant answers.',
          command: spaces
            .map(
              space => `kubectl -n ${space.name} rollout status statefulset/${nameOf(space)} --timeout=10m`,
            )
            .join(' && '),
          path: 'platform',
        },
      ],
    },
  ]);
}

/** Also the name of its release, of its Service and, with `vc-` in front, of the Secret with its credentials. */
export const nameOf = ({ name }: Space): string => name.replace(/^team-/, 'virtual-');

function componentOf(input: ModuleInput, space: Space): Component {
  return {
    id: nameOf(space),
    decision: DECISION,
    layer: 'platform-core',
    says: `The control plane of the virtual cluster of ${space.team}: three of everything, in the namespace that its pods run in.`,
    chart: {
      release: 'vcluster',
      namespace: space.name,
      crds: 'skip',
      values: virtualClusterValues(input, nameOf(space)),
    },
  };
}

/** Port-forwarding to one Service and reading one Secret: with both the tenant is administrator in there, and nobody out here. */
function accessOf({ foundation }: ModuleInput, space: Space): readonly [IRole, IRoleBinding] {
  const { groupName = (group: string) => `oidc:${group}` } = foundation;
  const name = 'virtual-cluster-user';
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name, namespace: space.name },
      rules: [
        { apiGroups: [''], resources: ['secrets'], resourceNames: [`vc-${nameOf(space)}`], verbs: ['get'] },
        { apiGroups: [''], resources: ['services', 'pods'], verbs: ['get', 'list'] },
        { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace: space.name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: groupName(space.team) }],
    },
  ];
}

interface Way {
  readonly name: string;
  readonly because: string;
  readonly from: PodPeer;
  readonly to: PodPeer;
  readonly ports: Edge['ports'];
}

function edgesOf(space: Space): readonly Edge[] {
  const namespace = space.name;
  const release = nameOf(space);
  const everybody: PodPeer = { kind: 'pods', namespace };
  const control: PodPeer = { kind: 'pods', namespace, labels: { app: 'vcluster', release } };
  const etcd: PodPeer = { kind: 'pods', namespace, labels: { app: 'vcluster-etcd', release } };
  const names: PodPeer = { kind: 'pods', namespace, labels: { 'k8s-app': 'vcluster-kube-dns' } };
  const ways: readonly Way[] = [
    {
      name: 'virtual-api',
      because: 'Pods of the tenant ask the API server of the tenant.',
      from: everybody,
      to: control,
      ports: [{ port: 8443 }],
    },
    {
      name: 'virtual-names',
      because: 'Names of the virtual cluster are answered in it.',
      from: everybody,
      to: names,
      ports: [
        { port: 1053, protocol: 'UDP' },
        { port: 1053, protocol: 'TCP' },
      ],
    },
    {
      name: 'virtual-etcd',
      because: 'The API server keeps what it knows in the etcd of the tenant.',
      from: control,
      to: etcd,
      ports: [{ port: 2379 }],
    },
    {
      name: 'virtual-etcd-peers',
      because: 'Members of etcd agree among each other.',
      from: etcd,
      to: etcd,
      ports: [{ port: 2379 }, { port: 2380 }],
    },
    {
      name: 'virtual-webhooks',
      because: 'The API server of the tenant calls webhooks that the tenant has installed.',
      from: control,
      to: everybody,
      ports: [{ port: 443 }, { port: 8443 }, { port: 9443 }],
    },
  ];
  return [
    ...ways.flatMap(way => bothEnds(release, way)),
    {
      name: 'virtual-to-api-server',
      owner: release,
      because: 'Makes the pods of the tenant in its namespace, and reads what becomes of them.',
      pods: control,
      direction: 'egress',
      peers: [{ kind: 'api-server' }],
      ports: [{ port: 443 }],
    },
  ];
}

function bothEnds(owner: string, { name, because, from, to, ports }: Way): readonly Edge[] {
  return [
    { name: `${name}-out`, owner, because, pods: from, direction: 'egress', peers: [to], ports },
    { name: `${name}-in`, owner, because, pods: to, direction: 'ingress', peers: [from], ports },
  ];
}
