/** What every Alloy has in common, whether it stores logs here or hands them on. */

export const ALLOY_SECURITY = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 10001,
  runAsGroup: 10001,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

export const ALLOY_RELOADER = {
  resources: { requests: { cpu: '10m', memory: '50Mi' }, limits: { memory: '64Mi' } },
} as const;

/** Logs of every pod and the events of the cluster, with these labels, to `loki.process "shared"`. */
export function readingLogs(labels: Readonly<Record<string, string>>): string {
  const rules = Object.entries(labels).map(
    ([label, source]) => `  rule {
    source_labels = ["__meta_kubernetes_${source}"]
    target_label  = "${label}"
  }
`,
  );
  return `discovery.kubernetes "pods" {
  role = "pod"
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets

${rules.join('')}}

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
`;
}
