#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Fails when an entry of docs/exceptions.yaml has expired or names a file that is gone, and where something is switched off
# that has no entry. Warns a month before.
set -euo pipefail
cd "$(dirname "$0")/.."

register=docs/exceptions.yaml
today="$(date -u +%F)"
soon="$(date -u -d '+30 days' +%F 2>/dev/null || date -u -v+30d +%F)"
failed=0
complain() { echo "$1" >&2; failed=1; }

# One line per entry: day, id, file.
while read -r expires id where; do
  [ -e "$where" ] || complain "$id: $where is gone; take the entry away"
  if [[ "$expires" < "$today" ]]; then
    complain "$id expired on $expires: look at it again"
  elif [[ "$expires" < "$soon" ]]; then
    echo "$id expires on $expires"
  fi
done < <(awk '
  function done() { if (id != "") print expires, id, place }
  /^  - id:/ { done(); id = $3; expires = "0000-00-00"; place = "-" }
  /^    where:/ { place = $2 }
  /^    expires:/ { gsub(/"/, "", $2); expires = $2 }
  END { done() }' "$register")

listed() { grep -qF -- "$1" "$register"; }
while read -r check; do
  listed "what: $check" || complain "policies/checkov.yaml waives $check without an entry in $register"
done < <(sed -nE 's/^  - (CKV[A-Z0-9_]+)$/\1/p' policies/checkov.yaml)
while read -r file; do
  listed "where: $file" || complain "$file skips a check beside a resource and has no entry in $register"
done < <(grep -rl --include='*.tf' 'checkov:skip=' infra/aws-account infra/eks 2>/dev/null || true)
while read -r file; do
  listed "where: $file" || complain "$file is not restricted and has no entry in $register"
done < <(grep -rlE 'pod-security.kubernetes.io/enforce: "?(privileged|baseline)' platform/namespaces || true)
while read -r file; do
  listed "where: $file" || complain "$file silences a linter and has no entry in $register"
done < <(grep -rlE 'ignore-check.kube-linter.io/|kube-score/ignore|checkov.io/skip' apps platform platform-config || true)

[ "$failed" -eq 0 ] && echo "Every exception has a reason, an owner and a day that has not passed."
exit "$failed"
