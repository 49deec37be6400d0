#!/usr/bin/env bash
# Follows ADR-0013 (docs/adr/0013-pod-network-cilium.md).
# Installs Cilium into a cluster whose hosts wait for it; scripts/bootstrap.sh runs it. Safe to run again: an installed release is left to GitOps.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in helm kubectl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done
if helm -n kube-system status cilium >/dev/null 2>&1; then
  echo "Cilium is installed; GitOps owns it."
  exit 0
fi

kubectl apply --server-side --field-manager=bootstrap \
  -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.1/standard-install.yaml

helm install cilium oci://quay.io/cilium/charts/cilium --version 1.20.1 \
  --namespace kube-system --values platform/cilium/values.yaml --no-hooks
