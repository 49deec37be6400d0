/** Policies of Linkerd that follow from the edges: every port denies but those whom an edge names. */

import type { ConfigFolder } from '../../contribution.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { Edge } from '../../network/edge.ts';
import { type Admission, admissions, type Members, nameOfPods } from '../members.ts';

interface Labels {
  readonly matchLabels?: Readonly<Record<string, string>>;
}
interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}
interface Server extends KubernetesObject {
  readonly spec: { readonly podSelector: Labels; readonly port: number; readonly proxyProtocol: 'unknown' };
}
interface Authorization extends KubernetesObject {
  readonly spec: {
    readonly targetRef: Reference;
    readonly requiredAuthenticationRefs: readonly Reference[];
  };
}
interface ByIdentity extends KubernetesObject {
  readonly spec: { readonly identityRefs: readonly { readonly kind: 'Namespace'; readonly name: string }[] };
}
interface ByAddress extends KubernetesObject {
  readonly spec: { readonly networks: readonly { readonly cidr: string }[] };
}

const GROUP = 'policy.linkerd.io';
const ANYBODY = 'anybody';

export function linkerdPolicies(edges: readonly Edge[], members: Members): ConfigFolder {
  const allowed = admissions(edges, members);
  return {
    id: 'mesh',
    decision: 'mesh',
    says: 'Proxies deny by default; who may call whom follows from the same edges as the network policies.',
    objects: Object.fromEntries(
      members.namespaces.map(namespace => [
        namespace,
        allowed
          .filter(({ pods }) => pods.namespace === namespace)
          .flatMap(objectsOf)
          .filter(firstOfItsName),
      ]),
    ),
  };
}

function objectsOf(admission: Admission): readonly KubernetesObject[] {
  const { pods, port, from, anybody } = admission;
  const name = `${nameOfPods(pods)}-${port}`;
  const server: Server = {
    apiVersion: `${GROUP}/v1beta3`,
    kind: 'Server',
    metadata: { name, namespace: pods.namespace },
    spec: {
      podSelector: pods.labels === undefined ? {} : { matchLabels: { ...pods.labels } },
      port,
      proxyProtocol: 'unknown',
    },
  };
  // Who comes without an identity is told apart by the network alone.
  if (anybody === 'yes')
    return [
      server,
      everyAddress(pods.namespace),
      authorization(admission, name, 'NetworkAuthentication', ANYBODY),
    ];
  return [
    server,
    ...from.flatMap(namespace => [
      identities(pods.namespace, namespace),
      authorization(admission, `${name}-from-${namespace}`, 'MeshTLSAuthentication', `from-${namespace}`),
    ]),
  ];
}

function authorization({ pods, port }: Admission, name: string, kind: string, to: string): Authorization {
  return {
    apiVersion: `${GROUP}/v1alpha1`,
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace: pods.namespace },
    spec: {
      targetRef: { group: GROUP, kind: 'Server', name: `${nameOfPods(pods)}-${port}` },
      requiredAuthenticationRefs: [{ group: GROUP, kind, name: to }],
    },
  };
}

function identities(namespace: string, from: string): ByIdentity {
  return {
    apiVersion: `${GROUP}/v1alpha1`,
    kind: 'MeshTLSAuthentication',
    metadata: { name: `from-${from}`, namespace },
    spec: { identityRefs: [{ kind: 'Namespace', name: from }] },
  };
}

function everyAddress(namespace: string): ByAddress {
  return {
    apiVersion: `${GROUP}/v1alpha1`,
    kind: 'NetworkAuthentication',
    metadata: { name: ANYBODY, namespace },
    spec: { networks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }] },
  };
}

function firstOfItsName(object: KubernetesObject, index: number, all: readonly KubernetesObject[]): boolean {
  return (
    all.findIndex(each => each.kind === object.kind && each.metadata?.name === object.metadata?.name) ===
    index
  );
}
