/** The gateway of Azure: AKS runs the control plane of application routing, which makes the proxies of a Gateway beside it. */
import type { IConfigMap } from 'kubernetes-models/v1';
import { writeYaml } from '../../files/yaml.ts';
import type { Contribution } from '../contribution.ts';
import type { Foundation } from '../foundation.ts';
import type { ModuleInput } from '../module.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import type { Check } from '../part.ts';
import { pickOf } from '../picks.ts';
import type { EdgeModule } from '../way-in.ts';
import { edgeAlerts, edgeRunbook, type ProxySigns } from './alerts.ts';
import { publicGateway } from './gateway/public-gateway.ts';
import { GATEWAY, wayThroughGateway } from './gateway/way-in.ts';
import { podMonitor } from './monitor.ts';
import { onSystemPool, overZones, PROXY_REPLICAS } from './placement.ts';
import { proxyEdges } from './proxy-edges.ts';
import { gatewayName, openFirst } from './public-name.ts';

export const CLASS = 'approuting-istio';
/** Where the control plane lives, and who looks after it. */
export const ROUTING_NAMESPACE = 'aks-istio-system';
const OWNER = 'gateway';
const OPTIONS = 'proxies';
const BY_GATEWAY = { 'gateway.networking.k8s.io/gateway-name': GATEWAY.name };
const PROXIES: PodPeer = { kind: 'pods', namespace: GATEWAY.namespace, labels: BY_GATEWAY };

const SIGNS: ProxySigns = {
  namespace: GATEWAY.namespace,
  deployment: `${GATEWAY.name}-${CLASS}`,
  answers: {
    all: `istio_requests_total{reporter="source", source_workload="${GATEWAY.name}-${CLASS}"}`,
    failed: `istio_requests_total{reporter="source", source_workload="${GATEWAY.name}-${CLASS}", response_code=~"5.."}`,
  },
};

export const gatewayAzure: EdgeModule = input =>
  pickOf(input.stack, 'mesh')?.startsWith('istio-') === true
    ? {
        notGenerated:
          'Application routing of AKS does not start beside the kinds of Istio, which the mesh brings: take the gateway of Istio with it.',
      }
    : { wayIn: wayThroughGateway(OWNER, PROXIES), contribution: contribution(input) };

function contribution(input: ModuleInput): Contribution {
  return {
    namespaces: [
      {
        ...platformNamespace(GATEWAY.namespace, 'edge'),
        podSecurity: 'privileged',
        because:
          'AKS makes the proxies of the gateway there and does not let their security settings be changed; nothing else runs in it, and teams may not write to it.',
      },
    ],
    components: [
      {
        id: OWNER,
        decision: 'edge',
        layer: 'platform-net',
        says: 'How AKS makes the proxies of the gateway: where they run, how many, and how they are measured. AKS installs and upgrades them.',
        objects: {
          options: [options(input.foundation)],
          monitors: [podMonitor('proxies', PROXIES, { port: 'metrics', path: '/stats/prometheus' })],
          alerts: [edgeAlerts(input, SIGNS)],
        },
      },
    ],
    edges: [
      {
        name: 'configuration-of-gateway',
        owner: OWNER,
        because: 'Proxies get their configuration and their certificates from the control plane of AKS.',
        pods: PROXIES,
        direction: 'egress',
        peers: [{ kind: 'pods', namespace: ROUTING_NAMESPACE, labels: { app: 'istiod' } }],
        ports: [{ port: 15012 }],
      },
      ...proxyEdges(OWNER, PROXIES, { public: [80, 443], metrics: 15020 }),
    ],
    config: [
      publicGateway({
        className: CLASS,
        infrastructure: { parametersRef: { group: '', kind: 'ConfigMap', name: OPTIONS } },
      }),
    ],
    runbooks: [gatewayName(input, ROUTING_NAMESPACE), edgeRunbook(SIGNS, ROUTING_NAMESPACE)],
    nextSteps: [openFirst(input)],
    checks: CHECKS,
  };
}

/** What AKS lets be said of the proxies, and no more: other fields are refused by its webhook. */
function options(foundation: Foundation): IConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: OPTIONS, namespace: GATEWAY.namespace },
    data: {
      deployment: asText({
        spec: {
          template: {
            spec: { ...onSystemPool(foundation), topologySpreadConstraints: overZones(BY_GATEWAY) },
          },
        },
      }),
      horizontalPodAutoscaler: asText({ spec: PROXY_REPLICAS }),
      podDisruptionBudget: asText({ spec: { minAvailable: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow' } }),
      // The address of the client stays; the probe that AKS adds for the other policy would then ask the wrong port.
      service: asText({
        metadata: {
          annotations: {
            'service.beta.kubernetes.io/port_80_health-probe_port': null,
            'service.beta.kubernetes.io/port_80_health-probe_protocol': null,
            'service.beta.kubernetes.io/port_80_health-probe_request-path': null,
          },
        },
        spec: { externalTrafficPolicy: 'Local' },
      }),
    },
  };
}

function asText(value: unknown): string {
  return writeYaml([value]).replace(/^---\n/, '');
}

const FILE = 'platform-config/base/gateway/gateway.yaml';

const CHECKS: readonly Check[] = [
  {
    decision: 'edge',
    says: `The public gateway is of the class ${CLASS}, which AKS serves.`,
    command: `grep -q '^  gatewayClassName: ${CLASS}$' ${FILE}`,
    path: FILE,
  },
  {
    decision: 'edge',
    says: 'AKS brings the kinds of the Gateway API, and nothing of this repository does.',
    command: `grep -q -- '--enable-gateway-api' scripts/bootstrap.sh`,
    path: 'scripts/bootstrap.sh',
  },
  {
    decision: 'edge',
    says: 'The public gateway has an address and serves HTTPS.',
    command: `kubectl -n ${GATEWAY.namespace} wait --for=condition=Programmed gateway/${GATEWAY.name} --timeout=10m`,
    path: FILE,
  },
];
