#!/usr/bin/env bash
# Follows ADR-0029 (docs/adr/0029-platform-defaults-safe-from-the-first-day.md).
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
for tool in kubectl helm kustomize openssl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done

scripts/check-placeholders.sh apps "clusters/$cluster" delivery platform platform-config

variables() { sed -nE 's/^  ([A-Z_]+): "?([^"]*)"?$/\1=\2/p' "clusters/$cluster/variables/cluster-vars.yaml"; }
while IFS='=' read -r key value; do export "$key=$value"; done < <(variables)

echo "== The inventory says the same as clusters/$cluster/variables/cluster-vars.yaml, and the cluster the same as the inventory"
inventory="infra/hosts/$cluster.conf"
scripts/check-placeholders.sh "$inventory"
setting() { sed -nE "s/^$1=(.*)$/\1/p" "$inventory"; }
hosts() { grep -E '^[a-z0-9-]+ +[0-9.]+ +[a-z0-9-]+ +(control-plane|system|workload)$' "$inventory"; }
diff <(variables | sort) <(while IFS='=' read -r key _; do echo "$key=$(setting "$key")"; done < <(variables) | sort)

context="$(kubectl config current-context)"
case "$context" in
  *"$(setting CLUSTER_NAME)"*) ;;
  *) echo "kubectl points at $context and not at $(setting CLUSTER_NAME): docs/runbooks/bootstrap.md" >&2; exit 2 ;;
esac
diff <(hosts | awk '{ print $1, $2, $3 }' | sort) \
  <(kubectl get nodes -o go-template='{{range .items}}{{.metadata.name}} {{range .status.addresses}}{{if eq .type "InternalIP"}}{{.address}}{{end}}{{end}} {{index .metadata.labels "topology.kubernetes.io/zone"}}{{"\n"}}{{end}}' | sort)
POD_CIDR="$(setting POD_CIDR)" scripts/install-calico.sh
kubectl wait --for=condition=Ready nodes --all --timeout=15m

echo "== Keys of the object storage, which lie in no file"
: "${OBJECT_STORE_KEY:?the access key of the object storage}" "${OBJECT_STORE_SECRET:?the secret of that key}"
keep_keys() {
  kubectl get namespace "$1" >/dev/null 2>&1 || kubectl create namespace "$1"
  kubectl -n "$1" create secret generic "$2" "${@:3}" --dry-run=client -o yaml |
    kubectl apply --server-side --field-manager=bootstrap -f -
}
keep_keys logging object-store-keys --from-file=AWS_ACCESS_KEY_ID=<(printf %s "$OBJECT_STORE_KEY") --from-file=AWS_SECRET_ACCESS_KEY=<(printf %s "$OBJECT_STORE_SECRET")
keep_keys velero object-store-keys --from-file=cloud=<(printf '[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n' "$OBJECT_STORE_KEY" "$OBJECT_STORE_SECRET")
: "${BACKUP_PASSWORD:?the password that copies of volumes are encrypted with}"
keep_keys velero velero-repo-credentials --from-file=repository-password=<(printf %s "$BACKUP_PASSWORD")
: "${DNS_UPDATE_KEY:?the key with which your name servers take updates}"
for namespace in cert-manager external-dns; do
  keep_keys "$namespace" dns-update-key --from-file=secret=<(printf %s "$DNS_UPDATE_KEY")
done

echo "== Namespaces with their policies"
kustomize build "clusters/$cluster/namespaces" | kubectl apply --server-side --field-manager=argocd-controller -f -

echo "== Secrets that lie in no file"
if ! kubectl -n monitoring get secret grafana-admin >/dev/null 2>&1; then
  kubectl -n monitoring create secret generic grafana-admin \
    --from-literal=admin-user=admin --from-literal=admin-password="$(openssl rand -base64 24)"
fi
kubectl -n argocd create secret generic this-repository \
  --from-literal=type=git --from-literal=url=https://github.com/harbour-authority/pilots-platform.git \
  --from-literal=username=git --from-file=password=<(printf %s "$GIT_TOKEN") \
  --dry-run=client -o yaml |
  kubectl label --local -f - argocd.argoproj.io/secret-type=repository -o yaml |
  kubectl apply --server-side --field-manager=bootstrap -f -
kubectl -n argocd create configmap argocd-tls-certs-cm \
  --from-file=replace-me-harbor.example.com=platform/namespaces/authorities.pem \
  --dry-run=client -o yaml |
  kubectl label --local -f - app.kubernetes.io/part-of=argocd -o yaml |
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
