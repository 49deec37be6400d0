/** What the scripts before the installer do at Azure. */
import { KEYS } from '../machines-azure/issuer.ts';
import type { CloudInstall } from '../openshift-cloud/scripts.ts';

export const AT_AZURE: CloudInstall = {
  title: 'Azure',
  tool: 'az',
  unused: `
[ -s "\${AZURE_AUTH_LOCATION:?the file of the service principal that installs: docs/runbooks/bootstrap.md}" ] || refuse "$AZURE_AUTH_LOCATION is not there"
subscription="$(value subscription_id)"
signed_in="$(az account show --query id --output tsv)"
[ "$signed_in" = "$subscription" ] || refuse "az is signed in to $signed_in and not to $subscription"
account="$(infra output -raw issuer_account)"
# Other keys would take their identities from every operator and pod of a cluster that runs.
published="$(az storage blob exists --auth-mode login --account-name "$account" --container-name ${KEYS} --name openid/v1/jwks --query exists --output tsv)"
[ "$published" = false ] || refuse "$account holds the keys of a cluster: docs/runbooks/bootstrap.md says when they may go"`,
  publishKeys: String.raw`
ccoctl azure create-oidc-issuer --dry-run --name "$name" --region "$(value location)" --subscription-id "$subscription" \
  --tenant-id "$(az account show --query tenantId --output tsv)" --public-key-file "$out/credentials/serviceaccount-signer.public" \
  --oidc-resource-group-name "$name" --storage-account-name "$account" --blob-container-name ${KEYS} --output-dir "$out/keys"
publish() {
  az storage blob upload --auth-mode login --account-name "$account" --container-name ${KEYS} --name "$1" --file "$out/keys/$2" \
    --content-type application/json --no-progress --only-show-errors --output none
}
publish .well-known/openid-configuration openid-configuration
publish openid/v1/jwks jwks
for document in .well-known/openid-configuration openid/v1/jwks; do
  curl --silent --show-error --fail --output /dev/null "$(infra output -raw issuer)/$document"
done
# Which tenant pods of the cluster get tokens for: what gives them out waits for it.
cp "$out/keys/manifests/azure-ad-pod-identity-webhook-config.yaml" "$out/credentials/manifests/"`,
  roles: String.raw`
ccoctl azure create-managed-identities --name "$name" --region "$(value location)" --subscription-id "$(value subscription_id)" \
  --credentials-requests-dir "$requests" --issuer-url "$(infra output -raw issuer)" --oidc-resource-group-name "$name" \
  --installation-resource-group-name "$name-nodes" --network-resource-group-name "$(infra output -raw network_group)" --output-dir "$folder"`,
};
