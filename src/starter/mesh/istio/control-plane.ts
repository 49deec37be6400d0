/** Istio's control plane, which gateways and meshes of Istio share: its kinds, istiod, its traffic, its alerts. */

import type { Component, Contribution, HelmValues } from '../../contribution.ts';
import { podMonitor } from '../../edge/monitor.ts';
import { onSystemPool, overZones } from '../../edge/placement.ts';
import { alertRules } from '../../metrics/alerts.ts';
import type { ModuleInput } from '../../module.ts';
import { scraped, toApiServer, webhook } from '../../network/common-edges.ts';
import type { Edge, Peer, PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { pickOf } from '../../picks.ts';
import { istioUpgrade } from './upgrade.ts';

/** The id of the release; istiod is its chart. */
export const ISTIO = 'istio';
export const ISTIO_NAMESPACE = 'istio-system';
export const ISTIOD = {
  kind: 'pods',
  namespace: ISTIO_NAMESPACE,
  labels: { app: 'istiod' },
} as const satisfies PodPeer;
/** Where proxies get their configuration and their certificates. */
export const CONFIGURATION_PORT = 15012;

export function isIstioGateway({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return pickOf(stack, 'edge') === 'gateway-istio';
}
export function isIstioMesh({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return pickOf(stack, 'mesh')?.startsWith('istio-') === true;
}

/** `own` are the values of what it serves: gateways, ambient mode, sidecars. `clients` ask it for configuration. */
export function istioControlPlane(
  input: ModuleInput,
  decision: 'edge' | 'mesh',
  own: HelmValues,
  clients: readonly Peer[],
): Contribution {
  return {
    namespaces: [platformNamespace(ISTIO_NAMESPACE, decision)],
    components: [base(decision, own.revision), istiod(input, decision, own)],
    edges: edges(clients),
    runbooks: [istioUpgrade(input)],
    checks: [
      {
        decision,
        says: 'Istio is installed in one version, and its configuration has no finding.',
        command: 'istioctl version && istioctl analyze --all-namespaces',
        path: `platform/${ISTIO}/values.yaml`,
      },
    ],
  };
}

function base(decision: 'edge' | 'mesh', revision: unknown): Component {
  return {
    id: 'istio-base',
    decision,
    layer: 'platform-core',
    says: "Istio's kinds. They come before istiod, and stay when it goes.",
    chart: {
      release: 'istio-base',
      namespace: ISTIO_NAMESPACE,
      crds: 'skip',
      values: { defaultRevision: revision ?? 'default' },
    },
  };
}

function istiod(input: ModuleInput, decision: 'edge' | 'mesh', own: HelmValues): Component {
  const { global, ...others } = own;
  return {
    id: ISTIO,
    decision,
    layer: 'platform-mesh',
    says: 'istiod: hands out configuration and certificates. Running proxies go on without it, new ones wait for it.',
    chart: {
      release: ISTIO,
      namespace: ISTIO_NAMESPACE,
      crds: 'skip',
      values: {
        autoscaleMin: 2,
        autoscaleMax: 5,
        resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { memory: '2Gi' } },
        ...onSystemPool(input.foundation),
        topologySpreadConstraints: overZones(ISTIOD.labels),
        seccompProfile: { type: 'RuntimeDefault' },
        pdb: { minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
        gateways: { seccompProfile: { type: 'RuntimeDefault' } },
        global: {
          priorityClassName: 'platform-critical',
          logAsJson: true,
          ...(global as HelmValues | undefined),
        },
        ...others,
      },
    },
    objects: {
      monitors: [podMonitor('istiod', ISTIOD, { port: 'http-monitoring' })],
      alerts: [alerts(input)],
    },
  };
}

function edges(clients: readonly Peer[]): readonly Edge[] {
  return [
    webhook(ISTIO, ISTIOD, 15017),
    toApiServer(ISTIO, ISTIOD),
    scraped(ISTIO, ISTIOD, 15014),
    {
      name: 'configuration-for-proxies',
      owner: ISTIO,
      because: 'Proxies get their configuration and their certificates from istiod.',
      pods: ISTIOD,
      direction: 'ingress',
      peers: clients,
      ports: [{ port: CONFIGURATION_PORT }],
    },
  ];
}

export function toIstiod(owner: string, name: string, pods: PodPeer): Edge {
  return {
    name,
    owner,
    because: 'Gets its configuration and its certificate from istiod.',
    pods,
    direction: 'egress',
    peers: [ISTIOD],
    ports: [{ port: CONFIGURATION_PORT }],
  };
}

function alerts(input: ModuleInput) {
  const running =
    'kube_deployment_status_replicas_available{namespace="istio-system", deployment=~"istiod.*"}';
  return alertRules(input, { name: ISTIO, namespace: ISTIO_NAMESPACE }, [
    {
      alert: 'IstiodMissing',
      expr: `max(${running}) < 1 or absent(${running})`,
      lasting: '5m',
      severity: 'critical',
      summary: 'No istiod is ready.',
      description: 'Running proxies go on with what they have; pods that start now get no certificate.',
      runbook: 'upgrade-istio',
    },
    {
      alert: 'IstioRootCertificateEnds',
      expr: 'min(citadel_server_root_cert_expiry_timestamp) - time() < 90 * 86400',
      lasting: '1h',
      severity: 'warning',
      summary: "The root certificate of Istio's own authority ends within 90 days.",
      description:
        'When it ends no proxy trusts another one. Changing it takes days: old and new are trusted together for a while.',
      runbook: 'upgrade-istio',
    },
    {
      alert: 'IstioConfigurationRejected',
      expr: 'sum by (type) (rate(pilot_total_xds_rejects[5m])) > 0',
      lasting: '10m',
      severity: 'warning',
      summary: 'Proxies reject configuration of istiod.',
      description:
        'They stay with the last one that they accepted: a change of routes or policies has not arrived.',
      runbook: 'upgrade-istio',
    },
  ]);
}
