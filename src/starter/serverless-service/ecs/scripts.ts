/** scripts/: the same commands for people and for the pipeline. */
import type { StarterInput } from '../../part.ts';
import type { Backend } from '../infra-script.ts';
import { copiedImages } from './identity.ts';
import type { Settings } from './settings.ts';

/** Reads name and region of an environment. */
function readPlace(name: string): string {
  return `value() { sed -nE "s/^$1 *= *\\"([^\\"]*)\\".*$/\\\\1/p" "$values"; }
name=$(value name)
name=\${name:-${name}}
region=$(value region)`;
}

/** The account as well: both folders name the bucket of the state after it. */
function readAccount(name: string): string {
  return `${readPlace(name)}\naccount=$(value account_id)`;
}

export function stateBackend(name: string): Backend {
  return {
    read: readAccount(name),
    config: ['bucket=$name-$account-state', 'region=$region'],
  };
}

/** scripts/bootstrap.sh. */
export function bootstrapScript(input: StarterInput, name: string, { traces }: Settings): string {
  const { sample, collector } = copiedImages(input);
  const copies = (traces ? [sample, collector] : [sample])
    .map(image => `copy ${image.name} ${image.tag} ${image.source}`)
    .join('\n');
  return `# Run by an administrator of the account, once, and again when infra/bootstrap changes. Needs aws, docker, tofu and jq.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/bootstrap.sh ENVIRONMENT" >&2; exit 2; }
environment=$1
cd "$(dirname "$0")/../infra/bootstrap"

values="envs/$environment.tfvars"
if [ ! -f "$values" ]; then
  echo "infra/bootstrap/$values is missing: copy $values.example and replace what is marked in it." >&2
  exit 2
fi
${readAccount(name)}
bucket="$name-$account-state"

if [ "$(aws sts get-caller-identity --query Account --output text)" != "$account" ]; then
  echo "You are signed in to another account than $account, which infra/bootstrap/$values names." >&2
  exit 2
fi
if ! aws s3api head-bucket --bucket "$bucket" --region "$region" > /dev/null 2>&1; then
  # us-east-1 alone is not named as a place.
  place=()
  if [ "$region" != us-east-1 ]; then place=(--create-bucket-configuration "LocationConstraint=$region"); fi
  aws s3api create-bucket --bucket "$bucket" --region "$region" "\${place[@]}" > /dev/null
fi

tofu init -input=false -reconfigure -backend-config="bucket=$bucket" -backend-config="region=$region"
tofu apply -var-file="$values"

# Images of others are copied as they are, for every processor, and then come from here alone.
registry=$(tofu output -raw registry)
aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "\${registry%%/*}"
copy() {
  if aws ecr describe-images --region "$region" --repository-name "$name/$1" --image-ids "imageTag=$2" > /dev/null 2>&1; then
    return
  fi
  docker buildx imagetools create --tag "$registry/$1:$2" "$3"
}
${copies}

echo
echo "Variables for the workflows:"
tofu output -json github_variables | jq -r 'to_entries[] | "gh variable set \\(.key) --body \\(.value)"'
if tofu output -json | jq -e 'has("certificate_records")' > /dev/null; then
  echo
  echo "Record to create at your DNS provider, now and for good; the first deployment waits for its certificate:"
  tofu output -json certificate_records | jq -r '.[] | "\\(.name) \\(.type) \\(.data)"'
fi
`;
}

/** scripts/rollout.sh. */
export function rolloutScript(folder: string, name: string): string {
  return `# Watches new versions of services reach their users, and takes one back.
#
#   scripts/rollout.sh watch ENVIRONMENT            until ECS has moved all requests, or moved them back
#   scripts/rollout.sh back  ENVIRONMENT            to the version before, at once
#   scripts/rollout.sh back  ENVIRONMENT REVISION   to a revision of the task definition, such as 41
#
# SERVICE: which one; all are watched without it, and web is taken back.
# START_SECONDS (900): how long new tasks may take to become healthy; an alarm cannot see a task that never served.
set -euo pipefail

start_seconds=\${START_SECONDS:-900}

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
cd "$(dirname "$0")/../${folder}"
values="envs/$environment.tfvars"
[ -f "$values" ] || { echo "${folder}/$values is missing" >&2; exit 2; }
${readPlace(name)}
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
        jq -r --arg service "$1" '"\\($service): \\(.statusReason // "no reason was given")"' <<< "$state" >&2
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
  names=\${SERVICE:-$(services)}
  for each in $names; do
    watch "$each" &
    waiting+=("$!")
  done
  for each in "\${waiting[@]}"; do wait "$each" || failed=yes; done
  [ "$failed" = no ]
}

back() {
  local deployment status definition service=\${SERVICE:-web}
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
  ecs update-service --cluster "$name" --service "$service" --task-definition "$definition" \\
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
`;
}
