#!/usr/bin/env bash
# Follows ADR-0018 (docs/adr/0018-platform-defaults-safe-from-the-first-day.md).
# Whether this repository still holds what its records decided. Needs no tool, no account and no cluster.
#   scripts/check-decisions.sh [DECISION…]    all of them without one
# Where it fails, either the file drifted, or a new record has to take the place of the old one.
set -euo pipefail
cd "$(dirname "$0")/.."

known="platform human-access logs network recovery registry egress dns-and-certificates serverless-service metrics secrets promotion traces workload-identity platform-defaults"
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

if wanted human-access; then
  about ADR-0004 docs/adr/0004-human-access-groups-of-the-directory-by-single-sign-on.md
  if { grep -rq 'principal_type *= "Group"' infra/bootstrap/people.tf; } >/dev/null 2>&1
  then holds 'People have rights as members of groups of the directory, and none by name.'
  else broken 'People have rights as members of groups of the directory, and none by name.'
  fi
fi

if wanted logs; then
  about ADR-0005 docs/adr/0005-logs-the-cloud-providers-log-service.md
  if { grep -rq 'category = "ContainerAppConsoleLogs"' infra/container-apps/environment.tf; } >/dev/null 2>&1
  then holds 'What workloads write goes to a workspace of Azure.'
  else broken 'What workloads write goes to a workspace of Azure.'
  fi
fi

if wanted network; then
  about ADR-0006 docs/adr/0006-network-a-network-that-exists.md
  if { ls infra/container-apps/network.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
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
  if { ls infra/bootstrap/registry.tf infra/container-apps/registry.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted egress; then
  about ADR-0009 docs/adr/0009-outbound-traffic-through-a-central-firewall.md
  if { grep -rq 'self.route_table_id != ""' infra/container-apps/network.tf; } >/dev/null 2>&1
  then holds 'No apply goes past a subnet without a route table, by which the owner of the network leads all that leaves to the firewall.'
  else broken 'No apply goes past a subnet without a route table, by which the owner of the network leads all that leaves to the firewall.'
  fi
fi

if wanted dns-and-certificates; then
  about ADR-0010 docs/adr/0010-dns-and-certificates-the-organisations-own-authority-and-dns.md
  if { ls infra/container-apps/edge.tf; } >/dev/null 2>&1
  then holds 'Every file that follows from this record is there.'
  else broken 'Every file that follows from this record is there.'
  fi
fi

if wanted serverless-service; then
  about ADR-0012 docs/adr/0012-serverless-service-azure-container-apps.md
  if { ls infra/bootstrap/backend.tf infra/bootstrap/envs/production.tfvars.example infra/bootstrap/envs/staging.tfvars.example infra/bootstrap/federation.tf infra/bootstrap/groups.tf infra/bootstrap/outputs.tf infra/bootstrap/providers.tf infra/bootstrap/state.tf infra/bootstrap/variables.tf infra/bootstrap/versions.tf infra/container-apps/backend.tf infra/container-apps/environment.tf infra/container-apps/envs/production.tfvars.example infra/container-apps/envs/staging.tfvars.example infra/container-apps/job.tf infra/container-apps/outputs.tf infra/container-apps/providers.tf infra/container-apps/service-web.tf infra/container-apps/tests/edge.tftest.hcl infra/container-apps/tests/inputs.tftest.hcl infra/container-apps/tests/network.tftest.hcl infra/container-apps/tests/services.tftest.hcl infra/container-apps/tests/slo.tftest.hcl infra/container-apps/tests/workloads.tftest.hcl infra/container-apps/variables.tf infra/container-apps/versions.tf infra/container-apps/worker.tf; } >/dev/null 2>&1
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

if wanted promotion; then
  about ADR-0015 docs/adr/0015-promotion-a-gate-in-the-pipeline.md
  if { grep -rq '^    environment: production$' .github/workflows/deploy.yaml; } >/dev/null 2>&1
  then holds 'What deploys to production is a job of its own, which waits for whoever its environment in GitHub names.'
  else broken 'What deploys to production is a job of its own, which waits for whoever its environment in GitHub names.'
  fi
fi

if wanted traces; then
  about ADR-0016 docs/adr/0016-traces-the-cloud-providers-tracing-service.md
  if { grep -rq 'APPLICATIONINSIGHTS_CONNECTION_STRING' infra/container-apps/environment.tf; } >/dev/null 2>&1
  then holds 'Workloads know where Azure takes their traces.'
  else broken 'Workloads know where Azure takes their traces.'
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
