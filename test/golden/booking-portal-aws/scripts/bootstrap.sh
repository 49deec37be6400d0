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
for tool in kubectl helm kustomize tofu openssl; do
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
kustomize build "clusters/$cluster/namespaces" | kubectl apply --server-side --field-manager=argocd-controller -f -

echo "== Secrets that lie in no file"
if ! kubectl -n monitoring get secret grafana-admin >/dev/null 2>&1; then
  kubectl -n monitoring create secret generic grafana-admin \
    --from-literal=admin-user=admin --from-literal=admin-password="$(openssl rand -base64 24)"
fi
kubectl -n argocd create secret generic this-repository \
  --from-literal=type=git --from-literal=url=https://github.com/voyage/platform.git \
  --from-literal=username=git --from-file=password=<(printf %s "$GIT_TOKEN") \
  --dry-run=client -o yaml |
  kubectl label --local -f - argocd.argoproj.io/secret-type=repository -o yaml |
  kubectl apply --server-side --field-manager=bootstrap -f -

echo "== Argo CD; its monitors come later, with the kind that they are of"
helm upgrade --install argo-cd argo-cd --repo https://argoproj.github.io/argo-helm --version 10.1.1 \
  --namespace argocd --values platform/argo-cd/values.yaml \
  --set controller.metrics.serviceMonitor.enabled=false --set server.metrics.serviceMonitor.enabled=false \
  --set repoServer.metrics.serviceMonitor.enabled=false --set applicationSet.metrics.serviceMonitor.enabled=false \
  --wait --timeout 10m
# From here on it delivers itself; Helm would only see what it installed once.
kubectl -n argocd delete secret --selector owner=helm,name=argo-cd

echo "== The root, and with it everything else; this takes about twenty minutes"
kustomize build delivery/projects | kubectl apply --server-side --field-manager=argocd-controller -f -
kubectl apply --server-side --field-manager=bootstrap -f "clusters/$cluster/root.yaml"
kubectl -n argocd wait application/root --for=jsonpath='{.status.operationState.phase}'=Succeeded --timeout=60m
kubectl -n argocd wait applications --all --for=jsonpath='{.status.health.status}'=Healthy --timeout=15m
kubectl -n argocd get applications
