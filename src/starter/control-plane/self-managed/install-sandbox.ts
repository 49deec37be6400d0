/** The program that installs gVisor on a host, and where its archive is from: its publisher, the store of machines, or somebody who carried it in. */
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosedByHouse, isClosedInCloud } from '../../egress/no-egress/closed.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { answerOf } from '../../picks.ts';
import { toolVersion } from '../../release.ts';

/** SHA-512 of the archives of each release, as the project publishes them beside it. */
const ARCHIVES: Readonly<Record<string, { readonly x86_64: string; readonly aarch64: string }>> = {
  '20260928.0': {
    x86_64:
      'c8d3a9fd4d4c4f5b8ff213caa4517356be128d18659ec4cde37828fe797f61a9725a602a846c81a8ed19c057a996515d31c081eba343ed4613a89951ba32ed59',
    aarch64:
      '926538a4f20056d44838f230297ecec9192db2562e2523a207295f706b76126725f2ff7b4e59d747147510c5714057eeec862a0f77d43bf625746592b5f51b00',
  },
};
/** Amazon Linux has Python, which its package manager is written in, and not always bzip2. */
const BY_PYTHON = `python3 -c 'import bz2, shutil, sys; shutil.copyfileobj(bz2.open(sys.argv[1]), sys.stdout.buffer)' "$fetched" |
  tar -x`;

/** Since its release of September 2026 the program finds its helpers beside itself, so all of the archive goes to one place. */
export function installSandbox(
  input: ClusterInput,
  comment: (says: string) => string,
  place: 'host' | 'node-of-eks' = 'host',
): string {
  const { release } = archiveOf(input);
  const fromStore = place === 'host' && isClosedInCloud(input);
  const unpacked = place === 'node-of-eks' ? BY_PYTHON : `tar -x${fromStore ? '' : 'j'}f "$fetched"`;
  return `#!/usr/bin/env bash
${comment('Installs gVisor on a host, once for each release. It runs before containerd starts, and harms nothing when it runs again.')}
set -euo pipefail
umask 022${wayOut(input) === 'proxy' ? '\nexport HTTPS_PROXY=__PROXY_URL__' : ''}
release=${release}
${fromStore ? '' : checksums(input)}mark="/var/lib/gvisor-$release"
if [ -e "$mark" ]; then exit 0; fi

${obtained(input, place)}
# The program finds its helpers beside itself.
${unpacked} -C /usr/local/bin --no-same-owner --no-overwrite-dir
${isClosedByHouse(input) ? '' : 'rm -f "$fetched"\n'}# Its processes are in namespaces of users of their own.
echo 'user.max_user_namespaces=28633' >/etc/sysctl.d/91-gvisor.conf
sysctl --quiet --load=/etc/sysctl.d/91-gvisor.conf
/usr/local/bin/runsc --version
touch "$mark"
`;
}

export function archiveOf(input: ClusterInput) {
  const release = toolVersion(input, 'gvisor');
  const sums = ARCHIVES[release];
  if (sums === undefined) throw new Error(`nobody has noted the checksums of gVisor ${release}`);
  return { release, sums, address: `https://storage.googleapis.com/gvisor/releases/release/${release}` };
}

function checksums(input: ClusterInput): string {
  const { sums } = archiveOf(input);
  return `machine="$(uname -m)"
case "$machine" in
  x86_64) sum=${sums.x86_64} ;;
  aarch64) sum=${sums.aarch64} ;;
  *) echo "gVisor is not released for $machine" >&2; exit 1 ;;
esac
`;
}

/** The archive at `$fetched`: what was carried into the store of machines is held against its list by who calls this. */
function obtained(input: ClusterInput, place: 'host' | 'node-of-eks'): string {
  if (isClosedInCloud(input) && place === 'host') return `fetched="$1"`;
  const held = `if ! echo "$sum  $fetched" | sha512sum --check --status; then
  echo "what was fetched is not gVisor $release" >&2
  exit 1
fi`;
  if (isClosedByHouse(input))
    return `fetched="${'$'}{1:?the archive of gVisor $release that was carried to this host}"
${held}`;
  if (isClosedInCloud(input)) return `${FROM_REGISTRY}\n${held}`;
  return `${place === 'host' ? 'command -v bzip2 >/dev/null || { apt-get -q update; apt-get -qy install bzip2; }\n' : ''}fetched="$(mktemp)"
curl --silent --show-error --fail --location --retry 5 --output "$fetched" "${archiveOf(input).address}/$machine/gvisor.tar.bz2"
${held}`;
}

/** In the registry, for nodes of EKS: a repository for each architecture, as `uname -m` says it. */
const REPOSITORY = 'files/gvisor';
const FILE = 'gvisor.tar.bz2';

/** Lines of charts.txt: `file, from, tag, checksum, to`. */
export function archivesToRegistry(input: ClusterInput): readonly string[] {
  const { release, sums, address } = archiveOf(input);
  return Object.entries(sums).map(
    ([machine, sum]) => `file ${address}/${machine}/${FILE} ${release} ${sum} ${REPOSITORY}-${machine}`,
  );
}

/** As flux has packed it: one layer, with the file in it. The role of the node reads what was carried in, and nothing else is asked. */
const FROM_REGISTRY = `kept="$(mktemp -d)"
trap 'rm -rf "$kept"' EXIT
password="$(aws ecr get-login-password --region __REGION__)"
asked() { curl --silent --show-error --fail --location --retry 5 --config <(printf 'user = "AWS:%s"\\n' "$password") "$@"; }
from="https://__REGISTRY__/v2/${REPOSITORY}-$machine"
layer="$(asked --header 'Accept: application/vnd.oci.image.manifest.v1+json' "$from/manifests/$release" | jq -er '.layers[0].digest')"
asked --output "$kept/layer" "$from/blobs/$layer"
tar -xzf "$kept/layer" -C "$kept" --no-same-owner
fetched="$kept/${FILE}"`;

/** In the store of machines: unpacked once, so that these need no program for it. */
export const CARRIED_ARCHIVE = 'gvisor.tar';

/** Lines that put it there. */
export function archiveToStore(input: ClusterInput): string {
  const { release, sums, address } = archiveOf(input);
  const machine = answerOf(input.stack, 'architecture') === 'arm64' ? 'aarch64' : 'x86_64';
  return `fetch "${address}/${machine}/gvisor.tar.bz2" "$work/gvisor.tar.bz2"
echo "${sums[machine]}  $work/gvisor.tar.bz2" | sha512sum --check --status || refuse "what was fetched is not gVisor ${release}"
bunzip2 --stdout "$work/gvisor.tar.bz2" >"$kept/${CARRIED_ARCHIVE}"`;
}
