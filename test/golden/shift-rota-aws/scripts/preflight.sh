#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Before the first apply, and after each change of nodes: tools, values, quotas, addresses, and whether all pods fit.
#   scripts/preflight.sh <cluster>
# Changes nothing. What cannot be asked is said, and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging|production) ;;
  *) echo "usage: scripts/preflight.sh staging|production" >&2; exit 2 ;;
esac
failed=0
good() { printf 'ok      %s\n' "$1"; }
bad() { printf 'FAILS   %s\n' "$1" >&2; failed=1; }
unknown() { printf 'unknown %s\n' "$1"; }
# at_least WHAT IS NEEDED [MORE]: a cluster that stands has its part of a quota, and needs as much more for a change
# shellcheck disable=SC2329
at_least() {
  local needed="$3"
  if [ "${stands:-no}" = yes ]; then needed="${4:-$3}"; fi
  case "$2" in
    ''|*[!0-9.]*) unknown "$1: could not be asked" ;;
    *) if awk "BEGIN { exit !($2 >= $needed) }"; then good "$1: $2, needed $needed"; else bad "$1: $2, needed $needed"; fi ;;
  esac
}

echo "== Tools"
while IFS='"' read -r _ tool _ version _; do
  name="${tool##*/}"
  case "$name" in opentofu) name=tofu ;; flux2) name=flux ;; linkerd2) name=linkerd ;; cilium-cli) name=cilium ;; prometheus) name=promtool ;; esac
  if command -v "$name" >/dev/null; then good "$name"; else bad "$name $version is missing: mise install"; fi
done < <(grep -E '^"' mise.toml)

echo "== Values"
values="infra/eks/envs/$cluster.tfvars"
if [ -f "$values" ]; then good "$values"; else bad "$values is missing: copy $values.example"; values="$values.example"; fi
if scripts/check-placeholders.sh "$values" platform platform-config apps >/dev/null 2>&1
then good "no placeholder is left in what this cluster gets"
else bad "placeholders are left: scripts/check-placeholders.sh"
fi
if scripts/check-placeholders.sh "clusters/$cluster" >/dev/null 2>&1
then good "clusters/$cluster"
else unknown "clusters/$cluster has placeholders: what the infrastructure makes up is written by scripts/fill-cluster-vars.sh $cluster after the apply"
fi
# shellcheck disable=SC2329
value() { sed -nE "s/^$1 += +\"?([^\"]*)\"?$/\\1/p" "$values" | head -1; }

echo "== Room for all pods, with one zone gone"
good 'the provider makes nodes for what pods request'

echo "== Quotas and addresses"
region="$(value region)"
if ! command -v aws >/dev/null || ! account="$(aws sts get-caller-identity --query Account --output text 2>/dev/null)"; then
  unknown 'quotas and addresses: aws is missing, or not signed in'
else
  if [ "$account" = "$(value account_id)" ]; then good "account $account"; else bad "signed in to $account, not to $(value account_id)"; fi
  quota() {
    aws service-quotas get-service-quota --region "$region" --service-code "$1" --quota-code "$2" --query Quota.Value --output text 2>/dev/null ||
      aws service-quotas get-aws-default-service-quota --region "$region" --service-code "$1" --quota-code "$2" --query Quota.Value --output text 2>/dev/null ||
      true
  }
  if aws eks describe-cluster --region "$region" --name "$(value cluster_name)" >/dev/null 2>&1; then stands=yes; fi
  ec2() { aws ec2 "$@" --region "$region" --output text 2>/dev/null || true; }
  # What is left of a quota; nothing where either could not be asked.
  left() { if [ -n "$1" ] && [ -n "$2" ]; then awk "BEGIN { print $1 - $2 }"; fi; }
  cores="$(ec2 describe-instances --filters Name=instance-state-name,Values=running --query 'Reservations[].Instances[].[CpuOptions.CoreCount,CpuOptions.ThreadsPerCore]' | awk '{ sum += $1 * $2 } END { print sum + 0 }')"
  at_least 'vCPUs of on-demand instances' "$(left "$(quota ec2 L-1216C47A)" "$cores")" 32 8
  gateways=3
  if [ "$(value nat_gateways)" = one ]; then gateways=1; fi
  at_least 'Elastic IP addresses' "$(left "$(quota ec2 L-0263D0A3)" "$(ec2 describe-addresses --query 'length(Addresses)')")" "$gateways" 0
  at_least 'VPCs' "$(left "$(quota vpc L-F678F1CE)" "$(ec2 describe-vpcs --query 'length(Vpcs)')")" 1 0
  # Networks that are connected later must not share addresses; two ranges meet where the shorter prefix holds both.
  bits() { awk -F'[./]' '{ printf "%.0f %d\n", (($1 * 256 + $2) * 256 + $3) * 256 + $4, $5 }' <<<"$1"; }
  meets() {
    read -r a p <<<"$(bits "$1")"
    read -r b q <<<"$(bits "$2")"
    awk "BEGIN { n = $p < $q ? $p : $q; size = 2 ^ (32 - n); exit int($a / size) != int($b / size) }"
  }
  own="$(value vpc_cidr)"
  for other in $(ec2 describe-vpcs --query "Vpcs[?not_null(Tags[?Key=='Name'].Value | [0], '') != '$(value cluster_name)'].CidrBlock"); do
    if meets "$own" "$other"; then bad "$own meets the VPC $other of the account: fine only while the two are never connected"; fi
  done
  zone="$(value dns_zone)"
  if aws route53 list-hosted-zones-by-name --dns-name "$zone" --query 'HostedZones[0].Name' --output text 2>/dev/null | grep -qx "$zone."
  then good "zone $zone"
  else bad "the zone $zone is not in Route 53 of this account"
  fi
fi

[ "$failed" -eq 0 ] && echo "Nothing stands in the way of $cluster."
exit "$failed"
