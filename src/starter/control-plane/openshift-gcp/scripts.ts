/** What the scripts before the installer do at Google. */
import { FOLDER } from '../machines-gcp/settings.ts';
import type { CloudInstall } from '../openshift-cloud/scripts.ts';
import { PROVIDER } from './ground.ts';

/** The tool calls all that it makes by this: twenty characters, where the name of the cluster has forty. */
const NAMED = '--name "$(value short_name)" --project "$(value project_id)"';

export const AT_GOOGLE: CloudInstall = {
  title: 'Google Cloud',
  tool: 'gcloud',
  unused: `
keys="${FOLDER}/keys/$name.jwks.json"
# Other keys would take their rights from every operator and pod of a cluster that runs.
[ ! -e "$keys" ] || refuse "$keys holds the keys of a cluster: docs/runbooks/bootstrap.md says when they may go"`,
  publishKeys: String.raw`
ccoctl gcp create-workload-identity-provider --dry-run ${NAMED} --workload-identity-pool "$(infra output -raw identity_pool)" \
  --public-key-file "$out/credentials/serviceaccount-signer.public" --output-dir "$out/keys"
mkdir -p "$(dirname "$keys")"
install -m 644 "$out/keys/04-keys.json" "$keys"
echo "$keys is new, and holds public keys alone: commit it and apply ${FOLDER} before the cluster is made" >&2`,
  roles: String.raw`
echo "Accounts of the operators of $name in $(value project_id)" >&2
ccoctl gcp create-service-accounts ${NAMED} --credentials-requests-dir "$requests" \
  --workload-identity-pool "$(infra output -raw identity_pool)" --workload-identity-provider ${PROVIDER} --output-dir "$folder"`,
};
