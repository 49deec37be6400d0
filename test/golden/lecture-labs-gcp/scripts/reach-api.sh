#!/usr/bin/env bash
# Follows ADR-0020 (docs/adr/0020-api-exposure-a-private-endpoint-only.md).
# A tunnel to the API, which answers within its network alone, for as long as this runs: kubectl in another terminal goes through it.
#   scripts/reach-api.sh <cluster> [port of this machine]
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
port="${2:-8443}"
case "$cluster" in
  tenant-compilers|tenant-robotics) ;;
  *) echo "usage: scripts/reach-api.sh tenant-compilers|tenant-robotics [port]" >&2; exit 2 ;;
esac
values="infra/gke/envs/$cluster.tfvars"
[ -f "$values" ] || { echo "$values is missing: copy $values.example" >&2; exit 2; }
value() { sed -nE "s/^$1 += +\"?([^\"]*)\"?$/\1/p" "$values" | head -1; }
name="$(value cluster_name)"
region="$(value region)"
project="$(value project_id)"
for tool in gcloud kubectl ssh; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done

entry="gke_${project}_${region}_$name"
kubectl config get-clusters | grep -xF "$entry" >/dev/null ||
  { echo "kubectl does not know $name: gcloud container clusters get-credentials $name --project $project --location $region --internal-ip" >&2; exit 2; }
address="$(gcloud container clusters describe "$name" --project "$project" --location "$region" \
  --format 'value(controlPlaneEndpointsConfig.ipEndpointsConfig.privateEndpoint)')"
zone="$(gcloud compute instances list --project "$project" --filter "name=$name-tunnel AND status=RUNNING" --format 'value(zone.basename())')"
[ -n "$zone" ] || { echo "the machine $name-tunnel does not run" >&2; exit 1; }

kubectl config set-cluster "$entry" --server="https://localhost:$port" --tls-server-name="$address" >/dev/null
echo "kubectl reaches $name while this runs"
exec gcloud compute ssh "$name-tunnel" --project "$project" --zone "$zone" --tunnel-through-iap -- -N -L "$port:$address:443"
