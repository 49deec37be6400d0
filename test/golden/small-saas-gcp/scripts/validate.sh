#!/usr/bin/env bash
# Follows ADR-0018 (docs/adr/0018-platform-defaults-safe-from-the-first-day.md).
# Every check that needs no account and no cluster. Tools: mise install. One part: scripts/validate.sh terraform
set -euo pipefail
cd "$(dirname "$0")/.."

terraform() {
  tofu fmt -check -recursive infra
  for versions in infra/*/versions.tf; do
    folder="$(dirname "$versions")"
    tofu -chdir="$folder" init -backend=false -input=false >/dev/null
    tofu -chdir="$folder" validate
    if [ -d "$folder/tests" ]; then tofu -chdir="$folder" test; fi
  done
}

workflows() {
  actionlint
}

# A token that is replaced leaves the page as well, and a new one gets its row.
placeholders() {
  scripts/check-placeholders.sh --same
}

decisions() {
  scripts/check-decisions.sh
}

for part in ${1:-terraform workflows placeholders decisions}; do
  echo "== $part"
  "$part"
done
