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
values="infra/eks/envs/$cluster.tfvars"
[ -f "$values" ] || { echo "$values is missing: copy $values.example" >&2; exit 2; }
value() { sed -nE "s/^$1 += +\"?([^\"]*)\"?$/\1/p" "$values" | head -1; }
name="$(value cluster_name)"
region="$(value region)"
for tool in aws kubectl session-manager-plugin; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done

read -r entry endpoint < <(aws eks describe-cluster --region "$region" --name "$name" --query 'cluster.[arn,endpoint]' --output text)
kubectl config get-clusters | grep -xF "$entry" >/dev/null ||
  { echo "kubectl does not know $name: aws eks update-kubeconfig --region $region --name $name --role-arn ROLE" >&2; exit 2; }
machine="$(aws ec2 describe-instances --region "$region" --filters "Name=tag:Name,Values=$name-tunnel" \
  Name=instance-state-name,Values=running --query 'Reservations[].Instances[].InstanceId' --output text)"
[ -n "$machine" ] || { echo "the machine $name-tunnel does not run" >&2; exit 1; }

host="${endpoint#https://}"
kubectl config set-cluster "$entry" --server="https://localhost:$port" --tls-server-name="$host" >/dev/null
echo "kubectl reaches $name while this runs; it ends after some time without traffic"
exec aws ssm start-session --region "$region" --target "$machine" --document-name AWS-StartPortForwardingSessionToRemoteHost \
  --parameters "{\"host\":[\"$host\"],\"portNumber\":[\"443\"],\"localPortNumber\":[\"$port\"]}"
