#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# Gradual rollout and rollback.
# Moves requests of services to their newest revisions in steps, and back when too many of them fail.
#
#   scripts/rollout.sh forward ENVIRONMENT            region after region, in steps
#   scripts/rollout.sh back    ENVIRONMENT            all regions at once, each to the revision before
#   scripts/rollout.sh back    ENVIRONMENT REGION REVISION
#
# SERVICE: which one; all are moved forward without it, each by itself, and web is taken back.
# BAKE_SECONDS (300): how long each step is watched. Metrics arrive two to three minutes late, so not less than 240.
# MAX_ERROR_PERCENT (1): more server errors than this end the rollout. MIN_REQUESTS (50): fewer cannot be judged.
set -euo pipefail

steps=(5 25 50 100)
bake_seconds=${BAKE_SECONDS:-300}
max_error_percent=${MAX_ERROR_PERCENT:-1}
min_requests=${MIN_REQUESTS:-50}

usage() {
  echo "usage: scripts/rollout.sh forward ENVIRONMENT | back ENVIRONMENT [REGION REVISION]" >&2
  exit 2
}

[ $# -ge 2 ] || usage
action=$1
environment=$2
for tool in curl gcloud jq tofu; do
  command -v "$tool" > /dev/null || { echo "$tool is missing" >&2; exit 2; }
done
cd "$(dirname "$0")/../infra/cloud-run"
values="envs/$environment.tfvars"
[ -f "$values" ] || { echo "infra/cloud-run/$values is missing" >&2; exit 2; }
project=$(sed -n 's/^project_id *= *"\(.*\)"$/\1/p' "$values")

tofu init -input=false -reconfigure -backend-config="bucket=$project-state" > /dev/null
services=$(tofu output -json web_services)

# Which one the rest is about: its regions, and what it is called there.
choose() {
  mapfile -t regions < <(jq -r --arg name "$1" '.[$name] // {} | keys[]' <<< "$services")
  [ "${#regions[@]}" -gt 0 ] || { echo "there is no service $1 in $environment" >&2; exit 2; }
  service=$(jq -r --arg name "$1" '[.[$name][]][0]' <<< "$services")
}

describe() { gcloud run services describe "$service" --project="$project" --region="$1" --format=json; }
serving() { describe "$1" | jq -r '[.status.traffic[] | select((.percent // 0) > 0)] | max_by(.percent).revisionName'; }

send() {
  local region=$1 split=$2
  echo "$service $region: $split"
  gcloud run services update-traffic "$service" --project="$project" --region="$region" --to-revisions="$split" \
    --quiet > /dev/null
}

# The newest revision that was ready before the one that serves.
previous() {
  local region=$1 now=$2
  gcloud run revisions list --service="$service" --project="$project" --region="$region" --format=json |
    jq -r --arg now "$now" '[.[] | select(any(.status.conditions[]; .type == "Ready" and .status == "True"))]
      | sort_by(.metadata.creationTimestamp) | map(.metadata.name) | .[:(index($now) // 0)] | last // empty'
}

# Requests that reached a revision lately, and those of them that it failed.
counts() {
  local region=$1 revision=$2 token
  token=$(gcloud auth print-access-token)
  curl --fail --silent --show-error --get "https://monitoring.googleapis.com/v3/projects/$project/timeSeries" \
    --header "Authorization: Bearer $token" \
    --data-urlencode "filter=metric.type = \"run.googleapis.com/request_count\" AND resource.labels.location = \"$region\" AND resource.labels.revision_name = \"$revision\"" \
    --data-urlencode "interval.startTime=$(jq -rn --argjson back "$bake_seconds" 'now - $back | floor | todate')" \
    --data-urlencode "interval.endTime=$(jq -rn 'now | floor | todate')" \
    --data-urlencode "aggregation.alignmentPeriod=${bake_seconds}s" \
    --data-urlencode "aggregation.perSeriesAligner=ALIGN_DELTA" \
    --data-urlencode "aggregation.crossSeriesReducer=REDUCE_SUM" \
    --data-urlencode "aggregation.groupByFields=metric.labels.response_code_class" |
    jq -r '[.timeSeries[]? | {class: .metric.labels.response_code_class, count: ([.points[].value.int64Value | tonumber] | add)}]
      | "\(map(.count) | add // 0) \(map(select(.class == "5xx").count) | add // 0)"'
}

healthy() {
  local region=$1 revision=$2 numbers total failed
  if ! numbers=$(counts "$region" "$revision") || ! [[ $numbers =~ ^[0-9]+\ [0-9]+$ ]]; then
    echo "$service $region: the metrics of $revision cannot be read" >&2
    return 1
  fi
  read -r total failed <<< "$numbers"
  echo "$service $region: $revision answered $total requests, $failed with a server error"
  if [ "$total" -lt "$min_requests" ]; then
    echo "$service $region: too few to judge, going on"
    return 0
  fi
  [ $((failed * 100)) -le $((total * max_error_percent)) ]
}

# Whatever ends the rollout early, an error of gcloud too, ends it where it began.
moved=()
finish() {
  local status=$? each
  trap - EXIT
  if [ "$status" -ne 0 ]; then
    for each in "${moved[@]}"; do send "${each%%=*}" "${each#*=}=100" || true; done
  fi
  exit "$status"
}

forward() {
  local region old new created percent
  trap finish EXIT
  trap 'exit 143' INT TERM
  for region in "${regions[@]}"; do
    old=$(serving "$region")
    new=$(describe "$region" | jq -r .status.latestReadyRevisionName)
    created=$(describe "$region" | jq -r .status.latestCreatedRevisionName)
    if [ "$new" != "$created" ]; then
      echo "$service $region: $created did not become ready and gets no requests" >&2
      exit 1
    fi
    if [ "$old" = "$new" ]; then
      # Pinned by name, so that the next revision starts without requests.
      send "$region" "$new=100"
      continue
    fi
    moved+=("$region=$old")
    for percent in "${steps[@]}"; do
      if [ "$percent" -lt 100 ]; then
        send "$region" "$new=$percent,$old=$((100 - percent))"
      else
        send "$region" "$new=100"
      fi
      # Beside, so that a signal is answered at once.
      sleep "$bake_seconds" &> /dev/null &
      wait "$!"
      if ! healthy "$region" "$new"; then
        echo "$service $region: more than $max_error_percent % server errors, or none to be seen: going back" >&2
        exit 1
      fi
    done
  done
}

# Beside each other; one that fails goes back alone.
forward_all() {
  local name names failed=no running=()
  names=$(jq -r 'keys[]' <<< "$services")
  trap 'kill "${running[@]}" 2> /dev/null || true; wait; exit 143' INT TERM
  for name in ${SERVICE:-$names}; do
    (choose "$name"; forward) &
    running+=("$!")
  done
  for name in "${running[@]}"; do wait "$name" || failed=yes; done
  [ "$failed" = no ]
}

back() {
  local region now before
  choose "${SERVICE:-web}"
  for region in "${regions[@]}"; do
    now=$(serving "$region")
    before=$(previous "$region" "$now")
    if [ -z "$before" ]; then
      echo "$service $region: there is no ready revision before $now" >&2
      exit 1
    fi
    send "$region" "$before=100"
  done
}

case "$action $#" in
  "forward 2") forward_all ;;
  "back 2") back ;;
  "back 4") choose "${SERVICE:-web}"; send "$3" "$4=100" ;;
  *) usage ;;
esac
