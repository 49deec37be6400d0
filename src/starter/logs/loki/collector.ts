/** Values of the chart of Grafana Alloy, which reads logs and events and hands them to Loki. */
import type { HelmValues } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';

export function collectorValues({ systemPool }: Foundation): HelmValues {
  return {
    alloy: {
      clustering: { enabled: true },
      enableReporting: false,
      configMap: { content: PIPELINE },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      mounts: { extra: [{ name: 'positions', mountPath: '/tmp/alloy' }] },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
    },
    configReloader: { resources: { requests: { cpu: '10m', memory: '50Mi' }, limits: { memory: '64Mi' } } },
    controller: {
      type: 'deployment',
      replicas: 3,
      ...systemPool,
      priorityClassName: 'platform-critical',
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      volumes: { extra: [{ name: 'positions', emptyDir: { sizeLimit: '256Mi' } }] },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'alloy' } },
        },
      ],
    },
    crds: { create: false },
    serviceMonitor: { enabled: true },
  };
}

/** The labels are few and bounded: each set of values becomes a stream of its own. */
const PIPELINE = `discovery.kubernetes "pods" {
  role = "pod"
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets

  rule {
    source_labels = ["__meta_kubernetes_namespace"]
    target_label  = "namespace"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_label_app_kubernetes_io_name"]
    target_label  = "app"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_container_name"]
    target_label  = "container"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_name"]
    target_label  = "pod"
  }
}

loki.source.kubernetes "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.process.shared.receiver]

  clustering {
    enabled = true
  }
}

loki.source.kubernetes_events "cluster" {
  job_name   = "kubernetes-events"
  log_format = "json"
  forward_to = [loki.process.shared.receiver]
}

// The name of a pod is data of a line, not a stream of its own.
loki.process "shared" {
  forward_to = [loki.write.store.receiver]

  stage.structured_metadata {
    values = { pod = "" }
  }
  stage.label_drop {
    values = ["pod"]
  }
}

loki.write "store" {
  endpoint {
    url = "http://loki.logging:3100/loki/api/v1/push"
  }
}
`;
