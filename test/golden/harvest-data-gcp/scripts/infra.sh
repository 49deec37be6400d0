#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# Plans and applies infra/cloud-run for one environment.
set -euo pipefail

usage() {
  echo "usage: scripts/infra.sh plan|apply|drift ENVIRONMENT" >&2
  exit 2
}

[ $# -eq 2 ] || usage
action=$1
environment=$2
cd "$(dirname "$0")/../infra/cloud-run"

values="envs/$environment.tfvars"
if [ ! -f "$values" ]; then
  echo "infra/cloud-run/$values is missing: copy $values.example and replace what is marked in it." >&2
  exit 2
fi
project=$(sed -n 's/^project_id *= *"\(.*\)"$/\1/p' "$values")

# In a pipeline nobody looks at changed checksums of providers, so they are refused.
lock=()
if [ "${CI:-}" = true ]; then lock=(-lockfile=readonly); fi
tofu init -input=false -reconfigure -backend-config="bucket=$project-state" "${lock[@]}" >&2

case $action in
  plan)
    # Without a lock: who only reads the state cannot write one.
    tofu plan -input=false -no-color -lock=false -var-file="$values"
    ;;
  apply)
    tofu plan -input=false -no-color -lock-timeout=5m -var-file="$values" -out="$environment.tfplan"
    tofu apply -input=false -no-color -lock-timeout=5m "$environment.tfplan"
    ;;
  drift)
    # Ends with 2 where something differs.
    tofu plan -input=false -no-color -lock=false -var-file="$values" -detailed-exitcode
    ;;
  *) usage ;;
esac
