/** scripts/carry-in.sh: images, charts and repositories from their publishers into a network without a way out. */

import { hasSandboxNodes } from '../../control-plane/eks/sandbox-nodes.ts';
import { IMAGE_SET } from '../../control-plane/openshift/mirror.ts';
import { isOpenshift, PUBLIC_RED_HAT, RED_HAT } from '../../control-plane/openshift/project.ts';
import { windowsHosts } from '../../control-plane/self-managed/windows/hosts.ts';
import type { StarterInput } from '../../part.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';
import { isClosedByHouse } from './closed.ts';

const PROJECTS = UPSTREAMS.map(({ host, prefix }) => `    ${host}/*) echo "${prefix}/\${1#*/}" ;;`).join(
  '\n',
);

export function carryInScript(input: StarterInput): string {
  const house = isClosedByHouse(input);
  const [argument, place] = house ? ['HARBOR', 'Harbor and to the Git server'] : ['REGISTRY', 'the registry'];
  const openshift = house && isOpenshift(input);
  const tools = house ? `crane git helm${openshift ? ' oc-mirror' : ''}` : 'crane flux git helm';
  return `# Safe to stop and run again: what is there already, and the same, is left alone.
#   scripts/carry-in.sh ${argument}${openshift ? FOLDER_OF_OPENSHIFT : ''}
# Needs ${tools.replaceAll(' ', ', ')}, signed in to ${place}.
set -euo pipefail
cd "$(dirname "$0")/.."

case "\${1:-}" in
  ''|-*) echo "usage: scripts/carry-in.sh ${argument}${openshift ? ' FOLDER' : ''}" >&2; exit 2 ;;
esac
registry="\${1%/}"
${openshift ? KEEPS_FOLDER : ''}for tool in ${tools}; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
listed() { grep -vE '^(#|$)' "$1"; }

# What stands for a publisher within.
inside() {
  case "$1" in
${PROJECTS}${openshift ? OF_RED_HAT : ''}
    *) echo "nothing stands for the publisher of $1" >&2; return 1 ;;
  esac
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

while read -r image; do
  to="$registry/$(inside "\${image%@*}")"
  wanted="$(crane digest "$image")"
  case "$image" in
    *@*) [ "$wanted" = "\${image#*@}" ] || { echo "another digest than listed: $image is $wanted" >&2; exit 1; } ;;
  esac
  [ "$(crane digest "$to" 2>/dev/null || true)" = "$wanted" ] && continue
  crane copy ${windowsHosts(input) === null ? '' : EVERY_LAYER}"$image" "$to" >/dev/null
  [ "$(crane digest "$to")" = "$wanted" ] || { echo "arrived changed: $to" >&2; exit 1; }
  echo "image  $to"
done < <(listed images.txt)

while read -r kind from name version to; do
  [ "$kind" = chart ] || continue
  to="oci://$registry/$to"
  # Charts are files: the one that is there is taken as it is, since its version never changes.
  helm show chart "$to/$name" --version "$version" >/dev/null 2>&1 && continue
  case "$from" in
    oci://*) helm pull "$from/$name" --version "$version" --destination "$work" ;;
    *) helm pull "$name" --repo "$from" --version "$version" --destination "$work" ;;
  esac
  helm push "$work/$name-$version.tgz" "$to"
  echo "chart  $to/$name:$version"
done < <(listed charts.txt)

${house ? GIT : MANIFESTS}${!house && hasSandboxNodes(input) ? FILES : ''}${openshift ? RELEASES_OF_OPENSHIFT : ''}`;
}

const FOLDER_OF_OPENSHIFT = ` FOLDER    the same folder each time: what oc-mirror remembers, and what it writes for clusters`;
const OF_RED_HAT = `\n    ${PUBLIC_RED_HAT}/*) echo "${RED_HAT}/\${1#*/}" ;;`;
const KEEPS_FOLDER = `: "\${2:?a folder that oc-mirror keeps what it knows in}"
mkdir -p "$2"
folder="$(realpath "$2")"
`;
/** Signed in to the registries of Red Hat by the pull secret as well. */
const RELEASES_OF_OPENSHIFT = `
oc-mirror --v2 --config ${IMAGE_SET} --workspace "file://$folder" "docker://$registry/${RED_HAT}"
`;

/** Layers that a publisher keeps elsewhere, as Windows had them until 2023, come along as well. */
const EVERY_LAYER = '--allow-nondistributable-artifacts ';

const GIT = `while read -r kind from tag to; do
  [ "$kind" = git ] || continue
  git ls-remote --exit-code --tags "$to" "$tag" >/dev/null 2>&1 && continue
  # With its history: a Git server refuses what comes from a copy without one.
  git clone --quiet --bare --branch "$tag" --single-branch "$from" "$work/copy.git"
  git -C "$work/copy.git" push --quiet "$to" "refs/tags/$tag"
  rm -rf "$work/copy.git"
  echo "git    $to $tag"
done < <(listed charts.txt)
`;

/** For nodes, which hold them against the same checksum again. */
const FILES = `
while read -r kind from tag sum to; do
  [ "$kind" = file ] || continue
  crane digest "$registry/$to:$tag" >/dev/null 2>&1 && continue
  mkdir "$work/file"
  name="$work/file/$(basename "$from")"
  curl --silent --show-error --fail --location --retry 5 --output "$name" "$from"
  echo "$sum  $name" | sha512sum --check --status || { echo "not what is listed: $from" >&2; exit 1; }
  flux push artifact "oci://$registry/$to:$tag" --path "$work/file" --source "$from" --revision "$tag" >/dev/null
  rm -rf "$work/file"
  echo "file   $to:$tag"
done < <(listed charts.txt)
`;

/** As artifacts, where no Git server is within. */
const MANIFESTS = `while read -r kind from tag to path; do
  [ "$kind" = manifests ] || continue
  crane digest "$registry/$to:$tag" >/dev/null 2>&1 && continue
  git clone --quiet --branch "$tag" --depth 1 "$from" "$work/copy"
  flux push artifact "oci://$registry/$to:$tag" --path "$work/copy/$path" --source "$from" \\
    --revision "$tag@sha1:$(git -C "$work/copy" rev-parse HEAD)" >/dev/null
  rm -rf "$work/copy"
  echo "kinds  $to:$tag"
done < <(listed charts.txt)
`;
