/** scripts/verify-release.sh, scripts/promote.sh and scripts/deliver-release.sh. */
import type { ModuleInput } from '../../module.ts';
import { keeperOf } from './cloud-key.ts';
import { releaseRepository, SIGNER, signingIdentity, signsWithKey } from './release.ts';

export function verifyReleaseScript(input: ModuleInput): string {
  const { issuer, subject } = signingIdentity(input);
  const how = signsWithKey(input)
    ? `# The log of the world cannot be reached from here: the key is all there is, and ${keeperOf(input)} never hands it out.
cosign verify "$release@$1" --key ${SIGNER} --insecure-ignore-tlog --new-bundle-format=false >/dev/null`
    : `cosign verify "$release@$1" --certificate-oidc-issuer-regexp '${issuer}' \\
  --certificate-identity-regexp '${subject}' >/dev/null`;
  return `# Whether the release workflow on main has signed this release.
#   scripts/verify-release.sh sha256:...
set -euo pipefail
cd "$(dirname "$0")/.."

[[ "\${1:-}" =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "usage: scripts/verify-release.sh sha256:..." >&2; exit 2; }
release=${releaseRepository(input)}
${how}
echo "$release@$1 is signed"
`;
}

export function promoteScript(clusters: readonly string[]): string {
  return `# Says which release a cluster is to stand at: that of another cluster, or a digest. Merging the change promotes it.
#   scripts/promote.sh <to> <from|sha256:...>
set -euo pipefail
cd "$(dirname "$0")/.."

to="\${1:-}" from="\${2:-}"
usage() { echo "usage: scripts/promote.sh ${clusters.join('|')} CLUSTER|sha256:..." >&2; exit 2; }
case "$to" in ${clusters.join('|')}) ;; *) usage ;; esac
case "$from" in
  sha256:*) digest="$from" ;;
  ${clusters.join(' | ')}) digest="$(grep -oE '^sha256:[0-9a-f]{64}$' "releases/$from")" ;;
  *) usage ;;
esac
scripts/verify-release.sh "$digest"
{ grep '^#' "releases/$to"; echo "$digest"; } >"releases/$to.next"
mv "releases/$to.next" "releases/$to"
git --no-pager diff --stat -- "releases/$to"
`;
}

export function deliverReleaseScript(input: ModuleInput): string {
  return `# Delivers the release that a cluster stands at, as it was signed: with its own manifests and its own scripts.
#   scripts/deliver-release.sh <cluster> platform|apps|all
set -euo pipefail
cd "$(dirname "$0")/.."

digest="$(grep -oE '^sha256:[0-9a-f]{64}$' "releases/\${1:?usage: scripts/deliver-release.sh CLUSTER platform|apps|all}")"
scripts/verify-release.sh "$digest"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
oras pull "${releaseRepository(input)}@$digest" --output "$work"
mkdir "$work/release"
tar -xzf "$work/release.tar.gz" -C "$work/release"
RELEASE="\${digest:7:12}" "$work/release/scripts/deliver.sh" "$1" "$2"
`;
}
