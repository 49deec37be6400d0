/** Linkerd and what it stands on, as charts: its kinds, bundles of trust, the network plugin, the control plane. */

import type { Component, HelmValues } from '../../contribution.ts';
import { publishesAuthorities } from '../../dns-and-certificates/house/publishes.ts';
import { gatewayApi } from '../../edge/gateway-api.ts';
import { onSystemPool, overZones } from '../../edge/placement.ts';
import type { Foundation } from '../../foundation.ts';
import { alertRules } from '../../metrics/alerts.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { ANCHOR, CERTIFICATES } from './certificates.ts';
import { LINKERD, LINKERD_CNI, MEMBER } from './names.ts';

const TRUST = 'trust-manager';
const DECISION = 'mesh';

export function linkerdComponents(input: ModuleInput): readonly Component[] {
  return [
    ...(hasGateway(input) ? [] : [{ ...gatewayApi(input), decision: DECISION }]),
    {
      id: 'linkerd-crds',
      decision: DECISION,
      layer: 'crds',
      says: "Linkerd's own kinds. Those of the Gateway API, which it reads as well, have their one owner in gateway-api.",
      // Helm keeps its record there; the namespaces of this repository come later.
      chart: {
        release: 'linkerd-crds',
        namespace: 'kube-system',
        crds: 'skip',
        values: { installGatewayAPI: false },
      },
    },
    ...(publishesAuthorities(input) ? [] : [trustManager(input)]),
    networkPlugin(input.foundation),
    controlPlane(input),
  ];
}

/** A gateway brings the kinds of the Gateway API, or the provider does. */
function hasGateway({ stack }: ModuleInput): boolean {
  return pickOf(stack, 'edge')?.startsWith('gateway-') === true;
}

function trustManager({ foundation }: ModuleInput): Component {
  return {
    id: TRUST,
    decision: DECISION,
    layer: 'platform-core',
    says: 'Brings what everything trusts to where it is read, old and new anchor side by side while one replaces the other.',
    chart: {
      release: TRUST,
      namespace: 'cert-manager',
      crds: 'skip',
      values: {
        crds: { enabled: true, keep: true },
        replicaCount: 2,
        podDisruptionBudget: { enabled: true },
        // Anchors of one's own alone: no list of public authorities.
        defaultPackage: { enabled: false },
        app: {
          trust: { namespace: 'cert-manager' },
          metrics: { service: { servicemonitor: { enabled: true } } },
        },
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        priorityClassName: 'platform-critical',
        ...onSystemPool(foundation),
        topologySpreadConstraints: overZones({ 'app.kubernetes.io/name': TRUST }),
      },
    },
  };
}

function networkPlugin({ networkPlugins }: Foundation): Component {
  return {
    id: 'linkerd2-cni',
    decision: DECISION,
    layer: 'platform-mesh',
    says: 'Leads the traffic of pods to their proxies, in the place of privileged containers within them.',
    chart: {
      release: 'linkerd2-cni',
      namespace: LINKERD_CNI,
      crds: 'skip',
      values: {
        ...(networkPlugins === undefined ? {} : { destCNIBinDir: networkPlugins }),
        priorityClassName: 'system-node-critical',
        // Starts pods again that came up before the plugin was there.
        repairController: {
          enabled: true,
          resources: { cpu: { request: '10m' }, memory: { request: '32Mi', limit: '64Mi' } },
        },
        resources: { cpu: { request: '10m' }, memory: { request: '32Mi', limit: '64Mi' } },
      },
    },
  };
}

function controlPlane(input: ModuleInput): Component {
  return {
    id: LINKERD,
    decision: DECISION,
    layer: 'platform-mesh',
    says: 'Identity, destinations, policies and the injector. Running proxies go on without it; certificates last for a day.',
    chart: { release: LINKERD, namespace: LINKERD, crds: 'skip', values: values(input) },
    objects: { ...CERTIFICATES, alerts: [alerts(input)] },
  };
}

const SIZE = { cpu: { request: '100m' }, memory: { request: '50Mi', limit: '250Mi' } } as const;

function values({ foundation }: ModuleInput): HelmValues {
  return {
    cniEnabled: true,
    identity: { externalCA: true, issuer: { scheme: 'kubernetes.io/tls' } },
    ...webhook('policyValidator', 'linkerd-policy-validator'),
    ...webhook('profileValidator', 'linkerd-sp-validator'),
    proxyInjector: {
      ...webhook('proxyInjector', 'linkerd-proxy-injector').proxyInjector,
      namespaceSelector: {
        matchExpressions: [{ key: MEMBER.label, operator: 'In', values: [MEMBER.value] }],
      },
    },
    // A pod that is to be in the mesh does not start outside of it.
    webhookFailurePolicy: 'Fail',
    controllerReplicas: 3,
    enablePodAntiAffinity: true,
    enablePodDisruptionBudget: true,
    deploymentStrategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: '25%' } },
    destinationResources: SIZE,
    identityResources: SIZE,
    proxyInjectorResources: SIZE,
    spValidatorResources: SIZE,
    disableHeartBeat: true,
    priorityClassName: 'platform-critical',
    ...onSystemPool(foundation),
    proxy: {
      defaultInboundPolicy: 'deny',
      resources: { cpu: { request: '50m' }, memory: { request: '32Mi', limit: '250Mi' } },
    },
    podMonitor: { enabled: true },
  };
}

function webhook(key: string, certificate: string): Readonly<Record<string, HelmValues>> {
  return { [key]: { externalSecret: true, injectCaFrom: `${LINKERD}/${certificate}` } };
}

function alerts(input: ModuleInput) {
  const available = `kube_deployment_status_replicas_available{namespace="${LINKERD}"}`;
  const renewal = `certmanager_certificate_renewal_timestamp_seconds{name="${ANCHOR}"}`;
  return alertRules(input, { name: LINKERD, namespace: LINKERD }, [
    {
      alert: 'LinkerdControlPlaneMissing',
      expr: `min by (deployment) (${available}) < 1 or absent(${available})`,
      lasting: '5m',
      severity: 'critical',
      summary: 'A part of the control plane of Linkerd does not run: {{ $labels.deployment }}.',
      description: 'Calls go on. Pods that start now wait, and certificates of proxies end within a day.',
      runbook: 'mesh',
    },
    {
      alert: 'LinkerdTrustAnchorToRotate',
      expr: `${renewal} - time() < 90 * 86400`,
      lasting: '1h',
      severity: 'warning',
      summary: 'The trust anchor of Linkerd is renewed by itself within 90 days; rotate it by hand before.',
      description:
        'Renewed without its predecessor being trusted meanwhile, it takes every call between pods down.',
      runbook: 'rotate-trust-anchor',
    },
  ]);
}
