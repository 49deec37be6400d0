/** What the agent of the metrics reads, in the language of Alloy; it ends in `prometheus.relabel.cluster`. */

/** `door`: the receiver of the store. */
export const readingMetrics = (door: string) => `prometheus.operator.servicemonitors "all" {
  forward_to = [prometheus.relabel.cluster.receiver]

  clustering {
    enabled = true
  }
}

prometheus.operator.podmonitors "all" {
  forward_to = [prometheus.relabel.cluster.receiver]

  clustering {
    enabled = true
  }
}

discovery.kubernetes "nodes" {
  role = "node"
}

discovery.relabel "nodes" {
  targets = discovery.kubernetes.nodes.targets

  rule {
    source_labels = ["__meta_kubernetes_node_name"]
    target_label  = "node"
  }
}

prometheus.scrape "kubelet" {
  targets           = discovery.relabel.nodes.output
  job_name          = "kubelet"
  scheme            = "https"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = [prometheus.relabel.cluster.receiver]

  // Kubelets sign their certificates themselves; the token is worth nothing outside this cluster.
  tls_config {
    insecure_skip_verify = true
  }

  clustering {
    enabled = true
  }
}

prometheus.scrape "containers" {
  targets           = discovery.relabel.nodes.output
  job_name          = "kubelet"
  metrics_path      = "/metrics/cadvisor"
  scheme            = "https"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = [prometheus.relabel.cluster.receiver]

  tls_config {
    insecure_skip_verify = true
  }

  clustering {
    enabled = true
  }
}

// What is dropped here is not paid for.
prometheus.relabel "cluster" {
  forward_to = [${door}]

  rule {
    target_label = "cluster"
    replacement  = sys.env("CLUSTER_NAME")
  }
  rule {
    target_label = "environment"
    replacement  = sys.env("ENVIRONMENT")
  }
  rule {
    source_labels = ["__name__"]
    regex         = "(apiserver_request_body|apiserver_request_sli|etcd_request|rest_client).*_bucket|container_(tasks_state|memory_failures_total|blkio_device_usage_total)"
    action        = "drop"
  }
}
`;

/** A store that writes as Prometheus does. */
export const REMOTE_WRITE_DOOR = 'prometheus.remote_write.store.receiver';

/** A store that takes OpenTelemetry alone: the door, and what is behind it. */
export const TELEMETRY_DOOR = 'otelcol.receiver.prometheus.metrics.receiver';
export const AS_TELEMETRY = `otelcol.receiver.prometheus "metrics" {
  output {
    metrics = [otelcol.processor.batch.store.input]
  }
}
`;
