#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# Lets Front Door in.
# Accepts the private link that Front Door asked the environment for; does nothing once that is done. Needs az and jq.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/approve-front-door.sh ENVIRONMENT" >&2; exit 2; }
cd "$(dirname "$0")/.."
values="infra/container-apps/envs/$1.tfvars"
[ -f "$values" ] || { echo "$values is missing" >&2; exit 2; }
value() { sed -n "s/^$1 *= *\"\(.*\)\"$/\1/p" "$values"; }
group="$(value name)-$1"
environment="/subscriptions/$(value subscription_id)/resourceGroups/$group/providers/Microsoft.App/managedEnvironments/$group"

# Front Door may ask more than once, and a minute late.
for attempt in 1 2 3 4 5 6; do
  connections=$(az network private-endpoint-connection list --id "$environment" --output json)
  mapfile -t pending < <(jq -r '.[] | select(.properties.privateLinkServiceConnectionState
    | .status == "Pending" and .description == "front-door") | .id' <<< "$connections")
  for connection in "${pending[@]}"; do
    echo "accepting $connection"
    az network private-endpoint-connection approve --id "$connection" --description "front-door" --output none
  done
  accepted=$(jq '[.[] | select(.properties.privateLinkServiceConnectionState.status == "Approved")] | length' <<< "$connections")
  if [ "$accepted" -gt 0 ] && [ "${#pending[@]}" -eq 0 ]; then exit 0; fi
  echo "attempt $attempt: ${#pending[@]} accepted now, $accepted before"
  sleep 30
done
echo "Front Door has not asked for a private link: look at its origin in the portal" >&2
exit 1
