/** scripts/carry-talos.sh: the installer of Talos with gVisor in it, made where the publishers are reached, for hosts that reach Harbor alone. */
import type { ClusterInput } from '../../cluster-input.ts';
import { commented, headline } from '../../headline.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { release } from '../../release.ts';
import { script } from '../../repository/common-files.ts';

export const CARRY_TALOS = 'scripts/carry-talos.sh';
/** In the project for images of one's own. */
const IMAGE = 'apps/talos-installer-gvisor';

export function carriedInstaller(input: ClusterInput): string {
  return `${HARBOR}/${IMAGE}:v${release(input, 'talos').version}`;
}

/** For a house that reaches nobody. */
export function carryTalos(input: ClusterInput): readonly (readonly [path: string, text: string])[] {
  const comment = headline(
    input,
    'tenant-isolation',
    'Makes the installer of Talos that has gVisor in it, and puts it into Harbor; run it where both sides can be reached, on Linux with Docker.',
  );
  const body = `# Safe to run again: an image that is there is left alone. Once for each version of Talos.
#   ${CARRY_TALOS} HARBOR
# Needs crane and docker, signed in to Harbor.
set -euo pipefail

case "\${1:-}" in
  ''|-*) echo "usage: ${CARRY_TALOS} HARBOR" >&2; exit 2 ;;
esac
for tool in crane docker; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
version=v${release(input, 'talos').version}
to="\${1%/}/${IMAGE}:$version"
if crane digest "$to" >/dev/null 2>&1; then
  echo "is there: $to" >&2
  exit 0
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# By digest, as those who made this version of Talos list it.
crane export "ghcr.io/siderolabs/extensions:$version" "$work/extensions.tar"
extension="$(tar -xOf "$work/extensions.tar" image-digests | grep -E '^ghcr[.]io/siderolabs/gvisor:.+@sha256:[0-9a-f]{64}$' || true)"
[ -n "$extension" ] || { echo "Talos $version lists no extension gvisor" >&2; exit 1; }

made=()
# Hosts of the house may be of either.
for architecture in amd64 arm64; do
  # A tag of that project never changes: what a run before this one has pushed is taken as it is.
  if ! crane digest "$to-$architecture" >/dev/null 2>&1; then
    docker run --rm --volume "$work:/out" "ghcr.io/siderolabs/imager:$version" installer --arch "$architecture" \\
      --base-installer-image "ghcr.io/siderolabs/installer-base:$version" --system-extension-image "$extension" >&2
    crane push "$work/installer-$architecture.tar" "$to-$architecture" >/dev/null
  fi
  made+=(--manifest "$to-$architecture")
done
crane index append "\${made[@]}" --tag "$to" >/dev/null
echo "$to"
`;
  return [[CARRY_TALOS, script(commented(comment), body)]];
}
