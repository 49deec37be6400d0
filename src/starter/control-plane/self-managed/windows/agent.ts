/** infra/rke2/windows: what every host with Windows is told, and the lines of scripts/host-config.sh that tell each of them. */
import type { FileTree } from '../../../../files/tree.ts';
import { writeYaml } from '../../../../files/yaml.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import { AUTHORITIES_FILE } from '../../../dns-and-certificates/house/authorities.ts';
import { headline } from '../../../headline.ts';
import { NOT_BALANCED } from '../inventory.ts';
import type { HostPlace } from '../place.ts';
import { carriedList, carriedToWindows } from './carried.ts';
import { WINDOWS_FOLDER, WINDOWS_ROLE, WINDOWS_TAINT, windowsHosts } from './hosts.ts';
import { installOnWindows, PROVIDER_ID } from './install-script.ts';
import { windowsProxySettings } from './proxy.ts';
import { windowsSignInFiles, windowsSignInFlags, windowsSignInLines } from './sign-in.ts';

/** What Windows itself takes; its kubelet sets nothing aside that it is not told. */
const FOR_WINDOWS = 'system-reserved=cpu=500m,memory=2Gi';

export function windowsFiles(input: ClusterInput, place: HostPlace): FileTree {
  if (windowsHosts(input) === null) return new Map();
  const { api, machines } = place;
  const { key, value } = WINDOWS_TAINT;
  const agent = {
    'node-name': '__NAME__',
    'node-ip': '__ADDRESS__',
    'node-label': [
      `node-pool=${WINDOWS_ROLE}`,
      'topology.kubernetes.io/zone=__RACK__',
      `${NOT_BALANCED}=true`,
    ],
    'node-taint': [`${key}=${value}:NoSchedule`],
    'token-file': 'C:/etc/rancher/rke2/token',
    server: `https://__${api}__:9345`,
    // A machine says itself what its cloud calls it.
    'kubelet-arg': [FOR_WINDOWS, ...(machines === null ? [] : [`provider-id=${PROVIDER_ID}`])],
    ...windowsSignInFlags(input, place),
  };
  return new Map([
    [
      `${WINDOWS_FOLDER}/agent.yaml`,
      writeYaml([agent], {
        comment: headline(
          input,
          'distribution',
          'A host with Windows. scripts/host-config.sh fills in what stands between underscores. Pods for Linux do not tolerate its taint.',
        ),
      }),
    ],
    [`${WINDOWS_FOLDER}/install-host.ps1`, installOnWindows(input, place)],
    ...windowsSignInFiles(input, place),
  ]);
}

/** Lines of the script before any host: what it holds the inventory to. */
export function windowsRules(input: ClusterInput, { domain }: HostPlace): string {
  if (windowsHosts(input) === null) return '';
  return `windows_hosts() { grep -E '^[a-z0-9-]+ +[0-9.]+ +[a-z0-9-]+ +${WINDOWS_ROLE}$' "$inventory" || true; }
racks="$(windows_hosts | awk '{ print $3 }' | sort -u | wc -l)"
[ "$racks" -ge 2 ] || refuse "hosts with Windows stand in $racks ${domain}s and not in two"
`;
}

/** Lines after all other hosts. */
export function windowsEach(input: ClusterInput, place: HostPlace): string {
  if (windowsHosts(input) === null) return '';
  const { api, machines } = place;
  const settings = [
    'KUBERNETES_VERSION',
    'NODE_CIDR',
    'RELEASE',
    carriedToWindows(input, place)?.setting ?? 'WINDOWS_RELEASE_SHA256',
    api,
    ...windowsProxySettings(input),
  ];
  // Where archives lie by the role of their machine.
  const role = machines?.upload.includes('$role') === true ? 'role' : '_';
  const filled = settings.map(name => `-e "s|__${name}__|$(setting ${name})|g"`);
  return `
windows_hosts | while read -r name address rack ${role}; do
  folder="$out/$name"
  mkdir -p "$folder"
  for file in agent.yaml install-host.ps1; do
    sed -e "s|__NAME__|$name|g" -e "s|__ADDRESS__|$address|g" -e "s|__RACK__|$rack|g" \\
      ${filled.slice(0, 2).join(' ')} \\
      ${filled.slice(2).join(' ')} "${WINDOWS_FOLDER}/$file" >"$folder/$file"
  done
  mv "$folder/agent.yaml" "$folder/config.yaml"
  if [ -e infra/rke2/registries.yaml ]; then cp infra/rke2/registries.yaml "$folder/"; fi
  if [ -e ${AUTHORITIES_FILE} ]; then cp ${AUTHORITIES_FILE} "$folder/"; fi${windowsSignInLines(input, place)}${carriedList(input, place)}${machines === null ? '' : ARCHIVED}
done`;
}

const ARCHIVED = `
  cp "$token" "$folder/token"
  (cd "$folder" && find . -type f -print | sort | tar -czf "$out/$name.tar.gz" -T -)
  upload "$out/$name.tar.gz" "hosts/$name.tar.gz" </dev/null`;
