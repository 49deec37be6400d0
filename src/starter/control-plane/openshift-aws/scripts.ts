/** What the scripts before the installer do at AWS. */
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import type { CloudInstall } from '../openshift-cloud/scripts.ts';

export function atAws(input: ClusterInput): CloudInstall {
  return isClosed(input) ? { ...AT_AWS, changeManifests: NO_ZONES } : AT_AWS;
}

/** The operator of the router finds zones by a service of AWS that has no address within a network. */
const NO_ZONES = `
# Told of a zone, the operator of the router would ask services that have no address within; its name is made by infra/machines/names.tf.
zones="$out/install/manifests/cluster-dns-02-config.yml"
[ -e "$zones" ] || refuse "the installer wrote no $zones"
cat >"$zones" <<END
apiVersion: config.openshift.io/v1
kind: DNS
metadata:
  name: cluster
spec:
  baseDomain: $name.$(value dns_zone)
END
`;

const AT_AWS: CloudInstall = {
  title: 'AWS',
  tool: 'aws',
  unused: `
region="$(value region)"
bucket="$(infra output -raw issuer_bucket)"
# Other keys would take their roles from every operator and pod of a cluster that runs.
if aws s3api head-object --bucket "$bucket" --key openid/v1/jwks --region "$region" >/dev/null 2>&1; then
  refuse "s3://$bucket holds the keys of a cluster: docs/runbooks/bootstrap.md says when they may go"
fi`,
  publishKeys: String.raw`
ccoctl aws create-identity-provider --dry-run --name "$name" --region "$region" --output-dir "$out/keys" \
  --public-key-file "$out/credentials/serviceaccount-signer.public"
publish() { aws s3 cp - "s3://$bucket/$1" --region "$region" --content-type application/json --only-show-errors; }
infra output -raw discovery | publish .well-known/openid-configuration
publish openid/v1/jwks <"$out/keys/03-keys.json"
for document in .well-known/openid-configuration openid/v1/jwks; do
  curl --silent --show-error --fail --output /dev/null "$(infra output -raw issuer)/$document"
done`,
  roles: String.raw`
ccoctl aws create-iam-roles --name "$name" --region "$(value region)" --credentials-requests-dir "$requests" \
  --identity-provider-arn "$(infra output -raw identity_provider_arn)" --output-dir "$folder"`,
};
