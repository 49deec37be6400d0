/** A namespace and its baseline: Pod Security, nothing in or out but DNS, and for teams a quota. */

import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { ILimitRange, INamespace, IResourceQuota } from 'kubernetes-models/v1';
import type { Id } from '../../content/catalogue.ts';
import type { NamespaceSpec } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { Resolver } from './edge.ts';

/** Label of a policy that belongs to a namespace and, being one for the whole cluster, lies in none. */
export const OF_NAMESPACE = 'platform/namespace';

/** The namespace that an object lies in or, for what lies in none, belongs to. */
export function namespaceOf({ metadata }: KubernetesObject): string | undefined {
  return metadata?.namespace ?? metadata?.labels?.[OF_NAMESPACE];
}

/** A namespace of a part of the platform: restricted, and without the quota that teams get. */
export function platformNamespace(name: string, decision: Id): NamespaceSpec {
  return { name, decision, podSecurity: 'restricted', because: '', owner: 'platform', quota: null };
}

export function namespaceObjects(
  spec: NamespaceSpec,
  kubernetes: string,
  resolvers: readonly Resolver[],
): readonly KubernetesObject[] {
  return [
    namespace(spec, kubernetes),
    denyAll(spec.name),
    allowDns(spec.name, resolvers),
    ...(spec.criticalPods === 'allowed' ? [criticalPods(spec.name)] : []),
    ...(spec.quota === null ? [] : [quota(spec.name, spec.quota), limits(spec.name)]),
  ];
}

function namespace(
  { name, podSecurity, owner, labels, annotations = {} }: NamespaceSpec,
  kubernetes: string,
): INamespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        'app.kubernetes.io/part-of': owner,
        'pod-security.kubernetes.io/enforce': podSecurity,
        'pod-security.kubernetes.io/enforce-version': `v${kubernetes}`,
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': 'latest',
        // An exception is written down; to warn of it at every apply teaches people to pass warnings over.
        'pod-security.kubernetes.io/warn': podSecurity,
        'pod-security.kubernetes.io/warn-version': 'latest',
        ...labels,
      },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    },
  };
}

function denyAll(name: string): INetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny', namespace: name },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
}

function allowDns(name: string, resolvers: readonly Resolver[]): INetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'allow-dns', namespace: name },
    spec: {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: resolvers.map(resolver =>
            resolver.kind === 'address'
              ? { ipBlock: { cidr: resolver.cidr } }
              : {
                  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': resolver.namespace } },
                  podSelector: { matchLabels: { ...resolver.labels } },
                },
          ),
          ports: portsOf(resolvers).flatMap(port => [
            { protocol: 'UDP', port },
            { protocol: 'TCP', port },
          ]),
        },
      ],
    },
  };
}

/** Some plugins judge a packet after the port of the Service has become that of a pod. */
function portsOf(resolvers: readonly Resolver[]): readonly number[] {
  return [
    ...new Set([
      53,
      ...resolvers.flatMap(each => ('port' in each && each.port !== undefined ? [each.port] : [])),
    ]),
  ];
}

function quota(namespaceName: string, amount: NonNullable<NamespaceSpec['quota']>): IResourceQuota {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'team', namespace: namespaceName },
    spec: {
      hard: {
        'requests.cpu': amount.cpu,
        'requests.memory': amount.memory,
        pods: String(amount.pods),
        'services.loadbalancers': '0',
        'services.nodeports': '0',
      },
    },
  };
}

function criticalPods(namespaceName: string): IResourceQuota {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'critical-pods', namespace: namespaceName },
    spec: {
      hard: { pods: '1000' },
      scopeSelector: {
        matchExpressions: [
          {
            scopeName: 'PriorityClass',
            operator: 'In',
            values: ['system-cluster-critical', 'system-node-critical'],
          },
        ],
      },
    },
  };
}

/** What a container gets that names nothing itself. */
function limits(namespaceName: string): ILimitRange {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'defaults', namespace: namespaceName },
    spec: {
      limits: [
        {
          type: 'Container',
          defaultRequest: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
          default: { memory: '128Mi', 'ephemeral-storage': '128Mi' },
        },
      ],
    },
  };
}
