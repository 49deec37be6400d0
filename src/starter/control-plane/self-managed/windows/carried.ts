/** What a host with Windows installs RKE2 from where nothing is fetched from outside: files that a list names by their checksums, and the inventory the list by its own. */
import type { ClusterInput } from '../../../cluster-input.ts';
import { pickOf } from '../../../picks.ts';
import type { HostPlace } from '../place.ts';
import { windowsHosts } from './hosts.ts';

/** As a release of RKE2 calls them: the program, and what it starts before any registry is asked. */
export const WINDOWS_PROGRAM = 'rke2.windows-amd64.tar.gz';
export const WINDOWS_IMAGES = 'rke2-windows-ltsc2022-amd64-images.tar.gz';

/** A list of checksums that lies beside the script on the host. */
export interface CarriedList {
  readonly file: string;
  /** The setting of the inventory that holds its checksum. */
  readonly setting: 'RELEASE_SHA256' | 'WINDOWS_RELEASE_SHA256';
}

/** Null where a host fetches the release from its publisher. */
export function carriedToWindows({ stack }: ClusterInput, { machines }: HostPlace): CarriedList | null {
  if (machines !== null) return machines.programs === 'carried' ? OF_THE_STORE : null;
  return pickOf(stack, 'egress') === 'no-egress' ? OF_THE_RELEASE : null;
}

/** The list that RKE2 publishes beside the release. */
const OF_THE_RELEASE: CarriedList = { file: 'sha256sum-amd64.txt', setting: 'WINDOWS_RELEASE_SHA256' };

/** The list that scripts/carry-to-hosts.sh makes of all that machines of a cluster install themselves from. */
const OF_THE_STORE: CarriedList = { file: 'SHA256SUMS', setting: 'RELEASE_SHA256' };

/** Images of the Calico that RKE2 brings beside Windows, for hosts with Linux; with `$architecture`. */
export const CALICO_IMAGES = 'rke2-images-calico.linux-$architecture.tar.zst';

/** Lines of scripts/carry-to-hosts.sh beside those of RKE2: `$from` is its release. */
export function carriedForWindows(input: ClusterInput): string {
  return windowsHosts(input) === null ? '' : FOR_WINDOWS;
}

const FOR_WINDOWS = `
# Calico, which RKE2 brings beside hosts with Windows, and what these install, whatever the architecture of the others is.
fetch "$from/sha256sum-amd64.txt" "$work/published-amd64"
while read -r list each; do
  fetch "$from/$each" "$kept/$each"
  (cd "$kept" && grep -E "^[0-9a-f]{64}  $each$" "$list" | sha256sum --check --status) || refuse "$each is not what its release says"
done <<END
$work/published ${CALICO_IMAGES}
$work/published-amd64 ${WINDOWS_PROGRAM}
$work/published-amd64 ${WINDOWS_IMAGES}
END`;

/** The list of what the first boot fetches beside its archive, as a line of scripts/host-config.sh for one host. */
export function carriedList(input: ClusterInput, place: HostPlace): string {
  const list = place.machines === null ? null : carriedToWindows(input, place);
  return list === null
    ? ''
    : `
  for file in ${list.file} ${WINDOWS_PROGRAM} ${WINDOWS_IMAGES}; do
    echo "carried/$(setting ${list.setting})/$file"
  done >"$folder/${CARRIED}"`;
}

/** Lies in the archive of a machine. */
export const CARRIED = 'carried.txt';

/** Lines of install-host.ps1 after which `$archive` and `$images` were checked; `$checksum` is there. */
export const takeCarried = ({
  file,
  setting,
}: CarriedList): string => `# What was carried in lies beside this script: the inventory names its list by a checksum, and the list each file.
$list = Join-Path -Path $PSScriptRoot -ChildPath '${file}'
if ((Get-FileHash -Algorithm SHA256 -Path $list).Hash -ne $checksum) {
  throw ($list + ' is not what the inventory says: ${setting}')
}
function Get-Carried([string] $name) {
  $file = Join-Path -Path $PSScriptRoot -ChildPath $name
  $line = (Get-FileHash -Algorithm SHA256 -Path $file).Hash.ToLowerInvariant() + '  ' + $name
  if ((Get-Content -Path $list) -cnotcontains $line) { throw ($file + ' is not what ' + $list + ' says') }
  return $file
}
$archive = Get-Carried -name '${WINDOWS_PROGRAM}'
$images = Get-Carried -name '${WINDOWS_IMAGES}'
`;

/** Before the service starts: it takes in whatever lies there. */
export const KEEP_IMAGES = `$kept = 'C:\\var\\lib\\rancher\\rke2\\agent\\images'
New-Item -ItemType Directory -Force -Path $kept | Out-Null
Copy-Item -Force -Path $images -Destination $kept
`;
