/** scripts/wake.sh: takes out of the overlays of a cluster what keeps it waiting; a commit does the rest. */
import { hasTeamFolders } from '../gitops/tree/teams.ts';
import type { ModuleInput } from '../module.ts';
import { clusterArgument } from '../repository/scripts/script-parts.ts';
import { isAsleep } from './places.ts';

export function wakeScript(input: ModuleInput): string {
  const { clusters } = input;
  const teams = hasTeamFolders(input);
  const seconds = clusters.filter(({ recovery }) => recovery?.role === 'second');
  const names = seconds.map(({ name }) => name).join('|');
  const objectives = seconds.some(isAsleep)
    ? String.raw`
config="platform-config/$cluster/kustomization.yaml"
grep -q '^  - \.\./base/slo$' "$config" || sed -i.old -E 's#^resources:$#resources:\n  - ../base/slo#' "$config"`
    : '';
  return `# Lets a cluster of the second region take over, as far as Git goes: workloads run, their objectives are watched, their names are its own.
# Look at the difference, commit and merge it; docs/runbooks/take-over.md says what comes before and after. Undone by reverting the commit.
#   scripts/wake.sh ${names}
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${'${1:-}'}"
${clusterArgument('scripts/wake.sh', seconds)}

apps="apps/$cluster/kustomization.yaml"
grep -q 'recovery/' "$apps" || { echo "$cluster is awake already" >&2; exit 1; }
${teams ? EACH_TEAM : EVERYBODY}
${objectives.trimStart()}
rm -f "apps/$cluster/"*.old${teams ? ' "apps/teams/$cluster/"*/*.old' : ''} "platform-config/$cluster/"*.old
git diff --stat -- "apps/$cluster"${teams ? ' "apps/teams/$cluster"' : ''} "platform-config/$cluster"
`;
}

const EVERYBODY = String.raw`sed -i.old -E '/^  - \.\.\/\.\.\/recovery\//d' "$apps"`;
const EACH_TEAM = String.raw`for overlay in "$apps" "apps/teams/$cluster"/*/kustomization.yaml; do
  [ ! -e "$overlay" ] || sed -i.old -E '/^  - (\.\.\/)+recovery\//d' "$overlay"
done`;
