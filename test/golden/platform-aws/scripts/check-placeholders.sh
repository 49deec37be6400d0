#!/usr/bin/env bash
# Follows ADR-0008 (docs/adr/docs/adr/0008-platform-defaults-safe-from-the-first-day.md).
# Fails while a token is left, and where PLACEHOLDERS.md lists others than the tree holds.
set -euo pipefail
cd "$(dirname "$0")/.."

pattern='REPLACE_ME_[A-Z0-9_]+|replace-me-[a-z0-9-]*[a-z0-9]'

found="$(grep -rhoE "$pattern" --exclude=PLACEHOLDERS.md --exclude-dir=.git --exclude-dir=.terraform --exclude-dir=.chartroom . | sort -u || true)"
listed="$(grep -hoE "^\| .($pattern)" PLACEHOLDERS.md 2>/dev/null | grep -oE "$pattern" | sort -u || true)"

if [ "$found" != "$listed" ]; then
  echo "PLACEHOLDERS.md and the tree differ (left: tree, right: PLACEHOLDERS.md):" >&2
  diff <(echo "$found") <(echo "$listed") >&2 || true
  exit 1
fi
if [ -z "$found" ]; then
  echo "No placeholder is left."
  exit 0
fi
if [ "${1:-}" = --list ]; then
  echo "$found"
  exit 0
fi
echo "These placeholders are left; PLACEHOLDERS.md says what belongs there:" >&2
while read -r token; do
  echo "$token" >&2
  grep -rnE "$token" --exclude=PLACEHOLDERS.md --exclude-dir=.git --exclude-dir=.terraform --exclude-dir=.chartroom . | sed 's/^/  /' >&2
done <<<"$found"
exit 1
