#!/usr/bin/env bash
# Follows ADR-0027 (docs/adr/0027-platform-defaults-safe-from-the-first-day.md).
# Fails while a token is left, and where PLACEHOLDERS.md lists others than the tree holds.
#   scripts/check-placeholders.sh           both
#   scripts/check-placeholders.sh --same    only whether PLACEHOLDERS.md and the tree agree
#   scripts/check-placeholders.sh PATH...   only whether these hold a token
set -euo pipefail
cd "$(dirname "$0")/.."

pattern='REPLACE_ME_[A-Z0-9_]+|replace-me-[a-z0-9-]*[a-z0-9]'

if [ $# -gt 0 ] && [ "$1" != --same ]; then
  if grep -rnE "$pattern" "$@" >&2; then
    echo "These placeholders are left; PLACEHOLDERS.md says what belongs there." >&2
    exit 1
  fi
  exit 0
fi

# Files that hold a token; an example no longer counts once its copy is there.
holders() {
  grep -rlE "$pattern" --exclude=PLACEHOLDERS.md --exclude-dir=.git --exclude-dir=.terraform --exclude-dir=.chartroom . |
    while read -r file; do
      case "$file" in *.example) [ ! -e "${file%.example}" ] || continue ;; esac
      printf '%s\n' "$file"
    done
}

found="$(holders | while read -r file; do grep -hoE "$pattern" "$file"; done | sort -u || true)"
listed="$(grep -hoE "^\| .($pattern)" PLACEHOLDERS.md 2>/dev/null | grep -oE "$pattern" | sort -u || true)"

if [ "$found" != "$listed" ]; then
  echo "PLACEHOLDERS.md and the tree differ (left: tree, right: PLACEHOLDERS.md):" >&2
  diff <(echo "$found") <(echo "$listed") >&2 || true
  exit 1
fi
[ "${1:-}" != --same ] || exit 0
if [ -z "$found" ]; then
  echo "No placeholder is left."
  exit 0
fi
echo "These placeholders are left; PLACEHOLDERS.md says what belongs there:" >&2
holders | while read -r file; do grep -HnE "$pattern" "$file"; done >&2
exit 1
