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
  if { test "$(find clusters -mindepth 1 -maxdepth 1 -type d | wc -l)" -eq 8; } >/dev/null 2>&1
  then holds 'The clusters that were decided on are here, and no others.'
  else broken 'The clusters that were decided on are here, and no others.'
  fi
fi

if wanted control-plane; then
  about ADR-0002 docs/adr/0002-control-plane-managed-automatic-mode.md
  if { grep -q 'name = "Automatic"' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'The cluster is one of AKS Automatic, and is locked against deletion.'
  else broken 'The cluster is one of AKS Automatic, and is locked against deletion.'
  fi
fi

if wanted data-services; then
  about ADR-0003 docs/adr/0003-data-services-managed-databases-of-the-cloud-provider.md
  if { grep -qE '^ +password_auth_enabled += false$' infra/aks/database.tf && grep -qE '^ +public_network_access_enabled += false$' infra/aks/database.tf && grep -q 'var.database_zones == 2' infra/aks/database.tf && ! grep -qsE '^database_zones += 1$' infra/aks/envs/production-tier-1.tfvars.example infra/aks/envs/production-tier-1.tfvars infra/aks/envs/production-tier-2.tfvars.example infra/aks/envs/production-tier-2.tfvars infra/aks/envs/production-tier-1-standby.tfvars.example infra/aks/envs/production-tier-1-standby.tfvars infra/aks/envs/production-tier-2-standby.tfvars.example infra/aks/envs/production-tier-2-standby.tfvars; } >/dev/null 2>&1
  then holds 'The database takes no password, and no public address leads to it; in production it has two zones.'
  else broken 'The database takes no password, and no public address leads to it; in production it has two zones.'
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
  about ADR-0005 docs/adr/0005-human-access-groups-of-the-directory-joined-for-a-limited-time.md
  if { test -e infra/aks/people.tf; } >/dev/null 2>&1
  then holds 'Groups get their roles where they get the way in, and no role binding of the cluster says otherwise.'
  else broken 'Groups get their roles where they get the way in, and no role binding of the cluster says otherwise.'
  fi
  if { test -e docs/runbooks/access-for-some-hours.md; } >/dev/null 2>&1
  then holds 'How a group is joined for some hours is written down.'
  else broken 'How a group is joined for some hours is written down.'
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
  about ADR-0007 docs/adr/0007-network-a-network-that-exists.md
  if { ! grep -rq '^resource "azurerm_virtual_network" "main"' infra/aks/network.tf; } >/dev/null 2>&1
  then holds 'No network is made here: ranges and subnets are those that were given.'
  else broken 'No network is made here: ranges and subnets are those that were given.'
  fi
fi

if wanted policy-engine; then
  about ADR-0008 docs/adr/0008-policy-engine-opa-gatekeeper.md
  if { test "$(grep -rl '^kind: ValidatingAdmissionPolicyBinding' platform-config/base/admission-policies | wc -l)" -eq 5; } >/dev/null 2>&1
  then holds 'Every admission policy is bound, and the API server finds no fault in it.'
  else broken 'Every admission policy is bound, and the API server finds no fault in it.'
  fi
fi

if wanted recovery; then
  about ADR-0009 docs/adr/0009-recovery-a-pilot-light-data-replicated-services-switched-off.md
  if { grep -q 'recovery/without-names' apps/production-tier-1-standby/kustomization.yaml && grep -q 'recovery/without-names' apps/production-tier-2-standby/kustomization.yaml; } >/dev/null 2>&1
  then holds 'What stands ready is delivered from the same commit, and takes no name as long as it waits.'
  else broken 'What stands ready is delivered from the same commit, and takes no name as long as it waits.'
  fi
fi

if wanted registry; then
  about ADR-0010 docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md
  if { grep -qE 'admin_enabled +=  *false' infra/azure-subscription/registry.tf; } >/dev/null 2>&1
  then holds 'Nobody signs in to the registry with a password.'
  else broken 'Nobody signs in to the registry with a password.'
  fi
  if { grep -q 'azurerm_container_registry_cache_rule' infra/azure-subscription/mirror.tf; } >/dev/null 2>&1
  then holds 'The registry keeps copies of what others publish.'
  else broken 'The registry keeps copies of what others publish.'
  fi
  if { grep -q -- '--sbom=true' .github/workflows/image.yaml; } >/dev/null 2>&1
  then holds 'Images of your own are built by the pipeline, with a list of what they are made of.'
  else broken 'Images of your own are built by the pipeline, with a list of what they are made of.'
  fi
fi

if wanted autoscaling; then
  about ADR-0011 docs/adr/0011-node-autoscaling-the-providers-own-autoscaling.md
  if { grep -rq 'nodeProvisioningProfile' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'AKS makes and removes nodes.'
  else broken 'AKS makes and removes nodes.'
  fi
fi

if wanted cni; then
  about ADR-0012 docs/adr/0012-pod-network-azure-cni-powered-by-cilium.md
  if { grep -qiE 'network_?policy +=  *"cilium"' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'The data plane is Cilium, and it enforces network policies.'
  else broken 'The data plane is Cilium, and it enforces network policies.'
  fi
fi

if wanted egress; then
  about ADR-0013 docs/adr/0013-outbound-traffic-through-a-central-firewall.md
  if { grep -qE '^[a-z0-9*.-]+ [0-9]+ ' destinations.txt; } >/dev/null 2>&1
  then holds 'What has to be let through is listed.'
  else broken 'What has to be let through is listed.'
  fi
fi

if wanted edge; then
  about ADR-0014 docs/adr/0014-edge-istio-as-gateway.md
  if { grep -q '^  gatewayClassName: istio$' platform-config/base/gateway/gateway.yaml; } >/dev/null 2>&1
  then holds 'The public gateway is of the class istio.'
  else broken 'The public gateway is of the class istio.'
  fi
  if { test "$(grep -rl '/gateway-api$' delivery/crds | wc -l)" -eq 1; } >/dev/null 2>&1
  then holds 'The CRDs of the Gateway API have one owner.'
  else broken 'The CRDs of the Gateway API have one owner.'
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
  about ADR-0016 docs/adr/0016-image-signing-notary-project-notation.md
  if { grep -qE 'default +=  *"Audit"' infra/aks/own-images.tf; } >/dev/null 2>&1
  then holds 'Azure Policy gives the rule to the cluster, and it begins as an audit.'
  else broken 'Azure Policy gives the rule to the cluster, and it begins as an audit.'
  fi
  if { grep -q 'ca:authority' platform-config/base/image-signatures/verifier.yaml; } >/dev/null 2>&1
  then holds 'Only what the authority of the organisation signed counts as signed.'
  else broken 'Only what the authority of the organisation signed counts as signed.'
  fi
fi

if wanted mesh; then
  about ADR-0017 docs/adr/0017-service-mesh-istio-with-sidecars.md
  if { grep -q 'mode: STRICT' platform-config/base/mesh/mutual-tls.yaml; } >/dev/null 2>&1
  then holds 'Mutual TLS is strict everywhere.'
  else broken 'Mutual TLS is strict everywhere.'
  fi
  if { grep -q 'istio.io/rev: stable' platform/namespaces/demo.yaml; } >/dev/null 2>&1
  then holds 'Workloads of teams are in the mesh.'
  else broken 'Workloads of teams are in the mesh.'
  fi
fi

if wanted topology; then
  about ADR-0018 docs/adr/0018-one-cluster-per-region-and-tier-of-criticality-in-each-environment.md
  if { ls clusters/development-tier-1 clusters/development-tier-2 clusters/staging-tier-1 clusters/staging-tier-2 clusters/production-tier-1 clusters/production-tier-2 clusters/production-tier-1-standby clusters/production-tier-2-standby; } >/dev/null 2>&1
  then holds 'Every cluster has a folder, values and an overlay of its own.'
  else broken 'Every cluster has a folder, values and an overlay of its own.'
  fi
fi

if wanted gitops; then
  about ADR-0019 docs/adr/0019-delivery-argo-cd.md
  if { ls clusters/development-tier-1/root.yaml clusters/development-tier-2/root.yaml clusters/staging-tier-1/root.yaml clusters/staging-tier-2/root.yaml clusters/production-tier-1/root.yaml clusters/production-tier-2/root.yaml clusters/production-tier-1-standby/root.yaml clusters/production-tier-2-standby/root.yaml; } >/dev/null 2>&1
  then holds 'Every cluster has Argo CD read its own folder of this repository.'
  else broken 'Every cluster has Argo CD read its own folder of this repository.'
  fi
  if { grep -q 'resource.customizations.health.argoproj.io_Application' platform/argo-cd/values.yaml; } >/dev/null 2>&1
  then holds 'Argo CD waits for its children: without their health the waves would wait for nothing.'
  else broken 'Argo CD waits for its children: without their health the waves would wait for nothing.'
  fi
  if { grep -q '^    admin.enabled: false$' platform/argo-cd/values.yaml; } >/dev/null 2>&1
  then holds 'Nobody signs in to Argo CD but through the identity provider.'
  else broken 'Nobody signs in to Argo CD but through the identity provider.'
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
  about ADR-0021 docs/adr/0021-metrics-prometheus-alertmanager-and-grafana-in-the-cluster.md
  if { test "$(grep -rlE '^ +(releaseName|chart): kube-prometheus-stack$' delivery | wc -l)" -eq 1; } >/dev/null 2>&1
  then holds 'Metrics are collected by the chart of this record, and nothing else installs one.'
  else broken 'Metrics are collected by the chart of this record, and nothing else installs one.'
  fi
  if { grep -q 'docs/runbooks/default-alerts.md#' platform/kube-prometheus-stack/values.yaml; } >/dev/null 2>&1
  then holds 'The alerts that come with the chart were looked at, each with its reason, and link to a page of this repository.'
  else broken 'The alerts that come with the chart were looked at, each with its reason, and link to a page of this repository.'
  fi
fi

if wanted secrets; then
  about ADR-0022 docs/adr/0022-secrets-secrets-store-csi-driver.md
  if { grep -qiE 'key_?vault_?secrets_?provider' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'The driver is the one that Azure maintains.'
  else broken 'The driver is the one that Azure maintains.'
  fi
  if { ! grep -rlE --exclude=empty-secret.yaml '^kind: Secret$' apps clusters delivery platform platform-config; } >/dev/null 2>&1
  then holds 'No secret lies in Git.'
  else broken 'No secret lies in Git.'
  fi
fi

if wanted promotion; then
  about ADR-0023 docs/adr/0023-promotion-a-folder-per-environment.md
  if { test -s apps/production-tier-2-standby/kustomization.yaml; } >/dev/null 2>&1
  then holds 'What only production-tier-2-standby has stands in a folder of its own, which a pull request changes.'
  else broken 'What only production-tier-2-standby has stands in a folder of its own, which a pull request changes.'
  fi
  if { grep -q '^# apps/development-tier-1/kustomization.yaml' docs/runbooks/promotion.md; } >/dev/null 2>&1
  then holds 'How a change is tried in development-tier-1 before the others have it is written down.'
  else broken 'How a change is tried in development-tier-1 before the others have it is written down.'
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
  about ADR-0025 docs/adr/0025-traces-tempo.md
  if { ls delivery/platform-obs/tempo.yaml infra/aks/tempo.tf platform-config/base/datasource-tempo/data-source.yaml platform-config/base/datasource-tempo/kustomization.yaml platform/namespaces/tracing.yaml platform/tempo/kustomization.yaml platform/tempo/network-policies.yaml platform/tempo/values.yaml; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted upgrades; then
  about ADR-0026 docs/adr/0026-upgrades-the-providers-release-channel.md
  if { grep -rq 'upgradeChannel = "stable"' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'The channel of AKS raises minors and patches, within the window of the cluster.'
  else broken 'The channel of AKS raises minors and patches, within the window of the cluster.'
  fi
fi

if wanted workload-identity; then
  about ADR-0027 docs/adr/0027-workload-identity-the-providers-workload-identity.md
  if { grep -rq 'workloadIdentity = { enabled = true }' infra/aks/cluster.tf; } >/dev/null 2>&1
  then holds 'Controllers get their rights as the service account that they are, and none by a key.'
  else broken 'Controllers get their rights as the service account that they are, and none by a key.'
  fi
fi

if wanted platform-defaults; then
  about ADR-0028 docs/adr/0028-platform-defaults-safe-from-the-first-day.md
  if { grep -q 'whenDeleted: Retain' apps/base/demo-store/stateful-set.yaml; } >/dev/null 2>&1
  then holds 'Volumes of the sample store stay when it is deleted.'
  else broken 'Volumes of the sample store stay when it is deleted.'
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
