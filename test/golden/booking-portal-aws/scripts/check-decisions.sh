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
  if { grep -qE '^ +deletion_protection += true$' infra/eks/cluster.tf; } >/dev/null 2>&1
  then holds 'The cluster is protected from deletion.'
  else broken 'The cluster is protected from deletion.'
  fi
fi

if wanted data-services; then
  about ADR-0003 docs/adr/0003-data-services-managed-databases-of-the-cloud-provider.md
  if { grep -qE '^ +storage_encrypted += true$' infra/eks/database.tf && grep -qE '^ +deletion_protection += true$' infra/eks/database.tf && grep -q 'var.database_zones == 2' infra/eks/database.tf && ! grep -qsE '^database_zones += 1$' infra/eks/envs/production.tfvars.example infra/eks/envs/production.tfvars; } >/dev/null 2>&1
  then holds 'The database is encrypted, and nobody removes it by accident; in production it has two zones.'
  else broken 'The database is encrypted, and nobody removes it by accident; in production it has two zones.'
  fi
  if { grep -qE '^ +backup_retention_period += 14$' infra/eks/database.tf; } >/dev/null 2>&1
  then holds 'The database can be restored to any second of the last two weeks.'
  else broken 'The database can be restored to any second of the last two weeks.'
  fi
fi

if wanted backup; then
  about ADR-0004 docs/adr/0004-backup-the-cloud-providers-backup-service.md
  if { grep -qE '^ +schedule += "cron\(17 2' infra/eks/backup.tf && grep -qE '^ +prevent_destroy += true$' infra/eks/backup.tf; } >/dev/null 2>&1
  then holds 'A copy is made every night, and nobody removes it by accident.'
  else broken 'A copy is made every night, and nobody removes it by accident.'
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
  about ADR-0006 docs/adr/0006-logs-loki.md
  if { ls delivery/platform-obs/alloy.yaml delivery/platform-obs/loki.yaml infra/eks/loki.tf platform-config/base/datasource-loki/data-source.yaml platform-config/base/datasource-loki/kustomization.yaml platform/alloy/kustomization.yaml platform/alloy/network-policies.yaml platform/alloy/values.yaml platform/loki/kustomization.yaml platform/loki/network-policies.yaml platform/loki/values.yaml platform/namespaces/logging.yaml; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted network; then
  about ADR-0007 docs/adr/0007-network-a-network-of-its-own.md
  if { grep -rq '^resource "aws_vpc" "main"' infra/eks/network.tf; } >/dev/null 2>&1
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
  about ADR-0010 docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md
  if { grep -qE 'image_tag_mutability += "IMMUTABLE"' infra/aws-account/registry.tf; } >/dev/null 2>&1
  then holds 'No tag of an image of your own can be moved.'
  else broken 'No tag of an image of your own can be moved.'
  fi
  if { test "$(grep -c ' = { url = ' infra/aws-account/mirror.tf)" -eq 5 && grep -rqE 'image: [$][{]REGISTRY[}]/' apps/base; } >/dev/null 2>&1
  then holds 'Every publisher has its copy, and the sample workload comes from there.'
  else broken 'Every publisher has its copy, and the sample workload comes from there.'
  fi
  if { grep -q -- '--sbom=true' .github/workflows/image.yaml; } >/dev/null 2>&1
  then holds 'Images of your own are built by the pipeline, with a list of what they are made of.'
  else broken 'Images of your own are built by the pipeline, with a list of what they are made of.'
  fi
fi

if wanted autoscaling; then
  about ADR-0011 docs/adr/0011-node-autoscaling-karpenter.md
  if { ls delivery/crds/karpenter-crd.yaml delivery/platform-core/karpenter.yaml infra/eks/karpenter.tf platform-config/base/node-pools/general.yaml platform-config/base/node-pools/kustomization.yaml platform/karpenter/kustomization.yaml platform/karpenter/network-policies.yaml platform/karpenter/values.yaml platform/namespaces/karpenter.yaml; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted cni; then
  about ADR-0012 docs/adr/0012-pod-network-aws-vpc-cni.md
  if { grep -q 'enableNetworkPolicy = "true"' infra/eks/cni.tf; } >/dev/null 2>&1
  then holds 'The VPC CNI enforces network policies.'
  else broken 'The VPC CNI enforces network policies.'
  fi
fi

if wanted egress; then
  about ADR-0013 docs/adr/0013-outbound-traffic-open-through-nat.md
  if { grep -rq '^resource "aws_nat_gateway" "zone"' infra/eks/network.tf; } >/dev/null 2>&1
  then holds 'What leaves goes through NAT gateways; no node has a public address.'
  else broken 'What leaves goes through NAT gateways; no node has a public address.'
  fi
  if { ! grep -qsE '^nat_gateways += "one"$' infra/eks/envs/production.tfvars.example infra/eks/envs/production.tfvars; } >/dev/null 2>&1
  then holds 'Production has a NAT gateway in each zone.'
  else broken 'Production has a NAT gateway in each zone.'
  fi
fi

if wanted edge; then
  about ADR-0014 docs/adr/0014-edge-traefik-with-the-gateway-api.md
  if { grep -q '^  gatewayClassName: traefik$' platform-config/base/gateway/gateway.yaml; } >/dev/null 2>&1
  then holds 'The public gateway is of the class traefik.'
  else broken 'The public gateway is of the class traefik.'
  fi
  if { test "$(grep -rl '/gateway-api$' delivery/crds | wc -l)" -eq 1; } >/dev/null 2>&1
  then holds 'The CRDs of the Gateway API have one owner.'
  else broken 'The CRDs of the Gateway API have one owner.'
  fi
fi

if wanted dns-and-certificates; then
  about ADR-0015 docs/adr/0015-dns-and-certificates-externaldns-and-cert-manager.md
  if { ls delivery/platform-core/cert-manager.yaml delivery/platform-net/external-dns.yaml infra/eks/cert-manager.tf infra/eks/external-dns.tf platform-config/base/issuers/kustomization.yaml platform-config/base/issuers/public-issuer.yaml platform/cert-manager/alerts.yaml platform/cert-manager/kustomization.yaml platform/cert-manager/network-policies.yaml platform/cert-manager/values.yaml platform/external-dns/kustomization.yaml platform/external-dns/network-policies.yaml platform/external-dns/values.yaml platform/namespaces/cert-manager.yaml platform/namespaces/external-dns.yaml; } >/dev/null 2>&1
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
  about ADR-0019 docs/adr/0019-delivery-argo-cd.md
  if { ls clusters/staging/root.yaml clusters/production/root.yaml; } >/dev/null 2>&1
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
  if { ! grep -rhE '^(api_allowed_cidrs += \["|api_allowed_cidrs += \[$|api_by_name += true)' infra/eks/envs; } >/dev/null 2>&1
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
  about ADR-0025 docs/adr/0025-traces-tempo.md
  if { ls delivery/platform-obs/tempo.yaml infra/eks/tempo.tf platform-config/base/datasource-tempo/data-source.yaml platform-config/base/datasource-tempo/kustomization.yaml platform/namespaces/tracing.yaml platform/tempo/kustomization.yaml platform/tempo/network-policies.yaml platform/tempo/values.yaml; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted upgrades; then
  about ADR-0026 docs/adr/0026-upgrades-minor-upgrades-on-planned-dates.md
  if { grep -rq 'support_type = "STANDARD"' infra/eks/cluster.tf; } >/dev/null 2>&1
  then holds 'The minor is raised here; AWS raises it by itself at the end of its standard support alone.'
  else broken 'The minor is raised here; AWS raises it by itself at the end of its standard support alone.'
  fi
fi

if wanted workload-identity; then
  about ADR-0027 docs/adr/0027-workload-identity-the-providers-workload-identity.md
  if { grep -rq 'pods.eks.amazonaws.com' infra/eks/identity.tf; } >/dev/null 2>&1
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
