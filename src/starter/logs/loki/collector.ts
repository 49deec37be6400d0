/** Values of the chart of Grafana Alloy, which reads logs and events and hands them to Loki. */
import type { HelmValues } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import { ALLOY_RELOADER, ALLOY_SECURITY, readingLogs } from '../../telemetry/alloy.ts';

export function collectorValues({ systemPool }: Foundation): HelmValues {
  return {
    alloy: {
      clustering: { enabled: true },
      enableReporting: false,
      configMap: { content: PIPELINE },
      securityContext: ALLOY_SECURITY,
      mounts: { extra: [{ name: 'positions', mountPath: '/tmp/alloy' }] },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
    },
    configReloader: ALLOY_RELOADER,
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
const PIPELINE = `${readingLogs({
  namespace: 'namespace',
  app: 'pod_label_app_kubernetes_io_name',
  container: 'pod_container_name',
  pod: 'pod_name',
})}
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
