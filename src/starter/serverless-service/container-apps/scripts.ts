/** scripts/: the same commands for people and for the pipeline. */
import type { Backend } from '../infra-script.ts';
import { REQUEST_MESSAGE } from './edge.ts';

/** Reads a text out of the file of values. */
const VALUE = `value() { sed -n "s/^$1 *= *\\"\\(.*\\)\\"$/\\1/p" "$values"; }`;
/** The name of the storage account follows from the values, as providers.tf has it. */
const ACCOUNT = `${VALUE}
identity="$(value subscription_id)/$(value name)/$(value environment)"
account="st$(printf '%s' "$identity" | openssl dgst -sha256 -r | cut -c1-18)"`;

export const STATE_BACKEND: Backend = {
  read: ACCOUNT,
  config: ['storage_account_name=$account'],
};

/** scripts/bootstrap.sh. */
export const BOOTSTRAP = `# Run by an owner of the subscription, once, and again when infra/bootstrap changes. Needs az, tofu, jq and openssl.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/bootstrap.sh ENVIRONMENT" >&2; exit 2; }
environment=$1
cd "$(dirname "$0")/../infra/bootstrap"

values="envs/$environment.tfvars"
if [ ! -f "$values" ]; then
  echo "infra/bootstrap/$values is missing: copy $values.example and replace what is marked in it." >&2
  exit 2
fi
${ACCOUNT}
subscription=$(value subscription_id)
group="$(value name)-$environment-base"
az account set --subscription "$subscription"

for provider in Microsoft.App Microsoft.Cdn Microsoft.ContainerRegistry Microsoft.Insights Microsoft.KeyVault \\
  Microsoft.ManagedIdentity Microsoft.Network Microsoft.OperationalInsights Microsoft.Security Microsoft.Storage; do
  az provider register --namespace "$provider" --wait
done

# The state of this folder lies in an account that this folder looks after: made first, then taken over.
az group create --name "$group" --location "$(value location)" --output none
if ! az storage account show --name "$account" --resource-group "$group" --output none 2> /dev/null; then
  az storage account create --name "$account" --resource-group "$group" --location "$(value location)" \\
    --sku Standard_GZRS --kind StorageV2 --min-tls-version TLS1_2 --allow-shared-key-access false \\
    --allow-blob-public-access false --require-infrastructure-encryption true --output none
  az role assignment create --role "Storage Blob Data Contributor" --output none \\
    --assignee-object-id "$(az ad signed-in-user show --query id --output tsv)" --assignee-principal-type User \\
    --scope "/subscriptions/$subscription/resourceGroups/$group/providers/Microsoft.Storage/storageAccounts/$account"
  echo "Waiting two minutes for the role to count."
  sleep 120
fi
az storage container create --name state --account-name "$account" --auth-mode login --output none

tofu init -input=false -reconfigure -backend-config="storage_account_name=$account"
base="/subscriptions/$subscription/resourceGroups/$group"
take_over() {
  tofu state show "$1" > /dev/null 2>&1 || tofu import -var-file="$values" "$1" "$2"
}
take_over azurerm_resource_group.base "$base"
take_over azurerm_storage_account.state "$base/providers/Microsoft.Storage/storageAccounts/$account"
take_over azurerm_storage_container.state \\
  "$base/providers/Microsoft.Storage/storageAccounts/$account/blobServices/default/containers/state"
tofu apply -var-file="$values"

echo
echo "Variables for the workflows:"
tofu output -json github_variables | jq -r 'to_entries[] | "gh variable set \\(.key) --body \\(.value)"'
`;

/** scripts/approve-front-door.sh. */
export const APPROVE = `# Accepts the private link that Front Door asked the environment for; does nothing once that is done. Needs az and jq.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/approve-front-door.sh ENVIRONMENT" >&2; exit 2; }
cd "$(dirname "$0")/.."
values="infra/container-apps/envs/$1.tfvars"
[ -f "$values" ] || { echo "$values is missing" >&2; exit 2; }
${VALUE}
group="$(value name)-$1"
environment="/subscriptions/$(value subscription_id)/resourceGroups/$group/providers/Microsoft.App/managedEnvironments/$group"

# Front Door may ask more than once, and a minute late.
for attempt in 1 2 3 4 5 6; do
  connections=$(az network private-endpoint-connection list --id "$environment" --output json)
  mapfile -t pending < <(jq -r '.[] | select(.properties.privateLinkServiceConnectionState
    | .status == "Pending" and .description == "${REQUEST_MESSAGE}") | .id' <<< "$connections")
  for connection in "\${pending[@]}"; do
    echo "accepting $connection"
    az network private-endpoint-connection approve --id "$connection" --description "${REQUEST_MESSAGE}" --output none
  done
  accepted=$(jq '[.[] | select(.properties.privateLinkServiceConnectionState.status == "Approved")] | length' <<< "$connections")
  if [ "$accepted" -gt 0 ] && [ "\${#pending[@]}" -eq 0 ]; then exit 0; fi
  echo "attempt $attempt: \${#pending[@]} accepted now, $accepted before"
  sleep 30
done
echo "Front Door has not asked for a private link: look at its origin in the portal" >&2
exit 1
`;

/** scripts/verify-images.sh. */
export const VERIFY = `# Ends with an error unless every image that the values of an environment name was signed by this repository's workflow
# image, on main. Needs az and cosign. Container Apps starts any image that it may pull, so this is looked at before.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/verify-images.sh ENVIRONMENT" >&2; exit 2; }
cd "$(dirname "$0")/.."
values="infra/container-apps/envs/$1.tfvars"
[ -f "$values" ] || { echo "$values is missing" >&2; exit 2; }

mapfile -t images < <(sed -E 's/^ *#.*//' "$values" | grep -oE '\\bimage *= *"[^"]+"' | cut -d'"' -f2 | sort -u)
if [ "\${#images[@]}" -eq 0 ]; then
  echo "$values names no image: the sample runs, which is not ours to sign"
  exit 0
fi
repository=\${GITHUB_REPOSITORY:-$(git remote get-url origin | sed -E 's#^.*[:/]([^/]+/[^/]+)$#\\1#; s#\\.git$##')}
for image in "\${images[@]}"; do
  registry=\${image%%/*}
  az acr login --name "\${registry%%.*}" --output none
  cosign verify "$image" --output text \\
    --certificate-oidc-issuer "https://token.actions.githubusercontent.com" \\
    --certificate-identity "https://github.com/$repository/.github/workflows/image.yaml@refs/heads/main" > /dev/null
  echo "signed: $image"
done
`;

/** scripts/rollout.sh. */
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
