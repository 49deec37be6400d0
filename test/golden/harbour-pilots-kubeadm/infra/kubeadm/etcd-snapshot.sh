#!/usr/bin/env bash
# Follows ADR-0011 (docs/adr/0011-kubernetes-distribution-kubeadm.md).
# A snapshot of etcd, kept here and copied into the bucket. scripts/host-config.sh fills in what stands between underscores.
set -euo pipefail
umask 077
name="__NAME__-$(date -u +%Y%m%dT%H%M%SZ).db"
etcd="$(crictl ps --name '^etcd$' --state running --quiet)"
[ -n "$etcd" ] || { echo "etcd does not run here" >&2; exit 1; }
mkdir -p /var/lib/etcd-snapshots

# The container sees the folder of its data and nothing else of the host.
crictl exec "$etcd" etcdctl --endpoints https://127.0.0.1:2379 --cacert /etc/kubernetes/pki/etcd/ca.crt \
  --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key snapshot save /var/lib/etcd/snapshot.db
mv /var/lib/etcd/snapshot.db "/var/lib/etcd-snapshots/$name"

curl --silent --show-error --fail --retry 3 --config /etc/kubernetes/etcd-snapshots.conf --aws-sigv4 aws:amz:us-east-1:s3 --cacert /etc/kubernetes/authorities.pem \
  --upload-file "/var/lib/etcd-snapshots/$name" "https://replace-me-object-storage.example.com/__CLUSTER_NAME__-etcd/$name"

# Those of a week stay on the host; the bucket empties itself by age.
find /var/lib/etcd-snapshots -name '*.db' -mtime +7 -delete
