#!/usr/bin/env bash
# Follows ADR-0011 (docs/adr/0011-kubernetes-distribution-talos-linux.md).
# The configuration of every host of a cluster, from infra/hosts/<cluster>.conf and what infra/talos says of all of them.
#   scripts/host-config.sh <cluster> [folder]    without a folder into a new one outside this repository
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging|production) ;;
  *) echo "usage: scripts/host-config.sh staging|production [folder]" >&2; exit 2 ;;
esac
inventory="infra/hosts/$cluster.conf"
scripts/check-placeholders.sh "$inventory" infra/talos platform/namespaces/authorities.pem
for tool in awk sed talosctl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done

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
# Keys and authorities of the cluster: made once, and kept where the house keeps secrets. Whoever has them owns the cluster.
secrets="${TALOS_SECRETS:?the file of secrets of this cluster; made once by talosctl gen secrets --output-file FILE}"
[ -s "$secrets" ] || { echo "$secrets is not there" >&2; exit 2; }
name="" address="" rack="" pool=""

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
  kind=worker
  patches=(--config-patch "$(fill infra/talos/all.yaml)" --config-patch "$(fill infra/talos/host.yaml)")
  if [ "$role" = control-plane ]; then
    kind=controlplane
    if ! hosts | grep -q ' system$'; then
      pool=system
      patches=(--config-patch "$(fill infra/talos/all.yaml)" --config-patch "$(fill infra/talos/host.yaml)")
    fi
    patches+=(--config-patch "$(fill infra/talos/control-plane.yaml)")
    patches+=(--config-patch "$(fill infra/talos/api-address.yaml | sed "s|__INTERFACE__|$(setting INTERFACE)|")")
  elif [ "$role" = system ]; then
    patches+=(--config-patch "$(fill infra/talos/system-taint.yaml)")
  fi
  if [ -e infra/talos/sandbox.yaml ] && { [ "$role" = workload ] || ! hosts | grep -q ' workload$'; }; then
    patches+=(--config-patch "$(fill infra/talos/sandbox.yaml)")
  fi
  talosctl gen config "$(setting CLUSTER_NAME)" "https://$(setting API_ADDRESS):6443" --with-secrets "$secrets" \
    --kubernetes-version "$(setting KUBERNETES_VERSION)" --install-disk "$(setting INSTALL_DISK)" \
    --additional-sans "$(setting API_NAME)" --with-docs=false --with-examples=false \
    "${patches[@]}" --output-types "$kind" --output "$folder/machine.yaml" --force
  talosctl validate --mode metal --strict --config "$folder/machine.yaml" >&2
  echo "$address" >"$folder/address"
done
echo "$out"
