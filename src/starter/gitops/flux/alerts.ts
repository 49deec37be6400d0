/** What Flux could not apply becomes an alert, and Prometheus reads how its controllers do. */
import type { IAlert, IProvider } from '@kubernetes-models/flux-cd/notification.toolkit.fluxcd.io/v1beta3';
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { ConfigFolder } from '../../contribution.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import type { ModuleInput } from '../../module.ts';
import { FLUX_NAMESPACE } from './kinds.ts';

const ALERTMANAGER = 'alertmanager';

/** Without an Alertmanager in the cluster, the metrics of Flux are what raises the alert. */
export function fluxAlerts(input: ModuleInput): ConfigFolder {
  return {
    id: 'alerting',
    decision: 'gitops',
    says: 'Errors of delivery go the same way as all other alerts.',
    objects: {
      ...(hasGrafana(input) ? { 'flux-alerts': [provider(), alert()] } : {}),
      'flux-monitor': [monitor()],
    },
  };
}

function provider(): IProvider {
  return {
    apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
    kind: 'Provider',
    metadata: { name: ALERTMANAGER, namespace: FLUX_NAMESPACE },
    spec: {
      type: 'alertmanager',
      address: 'http://alertmanager-operated.monitoring.svc.cluster.local:9093/api/v2/alerts/',
    },
  };
}

function alert(): IAlert {
  const kinds = ['GitRepository', 'HelmRelease', 'HelmRepository', 'Kustomization', 'OCIRepository'] as const;
  return {
    apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
    kind: 'Alert',
    metadata: { name: 'delivery-failed', namespace: FLUX_NAMESPACE },
    spec: {
      providerRef: { name: ALERTMANAGER },
      eventSeverity: 'error',
      eventSources: kinds.map(kind => ({ kind, name: '*' })),
    },
  };
}

function monitor(): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'flux', namespace: FLUX_NAMESPACE },
    spec: {
      selector: {
        matchExpressions: [
          {
            key: 'app',
            operator: 'In',
            values: [
              'helm-controller',
              'kustomize-controller',
              'notification-controller',
              'source-controller',
            ],
          },
        ],
      },
      podMetricsEndpoints: [{ port: 'http-prom', interval: '1m' }],
    },
  };
}
