/** scripts/etcd-backup.sh: a copy of etcd and of what its control plane is started from, taken off its hosts. */

export const ETCD_BACKUP = 'scripts/etcd-backup.sh';

export const ETCD_BACKUP_SCRIPT = String.raw`# A copy of etcd and of the static pods of the control plane, as one archive on this machine. Run it every day, from outside the cluster.
#   scripts/etcd-backup.sh <folder>    kubectl points at the cluster; needs cluster-admin, as everything that reads all of etcd
# Whoever has the archive has every Secret: it holds the key that they are encrypted with.
set -euo pipefail

folder="${'${1:?usage: scripts/etcd-backup.sh <folder>}'}"
command -v oc >/dev/null || { echo "oc is missing" >&2; exit 2; }
umask 077
mkdir -p "$folder"
node="$(kubectl get nodes -l node-role.kubernetes.io/master --no-headers | awk '$2 == "Ready" { print $1; exit }')"
[ -n "$node" ] || { echo "no host of the control plane is ready" >&2; exit 1; }
archive="$folder/etcd-$(date --utc +%Y-%m-%dT%H%MZ).tar"
oc debug --quiet "node/$node" -- chroot /host sh -ec \
  'copy="$(mktemp -d)"; trap "rm -rf $copy" EXIT; /usr/local/bin/cluster-backup.sh "$copy" >&2; tar -cf - -C "$copy" .' >"$archive.part"
tar -tf "$archive.part" | grep -q 'snapshot_.*\.db$' || { echo "$archive.part holds no snapshot" >&2; exit 1; }
mv "$archive.part" "$archive"
echo "$archive"
`;
