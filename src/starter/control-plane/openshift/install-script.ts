/** scripts/host-config.sh for OpenShift: what its installer reads, made from the inventory and two files that lie in no repository. */
import type { ClusterInput } from '../../cluster-input.ts';
import { AUTHORITIES_FILE } from '../../dns-and-certificates/house/authorities.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { inventoryHead } from '../self-managed/host-config-script.ts';
import { OWN_HOSTS } from '../self-managed/own-hosts.ts';
import { FOLDER } from './folder.ts';
import { AGENT_CONFIG, HOST, hasFips, INSTALL_CONFIG } from './install.ts';

export function installScript(input: ClusterInput): string {
  const proxied =
    wayOut(input) === 'proxy'
      ? ` \\
    -e "s|__PROXY_URL__|$(setting PROXY_URL)|g" -e "s|__NO_PROXY__|$(setting NO_PROXY)|g"`
      : '';
  const signIn = isClosed(input)
    ? 'a file in the form of a pull secret with the sign-in of Harbor alone'
    : 'the pull secret of your subscription, from console.redhat.com';
  const installer = hasFips(input) ? 'openshift-install-fips' : 'openshift-install';
  return String.raw`# What the agent-based installer reads, from infra/hosts/<cluster>.conf and what ${FOLDER} says of all clusters.
#   PULL_SECRET_FILE=FILE SSH_KEY_FILE=FILE scripts/host-config.sh <cluster> [folder]    without a folder into a new one outside this repository
# Hosts believe the authorities of ${AUTHORITIES_FILE} beside the public ones.
${inventoryHead(input, { folder: FOLDER, tools: [], place: OWN_HOSTS })}command -v ${installer} >/dev/null || { echo "${installer} is missing: docs/runbooks/bootstrap.md" >&2; exit 2; }
umask 077
pull_secret="${`\${PULL_SECRET_FILE:?${signIn}}`}"
key="${'${SSH_KEY_FILE:?the public key by which hosts are reached in an emergency}'}"
for file in "$pull_secret" "$key"; do [ -s "$file" ] || { echo "$file is not there" >&2; exit 2; }; done
release="$(${installer} version | awk 'NR == 1 { print $2 }')"
[ "$release" = "$(setting OPENSHIFT_VERSION)" ] || refuse "the installer is of $release and not of $(setting OPENSHIFT_VERSION)"

own="$(setting API_NAME)"
own="${'${own#api.}'}"
case "$own" in *.*) ;; *) refuse "API_NAME has to be api.NAME.DOMAIN" ;; esac
mac() { sed -nE "s/^mac +$1 +(([0-9a-f]{2}:){5}[0-9a-f]{2}) *$/\1/p" "$inventory"; }
name="" address="" kind="" mac=""
fill() {
  sed -e '/^---$/d' -e '/^#/d' -e "s|__SHORT_NAME__|${'${own%%.*}'}|g" -e "s|__BASE_DOMAIN__|${'${own#*.}'}|g" \
    -e "s|__NAME__|$name|g" -e "s|__ADDRESS__|$address|g" -e "s|__ROLE__|$kind|g" -e "s|__MAC__|\"$mac\"|g" \
    -e "s|__CONTROL_PLANE_HOSTS__|$control|g" -e "s|__OTHER_HOSTS__|$(hosts | grep -vc ' control-plane$' || true)|g" \
    -e "s|__FIRST_ADDRESS__|$(hosts | awk '$4 == "control-plane" { print $2; exit }')|g" \
    -e "s|__API_ADDRESS__|$(setting API_ADDRESS)|g" -e "s|__INGRESS_ADDRESS__|$(setting INGRESS_ADDRESS)|g" \
    -e "s|__NODE_CIDR__|$(setting NODE_CIDR)|g" -e "s|__PREFIX__|$(setting NODE_CIDR | sed 's|.*/||')|g" \
    -e "s|__POD_CIDR__|$(setting POD_CIDR)|g" -e "s|__SERVICE_CIDR__|$(setting SERVICE_CIDR)|g" \
    -e "s|__GATEWAY__|$(setting GATEWAY)|g" -e "s|__NAME_SERVER__|$(setting NAME_SERVER)|g" -e "s|__TIME_SERVER__|$(setting TIME_SERVER)|g" \
    -e "s|__INSTALL_DISK__|$(setting INSTALL_DISK)|g" -e "s|__INTERFACE__|$(setting INTERFACE)|g"${proxied} "$1"
}

{
  fill ${INSTALL_CONFIG}
  printf "pullSecret: '%s'\n" "$(tr -d '\r\n' <"$pull_secret")"
  printf "sshKey: '%s'\n" "$(head -n 1 "$key" | tr -d "\r'")"
  printf 'additionalTrustBundlePolicy: Always\nadditionalTrustBundle: |\n'
  sed -e '/^#/d' -e 's/^/  /' ${AUTHORITIES_FILE}
} >"$out/install-config.yaml"
fill ${AGENT_CONFIG} >"$out/agent-config.yaml"
echo 'hosts:' >>"$out/agent-config.yaml"
hosts | while read -r name address _ role; do
  kind=worker
  if [ "$role" = control-plane ]; then kind=master; fi
  mac="$(mac "$name")"
  [ -n "$mac" ] || refuse "$name has no line with its hardware address"
  fill ${HOST} >>"$out/agent-config.yaml"
done
# The installer takes these away from where it works.
mkdir -p "$out/kept"
cp "$out/install-config.yaml" "$out/agent-config.yaml" "$out/kept/"
echo "$out"
`;
}
