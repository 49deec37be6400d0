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
  about ADR-0002 docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md
  if { grep -q 'lock_level = "CanNotDelete"' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'The cluster is locked against deletion.'
  else broken 'The cluster is locked against deletion.'
  fi
fi

if wanted data-services; then
  about ADR-0003 docs/adr/0003-data-services-managed-databases-of-the-cloud-provider.md
  if { grep -qE '^ +password_auth_enabled += false$' infra/aks/database.tf && grep -qE '^ +public_network_access_enabled += false$' infra/aks/database.tf; } >/dev/null 2>&1
  then holds 'The database takes no password, and no public address leads to it.'
  else broken 'The database takes no password, and no public address leads to it.'
  fi
  if { grep -qE '^ +backup_retention_days += 14$' infra/aks/database.tf; } >/dev/null 2>&1
  then holds 'The database can be restored to any moment of the last two weeks.'
  else broken 'The database can be restored to any moment of the last two weeks.'
  fi
fi

if wanted backup; then
  about ADR-0004 docs/adr/0004-backup-the-cloud-providers-backup-service.md
  if { grep -qE 'backup_repeating_time_intervals += \["R/2026-01-01T02:17:00' infra/aks/backup.tf && grep -qE '^ +soft_delete += "On"$' infra/aks/backup.tf; } >/dev/null 2>&1
  then holds 'A copy is made every night, and what was deleted can be brought back for two weeks.'
  else broken 'A copy is made every night, and what was deleted can be brought back for two weeks.'
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
  if { grep -q 'Microsoft-ContainerLogV2' infra/aks/pod-logs.tf; } >/dev/null 2>&1
  then holds 'Logs of containers are collected by a rule that stands here.'
  else broken 'Logs of containers are collected by a rule that stands here.'
  fi
fi

if wanted network; then
  about ADR-0007 docs/adr/0007-network-a-network-of-its-own.md
  if { grep -rq '^resource "azurerm_virtual_network" "main"' infra/aks/network.tf; } >/dev/null 2>&1
  then holds 'The network is made here, and belongs to this cluster alone.'
  else broken 'The network is made here, and belongs to this cluster alone.'
  fi
fi

if wanted policy-engine; then
  about ADR-0008 docs/adr/0008-policy-engine-kyverno.md
  if { ! grep -rlE '^kind: (ClusterPolicy|Policy)$' platform platform-config apps; } >/dev/null 2>&1
  then holds 'No policy is written in the kind that Kyverno removes.'
  else broken 'No policy is written in the kind that Kyverno removes.'
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
  about ADR-0010 docs/adr/0010-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md
  if { grep -qE 'admin_enabled +=  *false' infra/azure-subscription/registry.tf; } >/dev/null 2>&1
  then holds 'Nobody signs in to the registry with a password.'
  else broken 'Nobody signs in to the registry with a password.'
  fi
  if { grep -q -- '--sbom=true' .github/workflows/image.yaml; } >/dev/null 2>&1
  then holds 'Images of your own are built by the pipeline, with a list of what they are made of.'
  else broken 'Images of your own are built by the pipeline, with a list of what they are made of.'
  fi
fi

if wanted autoscaling; then
  about ADR-0011 docs/adr/0011-node-autoscaling-the-providers-own-autoscaling.md
  if { grep -rq 'auto_scaling_enabled *= true' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'AKS adds and removes nodes of each pool, between two numbers that stand here.'
  else broken 'AKS adds and removes nodes of each pool, between two numbers that stand here.'
  fi
fi

if wanted cni; then
  about ADR-0012 docs/adr/0012-pod-network-azure-cni-overlay.md
  if { grep -qE 'network_plugin_mode +=  *"overlay"' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'Pods have addresses of an overlay and take none of the network.'
  else broken 'Pods have addresses of an overlay and take none of the network.'
  fi
  if { grep -qE 'network_policy +=  *"calico"' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'Calico enforces network policies, not the manager of Azure that is being retired.'
  else broken 'Calico enforces network policies, not the manager of Azure that is being retired.'
  fi
fi

if wanted egress; then
  about ADR-0013 docs/adr/0013-outbound-traffic-open-through-nat.md
  if { grep -rq '^resource "azurerm_public_ip_prefix" "outbound"' infra/aks; } >/dev/null 2>&1
  then holds 'What leaves has the addresses of a load balancer that this cluster has for itself; no node has one.'
  else broken 'What leaves has the addresses of a load balancer that this cluster has for itself; no node has one.'
  fi
fi

if wanted edge; then
  about ADR-0014 docs/adr/0014-edge-haproxy-with-ingress.md
  if { grep -q '^  ingressClassName: haproxy$' apps/base/demo-web/route.yaml; } >/dev/null 2>&1
  then holds 'Routes name the class of the controller that was chosen.'
  else broken 'Routes name the class of the controller that was chosen.'
  fi
fi

if wanted dns-and-certificates; then
  about ADR-0015 docs/adr/0015-dns-and-certificates-externaldns-and-cert-manager.md
  if { ls delivery/platform-core/cert-manager.yaml delivery/platform-net/external-dns.yaml infra/aks/cert-manager.tf infra/aks/external-dns.tf platform-config/base/issuers/kustomization.yaml platform-config/base/issuers/public-issuer.yaml platform/cert-manager/alerts.yaml platform/cert-manager/kustomization.yaml platform/cert-manager/network-policies.yaml platform/cert-manager/values.yaml platform/external-dns/kustomization.yaml platform/external-dns/network-policies.yaml platform/external-dns/settings.yaml platform/external-dns/values.yaml platform/namespaces/cert-manager.yaml platform/namespaces/external-dns.yaml; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted image-signing; then
  about ADR-0016 docs/adr/0016-image-signing-sigstore-cosign.md
  if { grep -q 'subjectRegExp' platform-config/base/image-signatures/own-images.yaml; } >/dev/null 2>&1
  then holds 'The policy that verifies signatures is there and asks for the identity of the pipeline.'
  else broken 'The policy that verifies signatures is there and asks for the identity of the pipeline.'
  fi
  if { grep -q 'cosign sign' .github/workflows/image.yaml; } >/dev/null 2>&1
  then holds 'Images are signed where they are built, by their digest.'
  else broken 'Images are signed where they are built, by their digest.'
  fi
fi

if wanted mesh; then
  about ADR-0017 docs/adr/0017-service-mesh-linkerd.md
  if { grep -q 'defaultInboundPolicy: deny' platform/linkerd/values.yaml; } >/dev/null 2>&1
  then holds 'Proxies of the mesh deny whoever is not named.'
  else broken 'Proxies of the mesh deny whoever is not named.'
  fi
  if { grep -q 'linkerd.io/inject: enabled' platform/namespaces/demo.yaml; } >/dev/null 2>&1
  then holds 'Workloads of teams are in the mesh.'
  else broken 'Workloads of teams are in the mesh.'
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
  about ADR-0020 docs/adr/0020-api-exposure-a-private-endpoint-only.md
  if { ! grep -rhE '^(api_allowed_cidrs += \["|api_allowed_cidrs += \[$|api_by_name += true)' infra/aks/envs; } >/dev/null 2>&1
  then holds 'No cluster names a network outside that its API would answer to.'
  else broken 'No cluster names a network outside that its API would answer to.'
  fi
fi

if wanted metrics; then
  about ADR-0021 docs/adr/0021-metrics-the-cloud-providers-metrics-service.md
  if { grep -qE '^ +prevent_destroy += true$' infra/aks/metrics.tf; } >/dev/null 2>&1
  then holds 'The metrics of a cluster are kept in a workspace that nobody removes by accident.'
  else broken 'The metrics of a cluster are kept in a workspace that nobody removes by accident.'
  fi
  if { grep -q 'absent(up{' infra/aks/metric-rules.tf; } >/dev/null 2>&1
  then holds 'A cluster that falls silent raises an alarm outside of it.'
  else broken 'A cluster that falls silent raises an alarm outside of it.'
  fi
  if { grep -q 'prometheus.operator.servicemonitors' platform/metrics-agent/values.yaml; } >/dev/null 2>&1
  then holds 'The agent that measures is installed once, and reads every monitor.'
  else broken 'The agent that measures is installed once, and reads every monitor.'
  fi
fi

if wanted secrets; then
  about ADR-0022 docs/adr/0022-secrets-external-secrets-operator.md
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
  if { grep -qE '^ +local_authentication_disabled += true$' infra/aks/traces.tf; } >/dev/null 2>&1
  then holds 'Traces are taken from identities alone: the key in the address opens nothing.'
  else broken 'Traces are taken from identities alone: the key in the address opens nothing.'
  fi
fi

if wanted upgrades; then
  about ADR-0026 docs/adr/0026-upgrades-minor-upgrades-on-planned-dates.md
  if { grep -rq 'automatic_upgrade_channel = "patch"' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'The channel brings patches alone; the minor is raised here.'
  else broken 'The channel brings patches alone; the minor is raised here.'
  fi
fi

if wanted workload-identity; then
  about ADR-0027 docs/adr/0027-workload-identity-the-providers-workload-identity.md
  if { grep -rq 'workload_identity_enabled *= true' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'Controllers get their rights as the service account that they are, and none by a key.'
  else broken 'Controllers get their rights as the service account that they are, and none by a key.'
  fi
fi

if wanted platform-defaults; then
  about ADR-0028 docs/adr/0028-platform-defaults-safe-from-the-first-day.md
  if { grep -q 'kubernetes.io/os: windows' apps/base/demo-windows/deployment.yaml && grep -A1 ' os:$' apps/base/demo-windows/deployment.yaml | grep -q 'name: windows'; } >/dev/null 2>&1
  then holds 'The sample for Windows says so to the scheduler and to Pod Security.'
  else broken 'The sample for Windows says so to the scheduler and to Pod Security.'
  fi
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
