#!/usr/bin/env bash
# Follows ADR-0029 (docs/adr/0029-platform-defaults-safe-from-the-first-day.md).
# Whether this repository still holds what its records decided. Needs no tool, no account and no cluster.
#   scripts/check-decisions.sh [DECISION…]    all of them without one
# Where it fails, either the file drifted, or a new record has to take the place of the old one.
set -euo pipefail
cd "$(dirname "$0")/.."

known="platform control-plane backup human-access logs policy-engine recovery registry distribution autoscaling cni edge dns-and-certificates image-signing mesh topology gitops metrics secrets promotion tenant-isolation traces upgrades workload-identity platform-defaults"
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
  about ADR-0002 docs/adr/0002-control-plane-self-managed.md
  if { ls infra/kubeadm/keepalived.conf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted backup; then
  about ADR-0004 docs/adr/0004-backup-velero.md
  if { grep -q 'schedule:' platform/velero/values.yaml; } >/dev/null 2>&1
  then holds 'A backup is made every night.'
  else broken 'A backup is made every night.'
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
  if { ls delivery/platform-obs/alloy.yaml delivery/platform-obs/loki.yaml platform-config/base/datasource-loki/data-source.yaml platform-config/base/datasource-loki/kustomization.yaml platform/alloy/kustomization.yaml platform/alloy/network-policies.yaml platform/alloy/values.yaml platform/loki/kustomization.yaml platform/loki/network-policies.yaml platform/loki/values.yaml platform/namespaces/logging.yaml; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
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
  about ADR-0010 docs/adr/0010-registry-harbor.md
  if { grep -rqE 'image: replace-me-harbor\.example\.com/' apps/base; } >/dev/null 2>&1
  then holds 'The sample workload comes through Harbor.'
  else broken 'The sample workload comes through Harbor.'
  fi
fi

if wanted distribution; then
  about ADR-0011 docs/adr/0011-kubernetes-distribution-kubeadm.md
  if { ls infra/kubeadm >/dev/null; } >/dev/null 2>&1
  then holds 'Hosts are set up for kubeadm.'
  else broken 'Hosts are set up for kubeadm.'
  fi
fi

if wanted autoscaling; then
  about ADR-0012 docs/adr/0012-node-autoscaling-a-fixed-number-of-nodes.md
  if { ! grep -rqE 'karpenter|cluster-autoscaler' delivery; } >/dev/null 2>&1
  then holds 'Nothing that is delivered adds or removes nodes.'
  else broken 'Nothing that is delivered adds or removes nodes.'
  fi
fi

if wanted cni; then
  about ADR-0013 docs/adr/0013-pod-network-calico.md
  if { grep -A1 '^frrk8s:$' platform/metallb/values.yaml | grep -q 'enabled: false'; } >/dev/null 2>&1
  then holds 'Addresses are announced by ARP alone, and no second program routes.'
  else broken 'Addresses are announced by ARP alone, and no second program routes.'
  fi
fi

if wanted edge; then
  about ADR-0015 docs/adr/0015-edge-f5-nginx-ingress-controller.md
  if { grep -q '^  ingressClassName: nginx$' apps/base/demo-web/route.yaml; } >/dev/null 2>&1
  then holds 'Routes name the class of the controller that was chosen.'
  else broken 'Routes name the class of the controller that was chosen.'
  fi
fi

if wanted dns-and-certificates; then
  about ADR-0016 docs/adr/0016-dns-and-certificates-externaldns-and-cert-manager.md
  if { ls delivery/platform-core/cert-manager.yaml delivery/platform-net/external-dns.yaml platform-config/base/issuers/kustomization.yaml platform-config/base/issuers/public-issuer.yaml platform/cert-manager/alerts.yaml platform/cert-manager/kustomization.yaml platform/cert-manager/network-policies.yaml platform/cert-manager/values.yaml platform/external-dns/kustomization.yaml platform/external-dns/network-policies.yaml platform/external-dns/values.yaml platform/namespaces/authorities.pem platform/namespaces/cert-manager.yaml platform/namespaces/external-dns.yaml; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted image-signing; then
  about ADR-0017 docs/adr/0017-image-signing-no-signing.md
  if { test ! -e platform-config/base/image-signatures; } >/dev/null 2>&1
  then holds 'No policy asks for a signature.'
  else broken 'No policy asks for a signature.'
  fi
fi

if wanted mesh; then
  about ADR-0018 docs/adr/0018-service-mesh-linkerd.md
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
  about ADR-0019 docs/adr/0019-cluster-topology-one-cluster-per-environment.md
  if { ls clusters/staging clusters/production; } >/dev/null 2>&1
  then holds 'Every cluster has a folder, values and an overlay of its own.'
  else broken 'Every cluster has a folder, values and an overlay of its own.'
  fi
fi

if wanted gitops; then
  about ADR-0020 docs/adr/0020-delivery-argo-cd.md
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

if wanted metrics; then
  about ADR-0022 docs/adr/0022-metrics-prometheus-alertmanager-and-grafana-in-the-cluster.md
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
  about ADR-0023 docs/adr/0023-secrets-external-secrets-operator.md
  if { ! grep -rlE '^kind: Secret$' apps clusters delivery platform platform-config; } >/dev/null 2>&1
  then holds 'No secret lies in Git.'
  else broken 'No secret lies in Git.'
  fi
fi

if wanted promotion; then
  about ADR-0024 docs/adr/0024-promotion-a-folder-per-environment.md
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
  about ADR-0025 docs/adr/0025-tenant-isolation-a-namespace-each.md
  if { grep -rq '^kind: ResourceQuota' platform/namespaces/demo.yaml; } >/dev/null 2>&1
  then holds 'The namespace that others are made after has a quota, and nothing passes its border unless a policy lets it.'
  else broken 'The namespace that others are made after has a quota, and nothing passes its border unless a policy lets it.'
  fi
fi

if wanted traces; then
  about ADR-0026 docs/adr/0026-traces-jaeger.md
  if { grep -q 'password_file:' platform/jaeger/values.yaml; } >/dev/null 2>&1
  then holds 'Traces are kept outside the pods of Jaeger.'
  else broken 'Traces are kept outside the pods of Jaeger.'
  fi
fi

if wanted upgrades; then
  about ADR-0027 docs/adr/0027-upgrades-minor-upgrades-on-planned-dates.md
  if { grep -rq '^KUBERNETES_VERSION=' infra/hosts; } >/dev/null 2>&1
  then holds 'The minor stands in the inventory of each cluster, and nothing but a change of that raises it.'
  else broken 'The minor stands in the inventory of each cluster, and nothing but a change of that raises it.'
  fi
fi

if wanted workload-identity; then
  about ADR-0028 docs/adr/0028-workload-identity-spiffe-spire-or-the-authority-of-the-mesh.md
  if { grep -q 'ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}' platform-config/base/identities/workloads.yaml; } >/dev/null 2>&1
  then holds 'Pods of teams get an identity made of their namespace and service account.'
  else broken 'Pods of teams get an identity made of their namespace and service account.'
  fi
  if { grep -q 'issuerName: spire-upstream' platform/spire/values.yaml; } >/dev/null 2>&1
  then holds 'The authority stands under a root that cert-manager keeps.'
  else broken 'The authority stands under a root that cert-manager keeps.'
  fi
fi

if wanted platform-defaults; then
  about ADR-0029 docs/adr/0029-platform-defaults-safe-from-the-first-day.md
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
