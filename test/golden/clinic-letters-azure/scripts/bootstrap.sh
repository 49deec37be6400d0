#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# Prepares a subscription: state, identities, federation, registry, vaults.
# Run by an owner of the subscription, once, and again when infra/bootstrap changes. Needs az, tofu, jq and openssl.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/bootstrap.sh ENVIRONMENT" >&2; exit 2; }
environment=$1
cd "$(dirname "$0")/../infra/bootstrap"

values="envs/$environment.tfvars"
if [ ! -f "$values" ]; then
  echo "infra/bootstrap/$values is missing: copy $values.example and replace what is marked in it." >&2
  exit 2
fi
value() { sed -n "s/^$1 *= *\"\(.*\)\"$/\1/p" "$values"; }
identity="$(value subscription_id)/$(value name)/$(value environment)"
account="st$(printf '%s' "$identity" | openssl dgst -sha256 -r | cut -c1-18)"
subscription=$(value subscription_id)
group="$(value name)-$environment-base"
az account set --subscription "$subscription"

for provider in Microsoft.App Microsoft.Cdn Microsoft.ContainerRegistry Microsoft.Insights Microsoft.KeyVault \
  Microsoft.ManagedIdentity Microsoft.Network Microsoft.OperationalInsights Microsoft.Security Microsoft.Storage; do
  az provider register --namespace "$provider" --wait
done

# The state of this folder lies in an account that this folder looks after: made first, then taken over.
az group create --name "$group" --location "$(value location)" --output none
if ! az storage account show --name "$account" --resource-group "$group" --output none 2> /dev/null; then
  az storage account create --name "$account" --resource-group "$group" --location "$(value location)" \
    --sku Standard_GZRS --kind StorageV2 --min-tls-version TLS1_2 --allow-shared-key-access false \
    --allow-blob-public-access false --require-infrastructure-encryption true --output none
  az role assignment create --role "Storage Blob Data Contributor" --output none \
    --assignee-object-id "$(az ad signed-in-user show --query id --output tsv)" --assignee-principal-type User \
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
take_over azurerm_storage_container.state \
  "$base/providers/Microsoft.Storage/storageAccounts/$account/blobServices/default/containers/state"
tofu apply -var-file="$values"

echo
echo "Variables for the workflows:"
tofu output -json github_variables | jq -r 'to_entries[] | "gh variable set \(.key) --body \(.value)"'
