#!/usr/bin/env bash
# Follows ADR-0018 (docs/adr/0018-platform-defaults-safe-from-the-first-day.md).
# Whether this repository still holds what its records decided. Needs no tool, no account and no cluster.
#   scripts/check-decisions.sh [DECISION…]    all of them without one
# Where it fails, either the file drifted, or a new record has to take the place of the old one.
set -euo pipefail
cd "$(dirname "$0")/.."

known="platform egress image-signing registry serverless-service metrics secrets workload-identity platform-defaults"
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
  about ADR-0001 docs/adr/0001-platform-serverless-container-service.md
  if { test ! -e clusters; } >/dev/null 2>&1
  then holds 'Nothing here is made for a cluster.'
  else broken 'Nothing here is made for a cluster.'
  fi
fi

if wanted egress; then
  about ADR-0005 docs/adr/0005-outbound-traffic-open-through-nat.md
  if { ls infra/cloud-run/network.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted image-signing; then
  about ADR-0009 docs/adr/0009-image-signing-binary-authorization.md
  if { grep -q 'cosign sign' .github/workflows/image.yaml && grep -q 'scripts/verify-images.sh' .github/workflows/deploy.yaml; } >/dev/null 2>&1
  then holds 'Images are signed where they are built, and no deployment goes past a missing signature.'
  else broken 'Images are signed where they are built, and no deployment goes past a missing signature.'
  fi
fi

if wanted registry; then
  about ADR-0011 docs/adr/0011-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md
  if { ls infra/cloud-run/registry.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted serverless-service; then
  about ADR-0012 docs/adr/0012-serverless-service-cloud-run.md
  if { grep -q '"INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"' infra/cloud-run/service-web.tf; } >/dev/null 2>&1
  then holds 'The service takes requests from the load balancer only.'
  else broken 'The service takes requests from the load balancer only.'
  fi
fi

if wanted metrics; then
  about ADR-0013 docs/adr/0013-metrics-the-cloud-providers-metrics-service.md
  if { ls infra/cloud-run/observability.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted secrets; then
  about ADR-0014 docs/adr/0014-secrets-the-providers-secret-store-read-by-the-service-itself.md
  if { ls infra/cloud-run/secrets.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted workload-identity; then
  about ADR-0017 docs/adr/0017-workload-identity-the-providers-workload-identity.md
  if { ls infra/bootstrap/identity.tf infra/cloud-run/identity.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted platform-defaults; then
  about ADR-0018 docs/adr/0018-platform-defaults-safe-from-the-first-day.md
  if { grep -q 'min_tls_version = "TLS_1_2"' infra/cloud-run/edge.tf; } >/dev/null 2>&1
  then holds 'Old versions of TLS are refused.'
  else broken 'Old versions of TLS are refused.'
  fi
fi

exit "$failed"
