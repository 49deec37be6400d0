#!/usr/bin/env bash
# Follows ADR-0011 (docs/adr/0011-kubernetes-distribution-kubeadm.md).
# The configuration of every host of a cluster, from infra/hosts/<cluster>.conf and what infra/kubeadm says of all of them.
#   scripts/host-config.sh <cluster> [folder]    without a folder into a new one outside this repository
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging|production) ;;
  *) echo "usage: scripts/host-config.sh staging|production [folder]" >&2; exit 2 ;;
esac
inventory="infra/hosts/$cluster.conf"
scripts/check-placeholders.sh "$inventory" infra/kubeadm platform/namespaces/authorities.pem

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
# What hosts join with and what Secrets are encrypted with: made once (docs/runbooks/bootstrap.md), and kept where the house keeps secrets.
secrets="${KUBEADM_SECRETS:?the file of secrets of this cluster}"
secret() { sed -nE "s/^$1=(.+)$/\1/p" "$secrets"; }
for each in ENCRYPTION_KEY JOIN_TOKEN CERTIFICATE_KEY; do
  [ -n "$(secret "$each")" ] || { echo "$secrets has no $each" >&2; exit 2; }
done
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
  kubernetes="$folder/etc/kubernetes"
  platform="$folder/etc/kubernetes/platform"
  mkdir -p "$platform" "$folder/etc/sysctl.d" "$folder/etc/modules-load.d"
  cp infra/kubeadm/sysctl.conf "$folder/etc/sysctl.d/90-kubernetes.conf"
  printf 'overlay\nbr_netfilter\n' >"$folder/etc/modules-load.d/kubernetes.conf"
  printf 'runtime-endpoint: unix:///run/containerd/containerd.sock\n' >"$folder/etc/crictl.yaml"
  mkdir -p "$folder/etc/containerd/certs.d"
  cp infra/kubeadm/containerd.toml "$folder/etc/containerd/config.toml"
  if [ -d infra/kubeadm/registries ]; then cp -R infra/kubeadm/registries/. "$folder/etc/containerd/certs.d/"; fi
  if [ -e platform/namespaces/authorities.pem ]; then cp platform/namespaces/authorities.pem "$kubernetes/"; fi
  # From a file and not from the command line, where others of this machine could read them.
  with_secrets() {
    awk -v file="$secrets" 'BEGIN { while ((getline line < file) > 0) { at = index(line, "="); value[substr(line, 1, at - 1)] = substr(line, at + 1) } }
      { for (name in value) { mark = "__" name "__"; while ((at = index($0, mark)) > 0) $0 = substr($0, 1, at - 1) value[name] substr($0, at + length(mark)) } print }'
  }
  config="$role"
  if [ "$role" = control-plane ]; then
    if ! hosts | grep -q ' system$'; then pool=system; fi
    cp infra/kubeadm/audit-policy.yaml infra/kubeadm/pod-security.yaml "$platform/"
    if [ -e infra/kubeadm/authentication.yaml ]; then fill infra/kubeadm/authentication.yaml >"$platform/authentication.yaml"; fi
    with_secrets <infra/kubeadm/encryption.yaml >"$platform/encryption.yaml"
    if [ "$name" = "$first" ]; then config=founder; fi
    mkdir -p "$folder/etc/systemd/system" "$folder/usr/local/sbin"
    cp infra/kubeadm/etcd-snapshot.service infra/kubeadm/etcd-snapshot.timer "$folder/etc/systemd/system/"
    fill infra/kubeadm/etcd-snapshot.sh >"$folder/usr/local/sbin/etcd-snapshot"
    chmod 0755 "$folder/usr/local/sbin/etcd-snapshot"
    mkdir -p "$folder/etc/keepalived"
    fill infra/kubeadm/keepalived.conf | sed -e "s|__INTERFACE__|$(setting INTERFACE)|" |
      awk -v peers="$(peers "$name")" '$0 == "__PEERS__" { print peers; next } { print }' >"$folder/etc/keepalived/keepalived.conf"
  fi
  # Comments stay here: kubeadm takes those above a first line of dashes for a document without a kind.
  { fill "infra/kubeadm/$config.yaml"; if [ "$config" = founder ]; then fill infra/kubeadm/cluster.yaml; fi; } | sed '/^#/d' | with_secrets >"$kubernetes/kubeadm.yaml"
done
echo "$out"
