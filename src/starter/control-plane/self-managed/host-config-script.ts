/** scripts/host-config.sh: the configuration of every host, made from the inventory of its cluster. */
import type { ClusterInput } from '../../cluster-input.ts';
import {
  AUTHORITIES_FILE,
  AUTHORITIES_MARK,
  trustsHouse,
} from '../../dns-and-certificates/house/authorities.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { clusterArgument, needsTools } from '../../repository/scripts/script-parts.ts';
import type { Distribution } from './distribution.ts';
import { proxyLines } from './host-proxy.ts';
import { sandboxLines } from './host-sandbox.ts';
import { HOSTS_FOLDER } from './inventory.ts';
import { type HostPlace, INSTALL_HOST } from './place.ts';
import { registrySignInOf, signInLines } from './registry-sign-in.ts';
import { windowsEach, windowsRules } from './windows/agent.ts';
import { calicoManifest } from './windows/calico.ts';
import { windowsHosts } from './windows/hosts.ts';

export const HOST_CONFIG = 'scripts/host-config.sh';

export function hostConfigScript(
  input: ClusterInput,
  { folder, tools: ownTools, prepare, eachHost, setUpBy }: Distribution,
  place: HostPlace,
): string {
  const { machines } = place;
  const signIn = setUpBy === 'machine' ? registrySignInOf(input, place, { setUpBy }) : null;
  const proxied = wayOut(input) === 'proxy';
  const trusting = trustsHouse(input);
  const byMachine = machines !== null && setUpBy === 'machine';
  const tools = [...ownTools, ...(byMachine ? ['tar'] : []), ...(machines?.tools ?? [])];
  return String.raw`# The configuration of every host of a cluster, from infra/hosts/<cluster>.conf and what ${folder} says of all of them.
#   scripts/host-config.sh <cluster> [folder]    without a folder into a new one outside this repository${byMachine ? '\n# What it makes holds secrets. It is put where each machine of the cloud finds its own part.' : ''}
${inventoryHead(input, { folder, tools, place })}umask 077
${prepare(place).trim()}
${machines === null ? '' : `${(byMachine ? machines.upload : machines.providerId).trim()}\n`}
hosts | while read -r name address rack role; do
  folder="$out/$name"
  mkdir -p "$folder"
  pool="$role"
  fill() {
    sed -e "s|__NAME__|$name|g" -e "s|__ADDRESS__|$address|g" -e "s|__RACK__|$rack|g" -e "s|__POOL__|$pool|g" \
      ${place.api === 'API_ADDRESS' ? '-e "s|__API_ADDRESS__|$(setting API_ADDRESS)|g" ' : ''}-e "s|__API_NAME__|$(setting API_NAME)|g" \
      -e "s|__CLUSTER_NAME__|$(setting CLUSTER_NAME)|g" -e "s|__DNS_ADDRESS__|$(setting DNS_ADDRESS)|g" \
      -e "s|__KUBERNETES_VERSION__|$(setting KUBERNETES_VERSION)|g" -e "s|__NODE_CIDR__|$(setting NODE_CIDR)|g" \
      -e "s|__POD_CIDR__|$(setting POD_CIDR)|g" -e "s|__SERVICE_CIDR__|$(setting SERVICE_CIDR)|g"${machines === null ? '' : byMachine ? OF_ARCHIVES : OF_TALOS}${proxied ? OF_PROXY : ''} "$1"${trusting ? WITH_AUTHORITIES : ''}
  }
${eachHost(place)
  .trim()
  .split('\n')
  .map(line => (line === '' ? '' : `  ${line}`))
  .join(
    '\n',
  )}${signIn === null ? '' : signInLines(folder, signIn)}${sandboxLines(input, { folder, setUpBy })}${proxied ? proxyLines(folder) : ''}${calicoManifest(input)}${byMachine ? ARCHIVE : ''}
done${windowsEach(input, place)}
echo "$out"
`;
}

/** The lines of the file, as far in as the mark stands. */
const WITH_AUTHORITIES = ` |
      awk -v file=${AUTHORITIES_FILE} '/^ *${AUTHORITIES_MARK}$/ {
        while ((getline line < file) > 0) if (line !~ /^#/) print substr($0, 1, index($0, "_") - 1) line
        close(file); next } { print }'`;

const OF_PROXY = ` \\
      -e "s|__PROXY_URL__|$(setting PROXY_URL)|g" -e "s|__NO_PROXY__|$(setting NO_PROXY)|g"`;

const OF_TALOS = ` \\
      -e "s|__PROVIDER_ID__|$provider|g" -e "s|__ISSUER__|$(setting ISSUER)|g"`;
const OF_ARCHIVES = ` \\
      -e "s|__FOUNDS__|$([ "$name" = "$first" ] && echo yes || echo no)|g" -e "s|__ROLE__|$role|g" -e "s|__ISSUER__|$(setting ISSUER)|g" \\
      -e "s|__RELEASE__|$(setting RELEASE)|g" -e "s|__RELEASE_SHA256__|$(setting RELEASE_SHA256)|g"`;

/** Files alone: a folder in an archive would take the rights of the host's own folders along. */
const ARCHIVE = `
  (cd "$folder" && find . -type f -print | sort | tar -czf "$out/$name.tar.gz" -T -)
  upload "$out/$name.tar.gz" "hosts/$name.tar.gz" </dev/null`;

/** Lines for one host that sets itself up. */
export const installOf = (folder: string) => `mkdir -p "$folder/usr/local/sbin"
fill ${folder}/install-host.sh >"$folder${INSTALL_HOST}"
chmod 0755 "$folder${INSTALL_HOST}"`;

/** Lines that read the inventory of the cluster that was asked for, and hold it to its rules; `$out` is where everything goes. */
export function inventoryHead(
  input: ClusterInput,
  {
    folder,
    tools,
    place,
  }: { readonly folder: string; readonly tools: readonly string[]; readonly place: HostPlace },
): string {
  const { domain } = place;
  return String.raw`set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${'${1:-}'}"
${clusterArgument(HOST_CONFIG, input.clusters, ' [folder]')}
inventory="${HOSTS_FOLDER}/$cluster.conf"
scripts/check-placeholders.sh "$inventory" ${folder}${trustsHouse(input) ? ` ${AUTHORITIES_FILE}` : ''}
${tools.length === 0 ? '' : `${needsTools(['awk', 'sed', ...tools])}\n`}
setting() { sed -nE "s/^$1=(.*)$/\1/p" "$inventory"; }
hosts() { grep -E '^[a-z0-9-]+ +[0-9.]+ +[a-z0-9-]+ +(control-plane|system|workload)$' "$inventory"; }
refuse() { echo "$inventory: $1" >&2; exit 1; }

control="$(hosts | grep -c ' control-plane$' || true)"
[ "$control" -ge 3 ] || refuse "$control hosts in the control plane form no quorum that could lose one"
[ $((control % 2)) -eq 1 ] || refuse "an even number of hosts in the control plane survives no more than one fewer"
for role in $(hosts | awk '{ print $4 }' | sort -u); do
  racks="$(hosts | awk -v role="$role" '$4 == role { print $3 }' | sort -u | wc -l)"
  [ "$racks" -ge 3 ] || refuse "hosts of the role $role stand in $racks ${domain}s and not in three"
done
${windowsRules(input, place)}twice="$(${windowsHosts(input) === null ? 'hosts' : '{ hosts; windows_hosts; }'} | awk '{ print $1; print $2 }' | sort | uniq -d | head -n 1)"
[ -z "$twice" ] || refuse "$twice stands there twice"

out="${'${2:-}'}"
if [ -z "$out" ]; then out="$(mktemp -d)"; fi
`;
}
