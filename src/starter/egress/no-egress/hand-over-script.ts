/** scripts/hand-over.sh: this repository as an artifact, for clusters that no Git server stands beside. */
import type { ModuleInput } from '../../module.ts';
import { followedBranch } from '../../promotion/gate.ts';
import { needsTools } from '../../repository/scripts/script-parts.ts';
import { SOURCE } from './closed.ts';

const FOLDERS = ['apps', 'clusters', 'delivery', 'platform', 'platform-config'].join(' ');

export function handOverScript(input: ModuleInput): string {
  const names = input.clusters.map(({ name }) => name).join('|');
  const branches = input.clusters
    .map(cluster => `  ${cluster.name}) branch=${followedBranch(input, cluster)} ;;`)
    .join('\n');
  return `# Hands the commit that is checked out over to a cluster: it follows within minutes. Safe to run again.
#   scripts/hand-over.sh CLUSTER REGISTRY
# Needs flux and git, signed in to the registry. Changes nothing but one tag there.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="\${1:-}" registry="\${2:-}"
case "$cluster" in
${branches}
  *) echo "usage: scripts/hand-over.sh ${names} REGISTRY" >&2; exit 2 ;;
esac
registry="\${registry%/}"
[ -n "$registry" ] || { echo "usage: scripts/hand-over.sh $cluster REGISTRY" >&2; exit 2; }
${needsTools(['flux', 'git'])}

# What was reviewed and nothing else.
git fetch --quiet origin "$branch"
commit="$(git rev-parse HEAD)"
git merge-base --is-ancestor "$commit" "origin/$branch" || { echo "$commit does not lie on $branch" >&2; exit 1; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
git archive "$commit" ${FOLDERS} | tar -x -C "$work"
flux push artifact "oci://$registry/${SOURCE}:$cluster" --path "$work" \\
  --source "$(git remote get-url origin)" --revision "$branch@sha1:$commit"
echo "$cluster stands at $commit"
`;
}
