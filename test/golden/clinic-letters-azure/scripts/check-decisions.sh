#!/usr/bin/env bash
# Follows ADR-0018 (docs/adr/0018-platform-defaults-safe-from-the-first-day.md).
# Whether this repository still holds what its records decided. Needs no tool, no account and no cluster.
#   scripts/check-decisions.sh [DECISION…]    all of them without one
# Where it fails, either the file drifted, or a new record has to take the place of the old one.
set -euo pipefail
cd "$(dirname "$0")/.."

known="platform dns-and-certificates human-access logs network registry serverless-service metrics secrets workload-identity platform-defaults"
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

if wanted dns-and-certificates; then
  about ADR-0004 docs/adr/0004-dns-and-certificates-the-organisations-own-authority-and-dns.md
  if { ls infra/container-apps/edge.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted human-access; then
  about ADR-0006 docs/adr/0006-human-access-groups-of-the-directory-by-single-sign-on.md
  if { ls infra/bootstrap/people.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted logs; then
  about ADR-0007 docs/adr/0007-logs-the-cloud-providers-log-service.md
  if { ls infra/bootstrap/logs.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted network; then
  about ADR-0008 docs/adr/0008-network-a-network-that-exists.md
  if { ls infra/container-apps/network.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted registry; then
  about ADR-0011 docs/adr/0011-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md
  if { ls infra/bootstrap/registry.tf infra/container-apps/registry.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted serverless-service; then
  about ADR-0012 docs/adr/0012-serverless-service-azure-container-apps.md
  if { ls infra/bootstrap/backend.tf infra/bootstrap/envs/production.tfvars.example infra/bootstrap/envs/staging.tfvars.example infra/bootstrap/federation.tf infra/bootstrap/groups.tf infra/bootstrap/outputs.tf infra/bootstrap/providers.tf infra/bootstrap/state.tf infra/bootstrap/variables.tf infra/bootstrap/versions.tf infra/container-apps/backend.tf infra/container-apps/environment.tf infra/container-apps/envs/production.tfvars.example infra/container-apps/envs/staging.tfvars.example infra/container-apps/job.tf infra/container-apps/outputs.tf infra/container-apps/providers.tf infra/container-apps/service-web.tf infra/container-apps/tests/edge.tftest.hcl infra/container-apps/tests/inputs.tftest.hcl infra/container-apps/tests/network.tftest.hcl infra/container-apps/tests/slo.tftest.hcl infra/container-apps/tests/workloads.tftest.hcl infra/container-apps/variables.tf infra/container-apps/versions.tf infra/container-apps/worker.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted metrics; then
  about ADR-0013 docs/adr/0013-metrics-the-cloud-providers-metrics-service.md
  if { ls infra/container-apps/observability.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted secrets; then
  about ADR-0014 docs/adr/0014-secrets-the-providers-secret-store-read-by-the-service-itself.md
  if { ls infra/bootstrap/vaults.tf infra/container-apps/secrets.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted workload-identity; then
  about ADR-0017 docs/adr/0017-workload-identity-the-providers-workload-identity.md
  if { ls infra/bootstrap/identity.tf infra/container-apps/identity.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted platform-defaults; then
  about ADR-0018 docs/adr/0018-platform-defaults-safe-from-the-first-day.md
  if { ls infra/container-apps/slo.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

exit "$failed"
