#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# Gradual rollout and rollback.
# Watches new versions of services reach their users, and takes one back.
#
#   scripts/rollout.sh watch ENVIRONMENT            until ECS has moved all requests, or moved them back
#   scripts/rollout.sh back  ENVIRONMENT            to the version before, at once
#   scripts/rollout.sh back  ENVIRONMENT REVISION   to a revision of the task definition, such as 41
#
# SERVICE: which one; all are watched without it, and web is taken back.
# START_SECONDS (900): how long new tasks may take to become healthy; an alarm cannot see a task that never served.
set -euo pipefail

start_seconds=${START_SECONDS:-900}

usage() {
  echo "usage: scripts/rollout.sh watch ENVIRONMENT | back ENVIRONMENT [REVISION]" >&2
  exit 2
}

[ $# -ge 2 ] || usage
action=$1
environment=$2
for tool in aws jq; do
  command -v "$tool" > /dev/null || { echo "$tool is missing" >&2; exit 2; }
done
cd "$(dirname "$0")/../infra/ecs"
values="envs/$environment.tfvars"
[ -f "$values" ] || { echo "infra/ecs/$values is missing" >&2; exit 2; }
value() { sed -nE "s/^$1 *= *\"([^\"]*)\".*$/\\1/p" "$values"; }
name=$(value name)
name=${name:-harbour}
region=$(value region)
export AWS_REGION=$region

ecs() { aws ecs "$@" --output json; }

# All that answer requests.
services() { ecs list-services --cluster "$name" | jq -r '.serviceArns[] | split("/") | last | select(. != "worker")'; }

# The newest deployment of a service: its address, or nothing before the first one.
newest() {
  ecs list-service-deployments --cluster "$name" --service "$1" |
    jq -r '.serviceDeployments | sort_by(.createdAt) | last | .serviceDeploymentArn // empty'
}
describe() { ecs describe-service-deployments --service-deployment-arns "$1" | jq '.serviceDeployments[0]'; }
send_back() { ecs stop-service-deployment --service-deployment-arn "$1" --stop-type ROLLBACK > /dev/null; }

watch() {
  local deployment state status stage began=$SECONDS asked=no
  deployment=$(newest "$1")
  [ -n "$deployment" ] || { echo "$1 was never deployed" >&2; exit 1; }
  while true; do
    state=$(describe "$deployment")
    status=$(jq -r .status <<< "$state")
    stage=$(jq -r '.lifecycleStage // "-"' <<< "$state")
    echo "$1: $status $stage"
    case $status in
      SUCCESSFUL) return ;;
      ROLLBACK_SUCCESSFUL | ROLLBACK_FAILED | STOPPED)
        jq -r --arg service "$1" '"\($service): \(.statusReason // "no reason was given")"' <<< "$state" >&2
        exit 1
        ;;
      IN_PROGRESS)
        if [ "$stage" != SCALE_UP ]; then
          began=$SECONDS
        elif [ $((SECONDS - began)) -gt "$start_seconds" ] && [ "$asked" = no ]; then
          echo "$1: no healthy task after $start_seconds seconds: going back" >&2
          send_back "$deployment"
          asked=yes
        fi
        ;;
    esac
    sleep 15
  done
}

# At once, since deployments of several services run beside each other.
watch_all() {
  local each names failed=no waiting=()
  names=${SERVICE:-$(services)}
  for each in $names; do
    watch "$each" &
    waiting+=("$!")
  done
  for each in "${waiting[@]}"; do wait "$each" || failed=yes; done
  [ "$failed" = no ]
}

back() {
  local deployment status definition service=${SERVICE:-web}
  deployment=$(newest "$service")
  [ -n "$deployment" ] || { echo "$service was never deployed" >&2; exit 1; }
  status=$(describe "$deployment" | jq -r .status)
  if [ $# -eq 0 ] && { [ "$status" = IN_PROGRESS ] || [ "$status" = PENDING ]; }; then
    # The tasks of the version before still run: all requests are theirs again within seconds.
    send_back "$deployment"
    return
  fi
  if [ $# -eq 0 ]; then
    definition=$(before "$service")
  else
    definition="$name-$service:$1"
  fi
  [ -n "$definition" ] || { echo "there is no version before" >&2; exit 1; }
  echo "back to $definition"
  # All at once and without a bake. The next apply brings the steps back.
  ecs update-service --cluster "$name" --service "$service" --task-definition "$definition" \
    --deployment-configuration '{"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0}' > /dev/null
}

# The task definition of the last deployment of a service that ended well before the one that serves.
before() {
  local revision
  revision=$(ecs list-service-deployments --cluster "$name" --service "$1" --status SUCCESSFUL |
    jq -r '.serviceDeployments | sort_by(.createdAt) | .[-2].targetServiceRevisionArn // empty')
  [ -n "$revision" ] || return 0
  ecs describe-service-revisions --service-revision-arns "$revision" | jq -r '.serviceRevisions[0].taskDefinition'
}

case "$action $#" in
  "watch 2") watch_all ;;
  "back 2") back ;;
  "back 3") back "$3" ;;
  *) usage ;;
esac
