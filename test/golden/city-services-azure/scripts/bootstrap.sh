#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# From an empty cluster to one that follows this repository. Safe to run again: everything is applied, nothing recreated.
#   scripts/bootstrap.sh <cluster>
# GIT_TOKEN: a token that may read this repository and nothing else. It lands in the cluster alone.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging|production) ;;
  *) echo "usage: scripts/bootstrap.sh staging|production" >&2; exit 2 ;;
esac
: "${GIT_TOKEN:?a token that may read this repository and nothing else}"
for tool in kubectl helm kustomize flux tofu openssl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done

scripts/check-placeholders.sh apps "clusters/$cluster" delivery platform platform-config

variables() { sed -nE 's/^  ([A-Z_]+): "?([^"]*)"?$/\1=\2/p' "clusters/$cluster/variables/cluster-vars.yaml"; }
while IFS='=' read -r key value; do export "$key=$value"; done < <(variables)

echo "== The infrastructure says the same as clusters/$cluster/variables/cluster-vars.yaml"
scripts/check-placeholders.sh infra/aks/envs/"$cluster".tfvars infra/aks/envs/"$cluster".tfbackend
tofu -chdir=infra/aks init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null
diff <(variables | sort) <(tofu -chdir=infra/aks output -json cluster_vars | tr -d '\n' | sed -E 's/[{,] *"([A-Z_]+)": *"?/|\1=/g; s/"\|/|/g; s/"?[ }]*$//' | tr '|' '\n' | grep . | sort)

name="$(tofu -chdir=infra/aks output -raw cluster_name)"
context="$(kubectl config view --minify -o jsonpath='{.contexts[0].context.cluster}')"
case "$context" in
  *"$name"*) ;;
  *) echo "kubectl points at $context and not at $name: az aks get-credentials --resource-group $name --name $name, then kubelogin convert-kubeconfig -l azurecli" >&2; exit 2 ;;
esac

echo "== Namespaces with their policies"
kustomize build "clusters/$cluster/namespaces" | kubectl apply --server-side --field-manager=bootstrap -f -

echo "== Secrets that lie in no file"
kubectl -n flux-system create secret generic flux-system \
  --from-literal=username=git --from-file=password=<(printf %s "$GIT_TOKEN") \
  --dry-run=client -o yaml | kubectl apply --server-side --field-manager=bootstrap -f -

echo "== Flux; its monitor comes later, with the kind that it is of"
helm upgrade --install flux-operator oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator --version 0.58.1 \
  --namespace flux-system --values platform/flux-operator/values.yaml \
  --set serviceMonitor.create=false --wait --timeout 5m
kubectl apply --server-side --field-manager=bootstrap -f "clusters/$cluster/flux-instance.yaml"
kubectl -n flux-system wait fluxinstance/flux --for=condition=Ready --timeout=5m
kubectl -n flux-system wait kustomization.kustomize.toolkit.fluxcd.io/flux-system --for=condition=Ready --timeout=5m

echo "== Everything else follows; this takes about fifteen minutes"
for step in clusters/"$cluster"/*.yaml; do
  grep -q '^apiVersion: kustomize.toolkit.fluxcd.io' "$step" || continue
  step="$(basename "$step" .yaml)"
  kubectl -n flux-system wait "kustomization.kustomize.toolkit.fluxcd.io/$step" --for=condition=Ready --timeout=30m
done
flux get kustomizations
