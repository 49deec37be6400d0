/** Values of the chart kube-prometheus-stack. */
import type { HelmValues } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import { NODE_AGENTS } from '../namespaces.ts';

/** Without these Prometheus only reads monitors and rules that carry the label of its own release. */
const READ_EVERYTHING = {
  ruleSelectorNilUsesHelmValues: false,
  serviceMonitorSelectorNilUsesHelmValues: false,
  podMonitorSelectorNilUsesHelmValues: false,
  probeSelectorNilUsesHelmValues: false,
  scrapeConfigSelectorNilUsesHelmValues: false,
};

/** No agent at the node, and no Service of ours in `kube-system`: the provider refuses both. */
const WITHOUT_HOST = {
  nodeExporter: { enabled: false },
  kubelet: { enabled: false },
  coreDns: { enabled: false },
} as const;

const kubelets = (name: string, path: string) => ({
  job_name: name,
  scheme: 'https',
  metrics_path: path,
  bearer_token_file: '/var/run/secrets/kubernetes.io/serviceaccount/token',
  // Kubelets sign their certificates themselves; the token is worth nothing outside this cluster.
  tls_config: { insecure_skip_verify: true },
  kubernetes_sd_configs: [{ role: 'node' }],
  // As the rules of the chart know them.
  relabel_configs: [
    { target_label: 'job', replacement: 'kubelet' },
    { source_labels: ['__meta_kubernetes_node_name'], target_label: 'node' },
    { source_labels: ['__metrics_path__'], target_label: 'metrics_path' },
  ],
});

/** Found as nodes and not by a Service. */
const KUBELETS = [kubelets('kubelet', '/metrics'), kubelets('kubelet-containers', '/metrics/cadvisor')];

export function metricsValues(
  { systemPool, storageClass, hostAccess }: Foundation,
  alertmanagerConfig: Readonly<Record<string, unknown>>,
  prometheusVersion: string,
): HelmValues {
  const volume = (size: string) => ({
    volumeClaimTemplate: {
      spec: {
        storageClassName: storageClass,
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: size } },
      },
    },
  });
  return {
    crds: { enabled: false },
    // The provider runs these and shows none of them; left on, each would raise an alert for ever.
    kubeControllerManager: { enabled: false },
    kubeEtcd: { enabled: false },
    kubeProxy: { enabled: false },
    kubeScheduler: { enabled: false },
    ...(hostAccess === 'refused' ? WITHOUT_HOST : {}),
    prometheusOperator: {
      ...systemPool,
      ...(hostAccess === 'refused' ? { kubeletService: { enabled: false } } : {}),
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      admissionWebhooks: { certManager: { enabled: true } },
    },
    prometheus: {
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      prometheusSpec: {
        // The release with long support; the one that comes with the chart is supported until the next.
        image: { tag: `v${prometheusVersion}-distroless` },
        ...READ_EVERYTHING,
        ...systemPool,
        replicas: 2,
        podAntiAffinity: 'hard',
        podAntiAffinityTopologyKey: 'topology.kubernetes.io/zone',
        priorityClassName: 'platform-critical',
        externalLabels: { cluster: '${CLUSTER_NAME}', environment: '${ENVIRONMENT}' },
        retention: '15d',
        retentionSize: '40GB',
        walCompression: true,
        resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '3Gi' } },
        storageSpec: volume('50Gi'),
        ...(hostAccess === 'refused' ? { additionalScrapeConfigs: KUBELETS } : {}),
      },
    },
    alertmanager: {
      config: alertmanagerConfig,
      podDisruptionBudget: { enabled: true, minAvailable: 2 },
      alertmanagerSpec: {
        ...systemPool,
        replicas: 3,
        podAntiAffinity: 'soft',
        podAntiAffinityTopologyKey: 'topology.kubernetes.io/zone',
        priorityClassName: 'platform-critical',
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        storage: volume('2Gi'),
      },
    },
    grafana: {
      ...systemPool,
      admin: { existingSecret: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' },
      defaultDashboardsTimezone: 'utc',
      rbac: { namespaced: true },
      resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      testFramework: { enabled: false },
      'grafana.ini': { analytics: { reporting_enabled: false, check_for_updates: false } },
    },
    'kube-state-metrics': {
      ...systemPool,
      resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    },
    ...(hostAccess === 'refused'
      ? {}
      : {
          'prometheus-node-exporter': {
            namespaceOverride: NODE_AGENTS,
            resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '64Mi' } },
          },
        }),
  };
}
