#!/usr/bin/env bash
# Follows ADR-0011 (docs/adr/0011-kubernetes-distribution-rke2.md).
# The configuration of every host of a cluster, from infra/hosts/<cluster>.conf and what infra/rke2 says of all of them.
#   scripts/host-config.sh <cluster> [folder]    without a folder into a new one outside this repository
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging-hall-1|staging-hall-2|production-hall-1|production-hall-2) ;;
  *) echo "usage: scripts/host-config.sh staging-hall-1|staging-hall-2|production-hall-1|production-hall-2 [folder]" >&2; exit 2 ;;
esac
inventory="infra/hosts/$cluster.conf"
scripts/check-placeholders.sh "$inventory" infra/rke2 platform/namespaces/authorities.pem

setting() { sed -nE "s/^$1=(.*)$/\1/p" "$inventory"; }
hosts() { grep -E '^[a-z0-9-]+ +[0-9.]+ +[a-z0-9-]+ +(control-plane|system|workload)$' "$inventory"; }
refuse() { echo "$inventory: $1" >&2; exit 1; }

control="$(hosts | grep -c ' control-plane$' || true)"
[ "$control" -ge 3 ] || refuse "$control hosts in the control plane form no quorum that could lose one"
[ $((control % 2)) -eq 1 ] || refuse "an even number of hosts in the control plane survives no more than one fewer"
for role in $(hosts | awk '{ print $4 }' | sort -u); do
  racks="$(hosts | awk -v role="$role" '$4 == role { print $3 }' | sort -u | wc -l)"
  [ "$racks" -ge 3 ] || refuse "hosts of the role $role stand in $racks racks and not in three"
done
twice="$(hosts | awk '{ print $1; print $2 }' | sort | uniq -d | head -n 1)"
[ -z "$twice" ] || refuse "$twice stands there twice"

out="${2:-}"
if [ -z "$out" ]; then out="$(mktemp -d)"; fi
umask 077
first="$(hosts | awk '$4 == "control-plane" { print $1; exit }')"
peers() { hosts | awk -v self="$1" '$4 == "control-plane" && $1 != self { print "    " $2 }'; }

hosts | while read -r name address rack role; do
  folder="$out/$name"
  mkdir -p "$folder"
  pool="$role"
  fill() {
    sed -e "s|__NAME__|$name|g" -e "s|__ADDRESS__|$address|g" -e "s|__RACK__|$rack|g" -e "s|__POOL__|$pool|g" \
      -e "s|__API_ADDRESS__|$(setting API_ADDRESS)|g" -e "s|__API_NAME__|$(setting API_NAME)|g" \
      -e "s|__CLUSTER_NAME__|$(setting CLUSTER_NAME)|g" -e "s|__DNS_ADDRESS__|$(setting DNS_ADDRESS)|g" \
      -e "s|__KUBERNETES_VERSION__|$(setting KUBERNETES_VERSION)|g" -e "s|__NODE_CIDR__|$(setting NODE_CIDR)|g" \
      -e "s|__POD_CIDR__|$(setting POD_CIDR)|g" -e "s|__SERVICE_CIDR__|$(setting SERVICE_CIDR)|g" "$1" |
      awk -v file=platform/namespaces/authorities.pem '/^ *__AUTHORITIES__$/ {
        while ((getline line < file) > 0) if (line !~ /^#/) print substr($0, 1, index($0, "_") - 1) line
        close(file); next } { print }'
  }
  rancher="$folder/etc/rancher/rke2"
  mkdir -p "$rancher" "$folder/etc/sysctl.d"
  cp infra/rke2/sysctl.conf "$folder/etc/sysctl.d/90-rke2.conf"
  if [ -e infra/rke2/registries.yaml ]; then cp infra/rke2/registries.yaml "$rancher/"; fi
  if [ -e platform/namespaces/authorities.pem ]; then cp platform/namespaces/authorities.pem "$rancher/"; fi
  if [ "$role" = control-plane ]; then
    if ! hosts | grep -q ' system$'; then pool=system; fi
    fill infra/rke2/server.yaml >"$rancher/config.yaml"
    cp infra/rke2/audit-policy.yaml infra/rke2/pod-security.yaml "$rancher/"
    if [ -e infra/rke2/authentication.yaml ]; then fill infra/rke2/authentication.yaml >"$rancher/authentication.yaml"; fi
    mkdir -p "$folder/etc/keepalived"
    fill infra/rke2/keepalived.conf | sed -e "s|__INTERFACE__|$(setting INTERFACE)|" |
      awk -v peers="$(peers "$name")" '$0 == "__PEERS__" { print peers; next } { print }' >"$folder/etc/keepalived/keepalived.conf"
  else
    fill infra/rke2/agent.yaml >"$rancher/config.yaml"
    if [ "$role" = system ]; then
      printf 'node-taint:\n  - CriticalAddonsOnly=true:NoSchedule\n' >>"$rancher/config.yaml"
    fi
  fi
  # The first host founds the cluster; all others join through the address of the API.
  if [ "$name" != "$first" ]; then
    printf 'server: https://%s:9345\n' "$(setting API_ADDRESS)" >>"$rancher/config.yaml"
  fi
done
echo "$out"
