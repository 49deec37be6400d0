/** scripts/: the same commands for people and for the pipeline. */
import type { Backend } from '../infra-script.ts';
import { REQUEST_MESSAGE } from './edge.ts';

/** Reads a text out of the file of values. */
export const VALUE = `value() { sed -n "s/^$1 *= *\\"\\(.*\\)\\"$/\\1/p" "$values"; }`;
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
