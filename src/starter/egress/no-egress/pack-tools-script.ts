/** scripts/pack-tools.sh: tools and schemas that scripts and pipelines call in a network where nothing can be fetched. */
import type { StarterInput } from '../../part.ts';

export const PACK_TOOLS = 'scripts/pack-tools.sh';
/** Where the image of runners keeps what manifests are held against. */
export const SCHEMAS = '/opt/schemas';

export const PACKS =
  'Puts into a folder what scripts and pipelines call and cannot fetch: the tools of mise.toml, and the schemas of scripts/validate.sh.\nRun it outside, on the system and processor that runners have: docs/runbooks/no-way-out.md says where the two parts go.';

/** Named as kubeconform looks for them: a folder for each version of Kubernetes, and one for each group of kinds. */
export function packToolsScript({ stack }: StarterInput): string {
  const minor = stack.versions.kubernetes?.minor ?? '';
  return `#   ${PACK_TOOLS} FOLDER
# Needs git and mise.
set -euo pipefail
cd "$(dirname "$0")/.."

case "\${1:-}" in
  ''|-*) echo "usage: ${PACK_TOOLS} FOLDER" >&2; exit 2 ;;
esac
for tool in git mise; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
mkdir -p "$1/bin" "$1/schemas"
out="$(cd "$1" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# In a place of their own, so that nothing comes along that this machine has besides.
export MISE_DATA_DIR="$work/mise"
mise install
mise bin-paths | while read -r folder; do
  case "$folder" in "$work"/*) find -L "$folder" -maxdepth 1 -type f -perm -u+x -exec cp -f {} "$out/bin/" \\; ;; esac
done

versions=v${minor}.0-standalone-strict
git clone --quiet --depth 1 --filter=blob:none --sparse https://github.com/yannh/kubernetes-json-schema "$work/kubernetes"
git -C "$work/kubernetes" sparse-checkout set "$versions"
cp -R "$work/kubernetes/$versions" "$out/schemas/"
git clone --quiet --depth 1 https://github.com/datreeio/CRDs-catalog "$work/kinds"
rm -rf "$work/kinds/.git" "$out/schemas/kinds"
cp -R "$work/kinds" "$out/schemas/kinds"

ls "$out/bin"
`;
}
