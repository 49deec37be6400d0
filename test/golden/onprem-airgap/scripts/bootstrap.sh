#!/usr/bin/env bash
# Follows ADR-0029 (docs/adr/0029-platform-defaults-safe-from-the-first-day.md).
# From an empty cluster to one that follows this repository. Safe to run again: everything is applied, nothing recreated.
#   scripts/bootstrap.sh <cluster>
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging-hall-1|staging-hall-2|production-hall-1|production-hall-2) ;;
  *) echo "usage: scripts/bootstrap.sh staging-hall-1|staging-hall-2|production-hall-1|production-hall-2" >&2; exit 2 ;;
esac
for tool in kubectl helm kustomize flux openssl; do
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
scripts/install-cilium.sh
kubectl wait --for=condition=Ready nodes --all --timeout=15m

echo "== Keys of the object storage, which lie in no file"
: "${OBJECT_STORE_KEY:?the access key of the object storage}" "${OBJECT_STORE_SECRET:?the secret of that key}"
keep_keys() {
  kubectl get namespace "$1" >/dev/null 2>&1 || kubectl create namespace "$1"
  kubectl -n "$1" create secret generic "$2" "${@:3}" --dry-run=client -o yaml |
    kubectl apply --server-side --field-manager=bootstrap -f -
}
keep_keys logging object-store-keys --from-file=AWS_ACCESS_KEY_ID=<(printf %s "$OBJECT_STORE_KEY") --from-file=AWS_SECRET_ACCESS_KEY=<(printf %s "$OBJECT_STORE_SECRET")
keep_keys tracing object-store-keys --from-file=AWS_ACCESS_KEY_ID=<(printf %s "$OBJECT_STORE_KEY") --from-file=AWS_SECRET_ACCESS_KEY=<(printf %s "$OBJECT_STORE_SECRET")
keep_keys databases object-store-keys --from-file=AWS_ACCESS_KEY_ID=<(printf %s "$OBJECT_STORE_KEY") --from-file=AWS_SECRET_ACCESS_KEY=<(printf %s "$OBJECT_STORE_SECRET")
keep_keys databases house-authorities --from-file=ca.crt=platform/namespaces/authorities.pem
keep_keys velero object-store-keys --from-file=cloud=<(printf '[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n' "$OBJECT_STORE_KEY" "$OBJECT_STORE_SECRET")
: "${BACKUP_PASSWORD:?the password that copies of volumes are encrypted with}"
keep_keys velero velero-repo-credentials --from-file=repository-password=<(printf %s "$BACKUP_PASSWORD")
scripts/check-placeholders.sh scripts/bootstrap.sh
keep_keys kube-system etcd-snapshot-store --from-literal=etcd-s3-endpoint=replace-me-object-storage.example.com \
  --from-literal=etcd-s3-bucket="$(setting CLUSTER_NAME)-etcd" --from-file=etcd-s3-access-key=<(printf %s "$OBJECT_STORE_KEY") --from-file=etcd-s3-secret-key=<(printf %s "$OBJECT_STORE_SECRET") \
  --from-file=etcd-s3-endpoint-ca=platform/namespaces/authorities.pem

if grep -q '^sha256:0000000000000000000000000000000000000000000000000000000000000000$' "releases/$cluster"; then
  echo "releases/$cluster names no release yet: docs/runbooks/release.md" >&2
  exit 2
fi
echo "== Namespaces with their policies"
kustomize build "clusters/$cluster/namespaces" | kubectl apply --server-side --field-manager=bootstrap -f -

echo "== Secrets that lie in no file"
if ! kubectl -n monitoring get secret grafana-admin >/dev/null 2>&1; then
  kubectl -n monitoring create secret generic grafana-admin \
    --from-literal=admin-user=admin --from-literal=admin-password="$(openssl rand -base64 24)"
fi
scripts/check-placeholders.sh releases/cosign.pub
kubectl -n flux-system create secret generic release-signer \
  --from-file=cosign.pub=releases/cosign.pub \
  --dry-run=client -o yaml | kubectl apply --server-side --field-manager=bootstrap -f -
kubectl -n flux-system create secret generic git-ca \
  --from-file=ca.crt=platform/namespaces/authorities.pem \
  --dry-run=client -o yaml | kubectl apply --server-side --field-manager=bootstrap -f -
kubectl -n flux-system create secret generic registry-ca \
  --from-file=ca.crt=platform/namespaces/authorities.pem \
  --dry-run=client -o yaml | kubectl apply --server-side --field-manager=bootstrap -f -

echo "== Flux; its monitor comes later, with the kind that it is of"
helm upgrade --install flux-operator oci://replace-me-harbor.example.com/ghcr/controlplaneio-fluxcd/charts/flux-operator --version 0.58.1 \
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
