#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Whether this repository still holds what its records decided. Needs no tool, no account and no cluster.
#   scripts/check-decisions.sh [DECISION…]    all of them without one
# Where it fails, either the file drifted, or a new record has to take the place of the old one.
set -euo pipefail
cd "$(dirname "$0")/.."

known="platform control-plane data-services backup human-access logs network policy-engine recovery registry autoscaling cni egress edge dns-and-certificates image-signing mesh topology gitops api-exposure metrics secrets promotion tenant-isolation traces upgrades workload-identity platform-defaults"
for decision in "$@"; do
  case " $known " in
    *" $decision "*) ;;
    *) echo "no check for $decision; there are: $known" >&2; exit 2 ;;
  esac
done
asked=" ${*:-$known} "
failed=0

wanted() { case "$asked" in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
about() { record="$1" path="$2"; }
holds() { printf 'holds  %s: %s\n' "$record" "$1"; }
broken() { printf 'BROKEN %s: %s (%s)\n' "$record" "$1" "$path" >&2; failed=1; }

if wanted platform; then
  about ADR-0001 docs/adr/0001-platform-kubernetes.md
  if { test "$(find clusters -mindepth 1 -maxdepth 1 -type d | wc -l)" -eq 2; } >/dev/null 2>&1
  then holds 'The clusters that were decided on are here, and no others.'
  else broken 'The clusters that were decided on are here, and no others.'
  fi
fi

if wanted control-plane; then
  about ADR-0002 docs/adr/0002-control-plane-managed-automatic-mode.md
  if { grep -qE '^ +deletion_protection += true$' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'The cluster is protected from deletion.'
  else broken 'The cluster is protected from deletion.'
  fi
  if { grep -qE '^ +enable_autopilot += true$' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'Google plans and patches the nodes.'
  else broken 'Google plans and patches the nodes.'
  fi
fi

if wanted data-services; then
  about ADR-0003 docs/adr/0003-data-services-managed-databases-of-the-cloud-provider.md
  if { grep -qE '^ +ipv4_enabled += false$' infra/gke/database.tf && grep -qE '^ +deletion_protection_enabled += true$' infra/gke/database.tf && grep -q 'var.database_zones == 2' infra/gke/database.tf && ! grep -qsE '^database_zones += 1$' infra/gke/envs/production.tfvars.example infra/gke/envs/production.tfvars; } >/dev/null 2>&1
  then holds 'The database is private, and nobody removes it by accident; in production it has two zones.'
  else broken 'The database is private, and nobody removes it by accident; in production it has two zones.'
  fi
  if { grep -qE '^ +transaction_log_retention_days += 7$' infra/gke/database.tf; } >/dev/null 2>&1
  then holds 'The database can be restored to any second of the last week.'
  else broken 'The database can be restored to any second of the last week.'
  fi
fi

if wanted backup; then
  about ADR-0004 docs/adr/0004-backup-the-cloud-providers-backup-service.md
  if { grep -qE '^ +cron_schedule += "17 2' infra/gke/backup.tf && grep -qE '^ +backup_delete_lock_days += 7$' infra/gke/backup.tf; } >/dev/null 2>&1
  then holds 'A copy is made every night, and a new one cannot be deleted.'
  else broken 'A copy is made every night, and a new one cannot be deleted.'
  fi
  if { grep -q 'google_monitoring_notification_channel.on_call.name' infra/gke/backup.tf; } >/dev/null 2>&1
  then holds 'Whoever is on call hears of a night without a copy.'
  else broken 'Whoever is on call hears of a night without a copy.'
  fi
fi

if wanted human-access; then
  about ADR-0005 docs/adr/0005-human-access-groups-of-the-directory-by-single-sign-on.md
  if { test "$(grep -rl 'name: cluster-admin' platform platform-config apps | wc -l)" -eq 1; } >/dev/null 2>&1
  then holds 'One group alone is bound to cluster-admin, and it is the one for emergencies.'
  else broken 'One group alone is bound to cluster-admin, and it is the one for emergencies.'
  fi
fi

if wanted logs; then
  about ADR-0006 docs/adr/0006-logs-the-cloud-providers-log-service.md
  if { grep -q '"WORKLOADS"' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'GKE hands what containers write to Cloud Logging.'
  else broken 'GKE hands what containers write to Cloud Logging.'
  fi
  if { grep -qE '^ +retention_days += var.log_retention_days$' infra/gke/logs.tf && grep -qE '^ +prevent_destroy = true$' infra/gke/logs.tf; } >/dev/null 2>&1
  then holds 'Logs of containers have a bucket and a time of their own, and nobody removes it by accident.'
  else broken 'Logs of containers have a bucket and a time of their own, and nobody removes it by accident.'
  fi
fi

if wanted network; then
  about ADR-0007 docs/adr/0007-network-a-network-of-its-own.md
  if { grep -rq '^resource "google_compute_network" "main"' infra/gke/network.tf; } >/dev/null 2>&1
  then holds 'The network is made here, and belongs to this cluster alone.'
  else broken 'The network is made here, and belongs to this cluster alone.'
  fi
fi

if wanted policy-engine; then
  about ADR-0008 docs/adr/0008-policy-engine-pod-security-admission-and-validatingadmissionpolicy.md
  if { test "$(grep -rl '^kind: ValidatingAdmissionPolicyBinding' platform-config/base/admission-policies | wc -l)" -eq 5; } >/dev/null 2>&1
  then holds 'Every admission policy is bound, and the API server finds no fault in it.'
  else broken 'Every admission policy is bound, and the API server finds no fault in it.'
  fi
fi

if wanted recovery; then
  about ADR-0009 docs/adr/0009-recovery-backups-and-a-rebuild-from-git.md
  if { test -s docs/runbooks/restore.md; } >/dev/null 2>&1
  then holds 'How everything comes back is written down, with the drill that shows it.'
  else broken 'How everything comes back is written down, with the drill that shows it.'
  fi
fi

if wanted registry; then
  about ADR-0010 docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md
  if { grep -qE 'immutable_tags += true' infra/gcp-project/registry.tf; } >/dev/null 2>&1
  then holds 'No tag of an image of your own can be moved.'
  else broken 'No tag of an image of your own can be moved.'
  fi
  if { test "$(grep -c ' = "https://' infra/gcp-project/mirror.tf)" -eq 5 && grep -rqE 'image: [$][{]REGISTRY[}]/' apps/base; } >/dev/null 2>&1
  then holds 'Every publisher has its copy, and the sample workload comes from there.'
  else broken 'Every publisher has its copy, and the sample workload comes from there.'
  fi
  if { grep -q -- '--sbom=true' .github/workflows/image.yaml; } >/dev/null 2>&1
  then holds 'Images of your own are built by the pipeline, with a list of what they are made of.'
  else broken 'Images of your own are built by the pipeline, with a list of what they are made of.'
  fi
fi

if wanted autoscaling; then
  about ADR-0011 docs/adr/0011-node-autoscaling-the-providers-own-autoscaling.md
  if { grep -rq 'enable_autopilot *= true' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'Google makes and removes nodes.'
  else broken 'Google makes and removes nodes.'
  fi
fi

if wanted cni; then
  about ADR-0012 docs/adr/0012-pod-network-gke-dataplane-v2.md
  if { grep -A1 '^    deny:$' platform-config/base/network-logging/default.yaml | grep -q 'log: true'; } >/dev/null 2>&1
  then holds 'Denied connections are logged.'
  else broken 'Denied connections are logged.'
  fi
  if { grep -qE '^ +enable_cilium_clusterwide_network_policy += true$' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'Policies that name the control plane and the nodes are understood by the cluster.'
  else broken 'Policies that name the control plane and the nodes are understood by the cluster.'
  fi
fi

if wanted egress; then
  about ADR-0013 docs/adr/0013-outbound-traffic-open-through-nat.md
  if { grep -rq '^resource "google_compute_router_nat" "main"' infra/gke/network.tf; } >/dev/null 2>&1
  then holds 'What leaves goes through Cloud NAT; no node has a public address.'
  else broken 'What leaves goes through Cloud NAT; no node has a public address.'
  fi
fi

if wanted edge; then
  about ADR-0014 docs/adr/0014-edge-the-providers-gateway.md
  if { grep -q '^  gatewayClassName: gke-l7-global-external-managed$' platform-config/base/gateway/gateway.yaml; } >/dev/null 2>&1
  then holds 'The public gateway is of the class that Google serves from its edge.'
  else broken 'The public gateway is of the class that Google serves from its edge.'
  fi
  if { grep -qE '^ +channel += "CHANNEL_STANDARD"$' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'The kinds of the Gateway API are those of GKE.'
  else broken 'The kinds of the Gateway API are those of GKE.'
  fi
fi

if wanted dns-and-certificates; then
  about ADR-0015 docs/adr/0015-dns-and-certificates-the-providers-zones-and-certificates.md
  if { grep -q 'google_certificate_manager_certificate_map_entry' infra/gke/edge.tf; } >/dev/null 2>&1
  then holds 'Google has the certificate of the gateway and renews it.'
  else broken 'Google has the certificate of the gateway and renews it.'
  fi
fi

if wanted image-signing; then
  about ADR-0016 docs/adr/0016-image-signing-binary-authorization.md
  if { grep -qE '^ +evaluation_mode += "PROJECT_SINGLETON_POLICY_ENFORCE"$' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'Clusters ask the policy of the project before a pod starts.'
  else broken 'Clusters ask the policy of the project before a pod starts.'
  fi
  if { grep -qE '^ +evaluation_mode +=  *"REQUIRE_ATTESTATION"$' infra/gcp-project/attestation.tf; } >/dev/null 2>&1
  then holds 'Own images need an attestation.'
  else broken 'Own images need an attestation.'
  fi
  if { grep -q 'cosign sign' .github/workflows/image.yaml; } >/dev/null 2>&1
  then holds 'Images are signed where they are built, by their digest.'
  else broken 'Images are signed where they are built, by their digest.'
  fi
fi

if wanted mesh; then
  about ADR-0017 docs/adr/0017-service-mesh-no-mesh.md
  if { ! grep -rqE 'istio-injection: enabled|istio\.io/dataplane-mode: ambient|linkerd\.io/inject: enabled' apps clusters platform; } >/dev/null 2>&1
  then holds 'No namespace and no workload asks for a mesh.'
  else broken 'No namespace and no workload asks for a mesh.'
  fi
fi

if wanted topology; then
  about ADR-0018 docs/adr/0018-cluster-topology-one-cluster-per-environment.md
  if { ls clusters/staging clusters/production; } >/dev/null 2>&1
  then holds 'Every cluster has a folder, values and an overlay of its own.'
  else broken 'Every cluster has a folder, values and an overlay of its own.'
  fi
fi

if wanted gitops; then
  about ADR-0019 docs/adr/0019-delivery-flux.md
  if { ls clusters/staging/flux-instance.yaml clusters/production/flux-instance.yaml; } >/dev/null 2>&1
  then holds 'Every cluster has Flux read its own folder of this repository.'
  else broken 'Every cluster has Flux read its own folder of this repository.'
  fi
fi

if wanted api-exposure; then
  about ADR-0020 docs/adr/0020-api-exposure-a-public-endpoint-for-listed-callers.md
  if { ! grep -rhE '"(0\.0\.0\.0/0|::/0)"' infra/gke/envs; } >/dev/null 2>&1
  then holds 'No cluster lets the whole internet come to its API.'
  else broken 'No cluster lets the whole internet come to its API.'
  fi
fi

if wanted metrics; then
  about ADR-0021 docs/adr/0021-metrics-the-cloud-providers-metrics-service.md
  if { ! grep -rqE '^kind: (ServiceMonitor|PodMonitor|PrometheusRule)$' platform platform-config apps; } >/dev/null 2>&1
  then holds 'Nothing asks for a monitor that nobody would read.'
  else broken 'Nothing asks for a monitor that nobody would read.'
  fi
  if { grep -q 'platform:heartbeat' infra/gke/metric-alerts.tf && test "$(grep -rlE '^kind: ClusterRules$' platform platform-config | grep -vcF metrics-collection)" -eq "$(grep -cE '^ +path += ' infra/gke/metric-alerts.tf)"; } >/dev/null 2>&1
  then holds 'Every rule that raises an alert has a policy outside the cluster, and their silence is one.'
  else broken 'Every rule that raises an alert has a policy outside the cluster, and their silence is one.'
  fi
fi

if wanted secrets; then
  about ADR-0022 docs/adr/0022-secrets-secrets-store-csi-driver.md
  if { grep -qE '^ +role += "roles/secretmanager.secretAccessor"$' infra/gke/secrets.tf; } >/dev/null 2>&1
  then holds 'Workloads read secrets by a right of their own, and only those of their prefix.'
  else broken 'Workloads read secrets by a right of their own, and only those of their prefix.'
  fi
  if { ! grep -rlE '^kind: Secret$' apps clusters delivery platform platform-config; } >/dev/null 2>&1
  then holds 'No secret lies in Git.'
  else broken 'No secret lies in Git.'
  fi
fi

if wanted promotion; then
  about ADR-0023 docs/adr/0023-promotion-a-folder-per-environment.md
  if { test -s apps/production/kustomization.yaml; } >/dev/null 2>&1
  then holds 'What only production has stands in a folder of its own, which a pull request changes.'
  else broken 'What only production has stands in a folder of its own, which a pull request changes.'
  fi
  if { grep -q '^# apps/staging/kustomization.yaml' docs/runbooks/promotion.md; } >/dev/null 2>&1
  then holds 'How a change is tried in staging before the others have it is written down.'
  else broken 'How a change is tried in staging before the others have it is written down.'
  fi
fi

if wanted tenant-isolation; then
  about ADR-0024 docs/adr/0024-tenant-isolation-a-namespace-each.md
  if { grep -rq '^kind: ResourceQuota' platform/namespaces/demo.yaml; } >/dev/null 2>&1
  then holds 'The namespace that others are made after has a quota, and nothing passes its border unless a policy lets it.'
  else broken 'The namespace that others are made after has a quota, and nothing passes its border unless a policy lets it.'
  fi
fi

if wanted traces; then
  about ADR-0025 docs/adr/0025-traces-the-cloud-providers-tracing-service.md
  if { grep -q 'otelcol.receiver.otlp' platform/traces-agent/values.yaml; } >/dev/null 2>&1
  then holds 'The agent that takes traces is installed.'
  else broken 'The agent that takes traces is installed.'
  fi
fi

if wanted upgrades; then
  about ADR-0026 docs/adr/0026-upgrades-the-providers-release-channel.md
  if { grep -rq 'channel = "REGULAR"' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'The channel of Google raises minors and patches, within the window of the cluster.'
  else broken 'The channel of Google raises minors and patches, within the window of the cluster.'
  fi
fi

if wanted workload-identity; then
  about ADR-0027 docs/adr/0027-workload-identity-the-providers-workload-identity.md
  if { grep -rq 'enable_autopilot *= true' infra/gke/cluster.tf; } >/dev/null 2>&1
  then holds 'Controllers get their rights as the service account that they are, and none by a key.'
  else broken 'Controllers get their rights as the service account that they are, and none by a key.'
  fi
fi

if wanted platform-defaults; then
  about ADR-0028 docs/adr/0028-platform-defaults-safe-from-the-first-day.md
  if { test "$(grep -rl '^kind: Namespace$' platform/namespaces | wc -l)" -eq "$(grep -rl '^  name: default-deny$' platform/namespaces | wc -l)"; } >/dev/null 2>&1
  then holds 'Every namespace denies all traffic by default.'
  else broken 'Every namespace denies all traffic by default.'
  fi
  if { ! grep -rqE 'image: [^ ]+:latest' apps platform; } >/dev/null 2>&1
  then holds 'No image floats: each has a version.'
  else broken 'No image floats: each has a version.'
  fi
fi

exit "$failed"
