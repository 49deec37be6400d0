/** Scripts that go before and beside the installer of OpenShift in a cloud: what it reads, and roles of its operators. */
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { clusterArgument } from '../../repository/scripts/script-parts.ts';
import { hasFips } from '../openshift/install.ts';

export const PREPARE_INSTALL = 'scripts/prepare-install.sh';
export const CLOUD_ROLES = 'scripts/cloud-roles.sh';

/** What differs between clouds: lines of shell, with `$name` and `value NAME` of the cluster. */
export interface CloudInstall {
  readonly title: string;
  readonly tool: string;
  /** Stops where the issuer has keys already. */
  readonly unused: string;
  /** Publishes `$out/keys`, made of `$out/credentials/serviceaccount-signer.public`. */
  readonly publishKeys: string;
  /** Changes manifests that the installer has written, in `$out/install/manifests`. */
  readonly changeManifests?: string;
  /** Makes the identities that `$requests` ask for, and writes `$folder/manifests`. */
  readonly roles: string;
}

export function installerOf(input: ClusterInput): string {
  return hasFips(input) ? 'openshift-install-fips' : 'openshift-install';
}

export const head = (script: string, { clusters }: ClusterInput, more = '') => `set -euo pipefail
cd "$(dirname "$0")/.."
cluster="${'${1:-}'}"
${clusterArgument(script, clusters, more)}
refuse() { echo "$*" >&2; exit 2; }
needs() { for tool in "$@"; do command -v "$tool" >/dev/null || refuse "$tool is missing: docs/runbooks/bootstrap.md"; done; }
`;

const INFRASTRUCTURE = String.raw`infra() { tofu -chdir=infra/machines "$@"; }
value() { sed -nE "s/^$1 += +\"?([^\"]*)\"?$/\1/p" "infra/machines/envs/$cluster.tfvars" | head -1; }
scripts/check-placeholders.sh "infra/machines/envs/$cluster.tfvars" "infra/machines/envs/$cluster.tfbackend"
infra init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null
name="$(infra output -raw cluster_name)"
`;

export function prepareInstall(input: ClusterInput, cloud: CloudInstall): string {
  const installer = installerOf(input);
  const closed = isClosed(input);
  return String.raw`# What the installer of OpenShift reads, once the infrastructure stands: the cluster, roles of its operators in ${cloud.title}, and the key of its service accounts.
#   PULL_SECRET_FILE=FILE SSH_KEY_FILE=FILE ${PREPARE_INSTALL} <cluster> [folder]    without a folder into a new one outside this repository
# TRUSTED_CA_FILE: authorities that machines trust beside the public ones, where a registry or a proxy of the house has its own.
${closed ? '# REGISTRY_SIGN_IN_FILE: what machines are given in the place of the pull secret, which stays where the internet is.\n' : ''}${head(PREPARE_INSTALL, input, ' [folder]')}needs ${installer} oc ccoctl ${cloud.tool} curl tofu
umask 077
pull_secret="${'${PULL_SECRET_FILE:?the pull secret of your subscription, from console.redhat.com}'}"
key="${'${SSH_KEY_FILE:?the public key by which machines are reached in an emergency}'}"
${closed ? SIGN_IN : ''}for file in "$pull_secret" "$key"${closed ? ' "$sign_in"' : ''}; do [ -s "$file" ] || refuse "$file is not there"; done
${INFRASTRUCTURE}release="$(${installer} version | awk 'NR == 1 { print $2 }')"
[ "$release" = "$(value openshift_version)" ] || refuse "the installer is of $release and not of $(value openshift_version)"
${cloud.unused.trim()}

out="${'${2:-$(mktemp -d)}'}"
mkdir -p "$out/install" "$out/credentials" "$out/keys"
{
  infra output -raw install_config
  printf "pullSecret: '%s'\n" "$(tr -d '\r\n' <"${closed ? '$sign_in' : '$pull_secret'}")"
  printf "sshKey: '%s'\n" "$(head -n 1 "$key" | tr -d "\r'")"
  if [ -n "${'${TRUSTED_CA_FILE:-}'}" ]; then
    printf 'additionalTrustBundlePolicy: Always\nadditionalTrustBundle: |\n'
    sed 's/^/  /' "$TRUSTED_CA_FILE"
  fi
} >"$out/install-config.yaml"
# The installer takes it away from where it works.
cp "$out/install-config.yaml" "$out/install/"

ccoctl ${cloud.tool === 'aws' ? 'aws' : cloud.tool === 'az' ? 'azure' : 'gcp'} create-key-pair --output-dir "$out/credentials"
${CLOUD_ROLES} "$cluster" "$(${installer} version | awk '/^release image/ { print $3 }')" "$out/credentials" "$out/install-config.yaml"
${cloud.publishKeys.trim()}

${installer} create manifests --dir "$out/install"
cp "$out"/credentials/manifests/* "$out/install/manifests/"
cp -R "$out/credentials/tls" "$out/install/"
${cloud.changeManifests?.trimStart() ?? ''}cat >"$out/install/manifests/cluster-authentication-02-config.yaml" <<END
apiVersion: config.openshift.io/v1
kind: Authentication
metadata:
  name: cluster
spec:
  serviceAccountIssuer: $(infra output -raw issuer)
END
echo "$out/install"
`;
}

const SIGN_IN = `sign_in="\${REGISTRY_SIGN_IN_FILE:?a file in the form of a pull secret with the sign-in of the registry of releases alone}"
`;

export function cloudRoles(input: ClusterInput, cloud: CloudInstall): string {
  return String.raw`# Roles in ${cloud.title} for the operators of one release of OpenShift, and the manifests by which they know them.
#   PULL_SECRET_FILE=FILE ${CLOUD_ROLES} <cluster> <release image> <folder> [install-config.yaml]
# Without the last one the cluster that kubectl points at says which operators it has.
${head(CLOUD_ROLES, input, ' <release image> <folder> [install-config.yaml]')}image="${'${2:?the image of a release of OpenShift}'}"
folder="${'${3:?a folder outside this repository}'}"
needs oc ccoctl ${cloud.tool} tofu
umask 077
${INFRASTRUCTURE}requests="$(mktemp -d)"
trap 'rm -rf "$requests"' EXIT
oc adm release extract --from="$image" --credentials-requests --included --to="$requests" \
  --registry-config="${'${PULL_SECRET_FILE:?the pull secret of your subscription}'}" ${'${4:+--install-config="$4"}'}
${cloud.roles.trim()}
`;
}
