#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-pod-network-cilium.md).
# Installs Cilium into a cluster that has no nodes yet; infra/eks runs it. Safe to run again: an installed release is left to GitOps.
# CLUSTER_NAME, REGION, API_SERVER (host of the API) and ADMIN_ROLE come from Terraform.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CLUSTER_NAME:?}" "${REGION:?}" "${API_SERVER:?}" "${ADMIN_ROLE:?}"
for tool in aws helm kubectl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done

KUBECONFIG="$(mktemp)"
export KUBECONFIG
trap 'rm -f "$KUBECONFIG"' EXIT
aws eks update-kubeconfig --region "$REGION" --name "$CLUSTER_NAME" --role-arn "$ADMIN_ROLE" >/dev/null
answers() { kubectl get --raw /readyz --request-timeout=30s >/dev/null; }
# Its network leads to no other one: scripts/reach-api.sh does, and the certificate says whether that is the way to this cluster.
if ! answers 2>/dev/null; then
  entry="$(kubectl config view --minify -o jsonpath='{.contexts[0].context.cluster}')"
  kubectl config set-cluster "$entry" --server="https://localhost:${API_PORT:-8443}" --tls-server-name="$API_SERVER" >/dev/null
  answers || {
    echo "The API of $CLUSTER_NAME does not answer from here. Keep scripts/reach-api.sh open in another terminal, and apply again." >&2
    exit 1
  }
fi
if helm -n kube-system status cilium >/dev/null 2>&1; then
  echo "Cilium is installed; GitOps owns it."
  exit 0
fi

kubectl apply --server-side --field-manager=bootstrap \
  -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.1/standard-install.yaml

kubectl -n kube-system create configmap cilium-api-server --from-literal=host="$API_SERVER" --dry-run=client -o yaml |
  kubectl apply --server-side --field-manager=bootstrap -f -

helm install cilium oci://quay.io/cilium/charts/cilium --version 1.20.1 \
  --namespace kube-system --values platform/cilium/values.yaml --no-hooks
