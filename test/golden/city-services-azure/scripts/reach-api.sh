#!/usr/bin/env bash
# Follows ADR-0020 (docs/adr/0020-api-exposure-a-private-endpoint-only.md).
# A tunnel to the API, which answers within its network alone, for as long as this runs: kubectl in another terminal goes through it.
#   scripts/reach-api.sh <cluster> [port of this machine]
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
port="${2:-8443}"
case "$cluster" in
  staging|production) ;;
  *) echo "usage: scripts/reach-api.sh staging|production [port]" >&2; exit 2 ;;
esac
values="infra/aks/envs/$cluster.tfvars"
[ -f "$values" ] || { echo "$values is missing: copy $values.example" >&2; exit 2; }
value() { sed -nE "s/^$1 += +\"?([^\"]*)\"?$/\1/p" "$values" | head -1; }
name="$(value cluster_name)"
for tool in az kubectl kubelogin; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done

kubectl config get-clusters | grep -xF "$name" >/dev/null ||
  { echo "kubectl does not know $name: az aks get-credentials --resource-group $name --name $name && kubelogin convert-kubeconfig -l azurecli" >&2; exit 2; }
id="$(az aks show --resource-group "$name" --name "$name" --query id --output tsv)"
host="$(az aks show --resource-group "$name" --name "$name" --query privateFqdn --output tsv)"

kubectl config set-cluster "$name" --server="https://localhost:$port" --tls-server-name="$host" >/dev/null
echo "kubectl reaches $name while this runs"
exec az network bastion tunnel --resource-group "$name" --name "$name-tunnel" --target-resource-id "$id" --resource-port 443 --port "$port"
