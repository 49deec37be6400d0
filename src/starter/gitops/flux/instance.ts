/** Flux itself: the operator as a component, an instance per cluster, and what its pods may reach. */

import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import type { Component, Contribution } from '../../contribution.ts';
import {
  AUTHORITIES_MOUNT,
  AUTHORITIES_VOLUME,
  TRUSTING,
  trustsHouse,
} from '../../dns-and-certificates/house/authorities.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { proxyOf } from '../../egress/proxy/settings.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import type { ModuleInput } from '../../module.ts';
import { credentials, PROMETHEUS, scraped, toApiServer } from '../../network/common-edges.ts';
import type { Edge, PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { release } from '../../release.ts';
import { THIS_REPOSITORY } from '../this-repository.ts';
import { FLUX_NAMESPACE, type FluxInstance } from './kinds.ts';
import { READER, readerOf, readerPatches } from './reader.ts';
import { sourcePatches, syncOf } from './source.ts';

const OPERATOR = 'flux-operator';
/** Policies of this namespace lie beside it: nothing could deliver them if they came later. */
const OWNER = 'namespaces';
const EVERY_POD: PodPeer = { kind: 'pods', namespace: FLUX_NAMESPACE };
export const FLUX_REPORTER: PodPeer = { ...EVERY_POD, labels: { app: 'notification-controller' } };

export function fluxInstance(input: ModuleInput, cluster: Cluster): FluxInstance {
  const operator = release(input, OPERATOR).version;
  const { systemPool } = input.foundation;
  return {
    apiVersion: 'fluxcd.controlplane.io/v1',
    kind: 'FluxInstance',
    metadata: { name: 'flux', namespace: FLUX_NAMESPACE },
    spec: {
      distribution: {
        version: release(input, 'flux').version,
        ...(isClosed(input)
          ? // The operator brings the manifests of its own version along.
            { registry: `${registryOf(input, cluster)}/ghcr/fluxcd` }
          : {
              registry: 'ghcr.io/fluxcd',
              artifact: `oci://ghcr.io/controlplaneio-fluxcd/flux-operator-manifests:v${operator}`,
            }),
      },
      components: ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'],
      cluster: {
        type: input.foundation.fit?.flux ?? 'kubernetes',
        size: 'medium',
        // Nothing reaches into another namespace, and what names no service account may do nothing.
        multitenant: true,
        tenantDefaultServiceAccount: 'default',
        // The policies in platform/namespaces are narrower than those of Flux.
        networkPolicy: false,
        domain: 'cluster.local',
      },
      sync: syncOf(input, cluster),
      kustomize: {
        patches: [
          {
            target: { kind: 'Deployment' },
            patch: writeYaml([
              [
                { op: 'add', path: '/spec/template/spec/nodeSelector', value: systemPool.nodeSelector },
                { op: 'add', path: '/spec/template/spec/tolerations', value: systemPool.tolerations },
              ],
            ]).replace(/^---\n/, ''),
          },
          ...sourcePatches(input),
          ...readerPatches(input, cluster),
          ...(trustsHouse(input) ? [TRUSTING_CALLERS] : []),
          ...(wayOut(input) === 'proxy' ? [proxied(input, cluster)] : []),
        ],
      },
    },
  };
}

/** The instance is applied before there are variables. */
function registryOf({ foundation }: ModuleInput, cluster: Cluster): string {
  return foundation.services?.registry?.within?.addressOf(cluster) ?? HARBOR;
}

/** What reads the source and what tells others of events believe the house; both have these lists already. */
const TRUSTING_CALLERS = {
  target: { kind: 'Deployment', name: '(source|notification)-controller' },
  patch: writeYaml([
    [
      {
        op: 'add',
        path: '/spec/template/spec/volumes/-',
        value: AUTHORITIES_VOLUME,
      },
      {
        op: 'add',
        path: '/spec/template/spec/containers/0/volumeMounts/-',
        value: AUTHORITIES_MOUNT,
      },
      { op: 'add', path: '/spec/template/spec/containers/0/env/-', value: TRUSTING },
    ],
  ]).replace(/^---\n/, ''),
};

/** For whoever of them calls out. The instance is applied before there are variables. */
const proxied = (input: ModuleInput, cluster: Cluster) => ({
  target: { kind: 'Deployment' },
  patch: writeYaml([
    Object.entries(proxyOf(input, cluster)).map(([name, value]) => ({
      op: 'add',
      path: '/spec/template/spec/containers/0/env/-',
      value: { name, value },
    })),
  ]).replace(/^---\n/, ''),
});

export function operatorComponent({ foundation: { systemPool } }: ModuleInput): Component {
  return {
    id: OPERATOR,
    decision: 'gitops',
    layer: 'platform-core',
    says: 'The operator that runs Flux; scripts/bootstrap.sh installs it with the same values.',
    chart: {
      release: OPERATOR,
      namespace: FLUX_NAMESPACE,
      crds: 'create-replace',
      values: {
        priorityClassName: 'system-cluster-critical',
        ...systemPool,
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '512Mi' } },
        // Nobody has asked for its web page.
        web: { enabled: false },
        serviceMonitor: { create: true },
      },
    },
  };
}

export function fluxGround(
  input: ModuleInput,
): Pick<Contribution, 'authorities' | 'files' | 'namespaces' | 'edges' | 'placeholders'> {
  const ground = {
    authorities: trustsHouse(input) ? [FLUX_NAMESPACE] : [],
    namespaces: [platformNamespace(FLUX_NAMESPACE, 'gitops')],
    edges: [...EDGES, ...(hasGrafana(input) ? [TO_ALERTMANAGER] : [])],
    placeholders: THIS_REPOSITORY,
  };
  const reader = readerOf(input);
  if (reader === null) return ground;
  return {
    ...ground,
    files: reader.files,
    edges: [...ground.edges, ...credentials(OWNER, READER, input.foundation.identityAgentPort)],
  };
}

const EDGES: readonly Edge[] = [
  toApiServer(OWNER, EVERY_POD),
  {
    name: 'to-git-and-registries',
    owner: OWNER,
    because: 'Reads this repository, charts and CRDs over HTTPS from addresses that change.',
    pods: EVERY_POD,
    direction: 'egress',
    peers: [{ kind: 'anywhere' }],
    ports: [{ port: 443 }],
  },
  {
    name: 'within-flux',
    owner: OWNER,
    because: 'Controllers fetch what the source controller read and hand over their events.',
    pods: EVERY_POD,
    direction: 'ingress',
    peers: [EVERY_POD],
    ports: [{ port: 9090 }],
  },
  {
    name: 'to-flux',
    owner: OWNER,
    because:
      'The Services listen on 80 and their pods on 9090; some plugins judge a packet before, some after that is translated.',
    pods: EVERY_POD,
    direction: 'egress',
    peers: [EVERY_POD],
    ports: [{ port: 80 }, { port: 9090 }],
  },
  scraped(OWNER, EVERY_POD, 8080),
];

const TO_ALERTMANAGER: Edge = {
  name: 'events-to-alertmanager',
  owner: OWNER,
  because: 'What could not be applied becomes an alert.',
  pods: FLUX_REPORTER,
  direction: 'egress',
  peers: [
    { kind: 'pods', namespace: PROMETHEUS.namespace, labels: { 'app.kubernetes.io/name': 'alertmanager' } },
  ],
  ports: [{ port: 9093 }],
};
