/** scripts/check-decisions.sh: whether the repository still holds what its records decided. */
import { shellWord } from '../../../files/shell.ts';
import type { RecordChecks } from '../decision-checks.ts';

export const CHECK_DECISIONS_PATH = 'scripts/check-decisions.sh';

/** The command that a record names. */
export function checkCommand(decision: string): string {
  return `${CHECK_DECISIONS_PATH} ${decision}`;
}

export function checkDecisionsScript(records: readonly RecordChecks[]): string {
  const known = records.map(({ decision }) => decision);
  return String.raw`# Whether this repository still holds what its records decided. Needs no tool, no account and no cluster.
#   scripts/check-decisions.sh [DECISION${'…'}]    all of them without one
# Where it fails, either the file drifted, or a new record has to take the place of the old one.
set -euo pipefail
cd "$(dirname "$0")/.."

known="${known.join(' ')}"
for decision in "$@"; do
  case " $known " in
    *" $decision "*) ;;
    *) echo "no check for $decision; there are: $known" >&2; exit 2 ;;
  esac
done
asked=" ${'${*:-$known}'} "
failed=0

wanted() { case "$asked" in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
about() { record="$1" path="$2"; }
holds() { printf 'holds  %s: %s\n' "$record" "$1"; }
broken() { printf 'BROKEN %s: %s (%s)\n' "$record" "$1" "$path" >&2; failed=1; }

${records.map(block).join('\n')}
exit "$failed"
`;
}

function block({ decision, record, path, checks }: RecordChecks): string {
  const lines = checks.map(({ says, command }) => {
    const words = shellWord(says);
    return `  if { ${command}; } >/dev/null 2>&1\n  then holds ${words}\n  else broken ${words}\n  fi`;
  });
  return `if wanted ${decision}; then\n  about ${record} ${shellWord(path)}\n${lines.join('\n')}\nfi\n`;
}
