#!/usr/bin/env bash
# Follows ADR-0029 (docs/adr/0029-platform-defaults-safe-from-the-first-day.md).
# Writes what only the infrastructure knows into clusters/<cluster>/variables/cluster-vars.yaml: ids, names and ranges, no secret.
#   scripts/fill-cluster-vars.sh <cluster>
# Commit what it has changed: what is delivered is what stands in Git.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:?usage: scripts/fill-cluster-vars.sh CLUSTER}"
file="clusters/$cluster/variables/cluster-vars.yaml"
[ -f "$file" ] || { echo "there is no $file" >&2; exit 2; }
tofu -chdir=infra/eks init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null

filled="$(mktemp)"
trap 'rm -f "$filled"' EXIT
cp "$file" "$filled"
while IFS='=' read -r name value; do
  sed -E "s|^(  $name: ).*|\1\"$value\"|" "$filled" >"$filled.next"
  mv "$filled.next" "$filled"
done < <(tofu -chdir=infra/eks output -json cluster_vars | tr -d '\n' | sed -E 's/[{,] *"([A-Z_]+)": *"?/|\1=/g; s/"\|/|/g; s/"?[ }]*$//' | tr '|' '\n' | grep .)
cp "$filled" "$file"
git --no-pager diff --stat -- "$file"
