#!/usr/bin/env bash
# Follows ADR-0029 (docs/adr/0029-platform-defaults-safe-from-the-first-day.md).
# Every check that needs no account and no cluster. Tools: mise install. One part: scripts/validate.sh manifests
set -euo pipefail
cd "$(dirname "$0")/.."

# What is applied: kustomize has put in the values of the cluster, and a variable that is left is an error.
render() {
  local text
  text="$(kustomize build --load-restrictor LoadRestrictionsNone "$1")"
  if grep -nE '[$][{][A-Z_]+[}]' <<<"$text" >&2; then
    echo "nothing fills this in: delivery/variables" >&2
    return 1
  fi
  printf '%s\n' "$text"
}

# What is everybody's, and the folder of each team, which is delivered by itself.
workloads() {
  for folder in "apps/$1/" "apps/teams/$1"/*/; do
    [ -e "$folder/kustomization.yaml" ] || continue
    echo "---"
    kustomize build "$folder"
  done
}

manifests() {
  for folder in clusters/*/; do
    cluster="$(basename "$folder")"
    { render "$folder"; sed -nE 's#^ *path: (\./)?((apps|clusters|platform-config)/.+)$#\2#p' "$folder"*.yaml | while read -r path; do
      echo "---"
      render "$path"
    done; } | kubeconform -strict -summary -kubernetes-version 1.36.0 \
      -schema-location default \
      -schema-location 'https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'
    workloads "$cluster" | kube-linter lint -
    # Most policies select pods of charts, which are not in this stream.
    { workloads "$cluster"; echo "---"; kustomize build platform/namespaces; } |
      kube-score score --kubernetes-version v1.36 --ignore-test networkpolicy-targets-pod -
  done
}

# promtool reads rules without the object around them.
rules() {
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' RETURN
  for tests in tests/slo/*.yaml; do
    name="$(basename "$tests" .yaml)"
    sed -n '/^spec:/,$ { /^spec:/d; s/^  //; p; }' "platform-config/base/slo/$name.yaml" >"$work/$name.rules.yaml"
    cp "$tests" "$work/$name.yaml"
    promtool check rules "$work/$name.rules.yaml"
    promtool test rules "$work/$name.yaml"
  done
}

exceptions() {
  scripts/check-exceptions.sh
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

for part in ${1:-manifests rules exceptions workflows placeholders decisions}; do
  echo "== $part"
  "$part"
done
