/** scripts/rollout.sh: requests move to a new revision in steps, and back. */
import { VALUE } from './scripts.ts';

export const ROLLOUT = `# Moves requests of an app to its newest revision in steps, and back when too many of them fail.
#
#   scripts/rollout.sh forward ENVIRONMENT            in steps
#   scripts/rollout.sh back    ENVIRONMENT            at once, to the revision before
#   scripts/rollout.sh back    ENVIRONMENT REVISION
#
# SERVICE: which one; all are moved forward without it, and web is taken back.
# BAKE_SECONDS (300): how long each step is watched. Metrics arrive two to three minutes late, so not less than 240.
# MAX_ERROR_PERCENT (1): more server errors than this end the rollout. MIN_REQUESTS (50): fewer cannot be judged.
set -euo pipefail

steps=(5 25 50 100)
bake_seconds=\${BAKE_SECONDS:-300}
max_error_percent=\${MAX_ERROR_PERCENT:-1}
min_requests=\${MIN_REQUESTS:-50}

usage() {
  echo "usage: scripts/rollout.sh forward ENVIRONMENT | back ENVIRONMENT [REVISION]" >&2
  exit 2
}

[ $# -ge 2 ] || usage
action=$1
environment=$2
for tool in az jq; do
  command -v "$tool" > /dev/null || { echo "$tool is missing" >&2; exit 2; }
done
cd "$(dirname "$0")/.."
values="infra/container-apps/envs/$environment.tfvars"
[ -f "$values" ] || { echo "$values is missing" >&2; exit 2; }
${VALUE}
place=(--resource-group "$(value name)-$environment" --subscription "$(value subscription_id)")
app=(--name "\${SERVICE:-web}" "\${place[@]}")

# All that answer requests.
services() {
  az containerapp list "\${place[@]}" --query "[?properties.configuration.ingress].name" --output tsv
}
describe() { az containerapp show "\${app[@]}" --output json; }
revisions() { az containerapp revision list "\${app[@]}" --all --output json; }
newest() { describe | jq -r .properties.latestRevisionName; }

# Where most requests go; by name, also while they follow whatever is newest.
serving() {
  describe | jq -r '.properties as $app
    | [$app.configuration.ingress.traffic[] | select(.weight > 0)] | max_by(.weight)
    | if .latestRevision then $app.latestReadyRevisionName else .revisionName end'
}

send() {
  echo "$*"
  az containerapp ingress traffic set "\${app[@]}" --revision-weight "$@" --output none
}

# Until it runs, ten minutes at most.
await() {
  local revision=$1 state
  for _ in {1..60}; do
    state=$(revisions | jq -r --arg name "$revision" '.[] | select(.name == $name)
      | "\\(.properties.provisioningState) \\(.properties.runningState)"')
    case $state in
      "Provisioned Running" | "Provisioned RunningAtMaxScale" | "Provisioned ScaledToZero") return 0 ;;
      *Failed* | *Degraded*)
        echo "$revision: $state" >&2
        return 1
        ;;
    esac
    sleep 10
  done
  echo "$revision is not ready after ten minutes: $state" >&2
  return 1
}

# Requests that reached a revision lately, and those of them that it failed.
counts() {
  local revision=$1
  az monitor metrics list --resource "$(describe | jq -r .id)" --metric Requests --aggregation Total --interval PT1M --output json \\
    --start-time "$(jq -rn --argjson back "$bake_seconds" 'now - $back | floor | todate')" \\
    --end-time "$(jq -rn 'now | floor | todate')" \\
    --filter "revisionName eq '$revision' and statusCodeCategory eq '*'" |
    jq -r '[.value[].timeseries[] | {
        class: (.metadatavalues[] | select(.name.value | ascii_downcase == "statuscodecategory") | .value),
        count: ([.data[].total // 0] | add // 0)
      }] | "\\(map(.count) | add // 0 | floor) \\(map(select(.class == "5xx").count) | add // 0 | floor)"'
}

healthy() {
  local revision=$1 numbers total failed
  if ! numbers=$(counts "$revision") || ! [[ $numbers =~ ^[0-9]+\\ [0-9]+$ ]]; then
    echo "the metrics of $revision cannot be read" >&2
    return 1
  fi
  read -r total failed <<< "$numbers"
  echo "$revision answered $total requests, $failed with a server error"
  if [ "$total" -lt "$min_requests" ]; then
    echo "too few to judge, going on"
    return 0
  fi
  [ $((failed * 100)) -le $((total * max_error_percent)) ]
}

# A revision without requests still keeps its replicas; stopped, it can be started again.
stop_others() {
  local keep=$1 revision
  while read -r revision; do
    az containerapp revision deactivate "\${app[@]}" --revision "$revision" --output none
  done < <(revisions | jq -r --arg keep "$keep" '.[] | select(.properties.active and .name != $keep) | .name')
}

# Whatever ends the rollout early, an error of az too, ends it where it began.
moved_from=
finish() {
  local status=$?
  trap - EXIT
  if [ "$status" -ne 0 ] && [ -n "$moved_from" ]; then send "$moved_from=100" || true; fi
  exit "$status"
}

forward() {
  local old new percent
  trap finish EXIT
  trap 'exit 143' INT TERM
  new=$(newest)
  old=$(serving)
  await "$new"
  if [ "$old" = "$new" ]; then
    # Pinned by name, so that the next revision starts without requests.
    send "$new=100"
    return 0
  fi
  moved_from=$old
  for percent in "\${steps[@]}"; do
    if [ "$percent" -lt 100 ]; then
      send "$new=$percent" "$old=$((100 - percent))"
    else
      send "$new=100"
    fi
    # Waited for beside it, so that breaking off does not wait as well.
    sleep "$bake_seconds" &
    wait "$!"
    if ! healthy "$new"; then
      echo "more than $max_error_percent % server errors, or none to be seen: going back" >&2
      exit 1
    fi
  done
  moved_from=
  stop_others "$new"
}

# At once, since each has requests of its own. Whoever breaks it off sends those of all back.
forward_all() {
  local each names failed=no waiting=()
  names=$(services)
  trap 'kill "\${waiting[@]}" 2> /dev/null || true; wait; exit 143' INT TERM
  for each in $names; do
    SERVICE=$each scripts/rollout.sh forward "$environment" &
    waiting+=("$!")
  done
  for each in "\${waiting[@]}"; do wait "$each" || failed=yes; done
  [ "$failed" = no ]
}

# The newest revision that was made before the one that serves.
previous() {
  revisions | jq -r --arg now "$1" '[.[] | select(.properties.provisioningState == "Provisioned")]
    | sort_by(.properties.createdTime) | map(.name) | .[:(index($now) // 0)] | last // empty'
}

back() {
  local to=\${1:-}
  if [ -z "$to" ]; then to=$(previous "$(serving)"); fi
  if [ -z "$to" ]; then
    echo "there is no revision to go back to" >&2
    exit 1
  fi
  az containerapp revision activate "\${app[@]}" --revision "$to" --output none
  await "$to"
  send "$to=100"
}

case "$action $#" in
  "forward 2") if [ -n "\${SERVICE:-}" ]; then forward; else forward_all; fi ;;
  "back 2") back ;;
  "back 3") back "$3" ;;
  *) usage ;;
esac
`;
