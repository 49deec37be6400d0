#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# From an empty cluster to one that follows this repository. Safe to run again: everything is applied, nothing recreated.
#   scripts/bootstrap.sh <cluster>
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging|production) ;;
  *) echo "usage: scripts/bootstrap.sh staging|production" >&2; exit 2 ;;
esac
for tool in kubectl helm kustomize yq git tofu openssl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done

scripts/check-placeholders.sh apps "clusters/$cluster" delivery platform platform-config

variables() { sed -nE 's/^  ([A-Z_]+): "?([^"]*)"?$/\1=\2/p' "clusters/$cluster/variables/cluster-vars.yaml"; }
while IFS='=' read -r key value; do export "$key=$value"; done < <(variables)

echo "== The infrastructure says the same as clusters/$cluster/variables/cluster-vars.yaml"
scripts/check-placeholders.sh infra/eks/envs/"$cluster".tfvars infra/eks/envs/"$cluster".tfbackend
tofu -chdir=infra/eks init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null
diff <(variables | sort) <(tofu -chdir=infra/eks output -json cluster_vars | tr -d '\n' | sed -E 's/[{,] *"([A-Z_]+)": *"?/|\1=/g; s/"\|/|/g; s/"?[ }]*$//' | tr '|' '\n' | grep . | sort)

name="$(tofu -chdir=infra/eks output -raw cluster_name)"
context="$(kubectl config view --minify -o jsonpath='{.contexts[0].context.cluster}')"
case "$context" in
  *"$name"*) ;;
  *) echo "kubectl points at $context and not at $name: aws eks update-kubeconfig --name $name" >&2; exit 2 ;;
esac

echo "== Namespaces with their policies"
kustomize build "clusters/$cluster/namespaces" | kubectl apply --server-side --field-manager=delivery -f -

echo "== Secrets that lie in no file"
if ! kubectl -n monitoring get secret grafana-admin >/dev/null 2>&1; then
  kubectl -n monitoring create secret generic grafana-admin \
    --from-literal=admin-user=admin --from-literal=admin-password="$(openssl rand -base64 24)"
fi

echo "== Everything, with the rights of whoever runs this; from here on the pipeline does it with its own"
scripts/deliver.sh "$cluster" all
kubectl -n delivery get configmaps -L commit
