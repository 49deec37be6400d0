/** Policies of Istio that follow from the edges: identity everywhere, and nobody but those whom an edge names. */
import type {
  IAuthorizationPolicy,
  IPeerAuthentication,
} from '@kubernetes-models/istio/security.istio.io/v1';
import type { ConfigFolder } from '../../contribution.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { Edge } from '../../network/edge.ts';
import { type Admission, admissions, type Members, nameOfPods } from '../members.ts';
import { ISTIO_NAMESPACE } from './control-plane.ts';

export function istioPolicies(edges: readonly Edge[], members: Members): ConfigFolder {
  const allowed = admissions(edges, members);
  return {
    id: 'mesh',
    decision: 'mesh',
    says: 'Mutual TLS everywhere; who may call whom follows from the same edges as the network policies.',
    objects: {
      'mutual-tls': [STRICT],
      ...Object.fromEntries(
        members.namespaces.map(namespace => [namespace, objectsOf(namespace, allowed)] as const),
      ),
    },
  };
}

const STRICT: IPeerAuthentication = {
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: { name: 'default', namespace: ISTIO_NAMESPACE },
  spec: { mtls: { mode: 'STRICT' } },
};

function objectsOf(namespace: string, allowed: readonly Admission[]): readonly KubernetesObject[] {
  const own = allowed.filter(({ pods }) => pods.namespace === namespace);
  return [
    denyAll(namespace),
    ...own.map(policy),
    ...withoutIdentity(own.filter(({ anybody }) => anybody === 'yes')),
  ];
}

/** Without any rule nothing is allowed. */
function denyAll(namespace: string): IAuthorizationPolicy {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'default-deny', namespace },
    spec: {},
  };
}

function policy({ pods, port, from, anybody }: Admission): IAuthorizationPolicy {
  const to = [{ operation: { ports: [String(port)] } }];
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: `${nameOfPods(pods)}-${port}`, namespace: pods.namespace },
    spec: {
      ...selector(pods),
      action: 'ALLOW',
      // Who comes without an identity is told apart by the network alone.
      rules: [anybody === 'yes' ? { to } : { from: [{ source: { namespaces: [...from] } }], to }],
    },
  };
}

/** Ports that something outside the mesh reads: the rest of the pod stays strict. */
function withoutIdentity(open: readonly Admission[]): readonly IPeerAuthentication[] {
  const chosen = [...new Set(open.map(({ pods }) => JSON.stringify(pods)))];
  return chosen.flatMap(pods => {
    const list = open.filter(each => JSON.stringify(each.pods) === pods);
    const [first] = list;
    // Ports can be named for chosen pods alone.
    if (first?.pods.labels === undefined) return [];
    return [
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: { name: nameOfPods(first.pods), namespace: first.pods.namespace },
        spec: {
          ...selector(first.pods),
          mtls: { mode: 'STRICT' },
          portLevelMtls: Object.fromEntries(list.map(({ port }) => [String(port), { mode: 'PERMISSIVE' }])),
        },
      } satisfies IPeerAuthentication,
    ];
  });
}

function selector({ labels }: Admission['pods']) {
  return labels === undefined ? {} : { selector: { matchLabels: { ...labels } } };
}
