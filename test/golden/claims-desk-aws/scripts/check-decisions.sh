#!/usr/bin/env bash
# Follows ADR-0018 (docs/adr/0018-platform-defaults-safe-from-the-first-day.md).
# Whether this repository still holds what its records decided. Needs no tool, no account and no cluster.
#   scripts/check-decisions.sh [DECISION…]    all of them without one
# Where it fails, either the file drifted, or a new record has to take the place of the old one.
set -euo pipefail
cd "$(dirname "$0")/.."

known="platform logs network recovery registry egress dns-and-certificates image-signing serverless-service metrics secrets promotion traces workload-identity platform-defaults"
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

if wanted logs; then
  about ADR-0005 docs/adr/0005-logs-the-cloud-providers-log-service.md
  if { grep -rq 'retention_in_days = var.log_retention_days' infra/ecs/tasks.tf; } >/dev/null 2>&1
  then holds 'Each workload has a log group in CloudWatch, and how long it is kept is set here.'
  else broken 'Each workload has a log group in CloudWatch, and how long it is kept is set here.'
  fi
fi

if wanted network; then
  about ADR-0006 docs/adr/0006-network-a-network-of-its-own.md
  if { grep -rq '^resource "aws_vpc" "main"' infra/ecs/network.tf; } >/dev/null 2>&1
  then holds 'The network is made here, and nothing else stands in it.'
  else broken 'The network is made here, and nothing else stands in it.'
  fi
fi

if wanted recovery; then
  about ADR-0007 docs/adr/0007-recovery-backups-and-a-rebuild-from-git.md
  if { test -s docs/runbooks/restore.md; } >/dev/null 2>&1
  then holds 'How everything comes back is written down.'
  else broken 'How everything comes back is written down.'
  fi
fi

if wanted registry; then
  about ADR-0008 docs/adr/0008-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md
  if { ls infra/bootstrap/registry.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted egress; then
  about ADR-0009 docs/adr/0009-outbound-traffic-open-through-nat.md
  if { ls infra/ecs/egress.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted dns-and-certificates; then
  about ADR-0010 docs/adr/0010-dns-and-certificates-the-providers-zones-and-certificates.md
  if { grep -rq 'validation_method *= "DNS"' infra/bootstrap/certificate.tf; } >/dev/null 2>&1
  then holds 'AWS makes and renews the certificate, which a record of the domain proves.'
  else broken 'AWS makes and renews the certificate, which a record of the domain proves.'
  fi
fi

if wanted image-signing; then
  about ADR-0011 docs/adr/0011-image-signing-sigstore-cosign.md
  if { grep -q 'cosign sign' .github/workflows/image.yaml && grep -q 'scripts/verify-images.sh' .github/workflows/deploy.yaml; } >/dev/null 2>&1
  then holds 'Images are signed where they are built, and no deployment goes past a missing signature.'
  else broken 'Images are signed where they are built, and no deployment goes past a missing signature.'
  fi
fi

if wanted serverless-service; then
  about ADR-0012 docs/adr/0012-serverless-service-ecs-on-fargate.md
  if { grep -q 'assign_public_ip = false' infra/ecs/service-web.tf; } >/dev/null 2>&1
  then holds 'Tasks of the web service have no address on the internet.'
  else broken 'Tasks of the web service have no address on the internet.'
  fi
fi

if wanted metrics; then
  about ADR-0013 docs/adr/0013-metrics-the-cloud-providers-metrics-service.md
  if { ls infra/ecs/observability.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted secrets; then
  about ADR-0014 docs/adr/0014-secrets-the-providers-secret-store-read-by-the-service-itself.md
  if { ls infra/ecs/secrets.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted promotion; then
  about ADR-0015 docs/adr/0015-promotion-a-gate-in-the-pipeline.md
  if { grep -rq '^    environment: production$' .github/workflows/deploy.yaml; } >/dev/null 2>&1
  then holds 'What deploys to production is a job of its own, which waits for whoever its environment in GitHub names.'
  else broken 'What deploys to production is a job of its own, which waits for whoever its environment in GitHub names.'
  fi
fi

if wanted traces; then
  about ADR-0016 docs/adr/0016-traces-the-cloud-providers-tracing-service.md
  if { grep -rq 'AOT_CONFIG_CONTENT' infra/ecs/tasks.tf; } >/dev/null 2>&1
  then holds 'A collector beside each workload hands traces to X-Ray.'
  else broken 'A collector beside each workload hands traces to X-Ray.'
  fi
fi

if wanted workload-identity; then
  about ADR-0017 docs/adr/0017-workload-identity-the-providers-workload-identity.md
  if { ls infra/bootstrap/identity.tf infra/ecs/identity.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted platform-defaults; then
  about ADR-0018 docs/adr/0018-platform-defaults-safe-from-the-first-day.md
  if { grep -q 'ELBSecurityPolicy-TLS13-1-2-' infra/ecs/edge.tf; } >/dev/null 2>&1
  then holds 'Old versions of TLS are refused.'
  else broken 'Old versions of TLS are refused.'
  fi
fi

exit "$failed"
