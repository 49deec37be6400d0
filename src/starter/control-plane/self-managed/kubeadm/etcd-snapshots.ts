/** Snapshots of etcd: kubeadm takes none, so a timer of the operating system does, and copies them away from the host. */
import type { FileTree } from '../../../../files/tree.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import { commented, headline } from '../../../headline.ts';
import { TOKENS } from '../../../placeholder-tokens.ts';
import { snapshotUnits } from '../etcd-snapshot-units.ts';
import { AUTHORITIES_OF_KUBEADM } from './containerd.ts';

export const SNAPSHOT_FOLDER = '/var/lib/etcd-snapshots';
export const STORE_KEYS = '/etc/kubernetes/etcd-snapshots.conf';
/** The protocol asks for one, and object storage of one's own has none. */
const SIGNATURE = 'aws:amz:us-east-1:s3';

export function snapshotFiles(input: ClusterInput, folder: string): FileTree {
  const comment = (says: string) => commented(headline(input, 'distribution', says));
  return new Map([
    [
      `${folder}/etcd-snapshot.sh`,
      `#!/usr/bin/env bash
${comment('A snapshot of etcd, kept here and copied into the bucket. scripts/host-config.sh fills in what stands between underscores.')}
set -euo pipefail
umask 077
name="__NAME__-$(date -u +%Y%m%dT%H%M%SZ).db"
etcd="$(crictl ps --name '^etcd$' --state running --quiet)"
[ -n "$etcd" ] || { echo "etcd does not run here" >&2; exit 1; }
mkdir -p ${SNAPSHOT_FOLDER}

# The container sees the folder of its data and nothing else of the host.
crictl exec "$etcd" etcdctl --endpoints https://127.0.0.1:2379 --cacert /etc/kubernetes/pki/etcd/ca.crt \\
  --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key snapshot save /var/lib/etcd/snapshot.db
mv /var/lib/etcd/snapshot.db "${SNAPSHOT_FOLDER}/$name"

curl --silent --show-error --fail --retry 3 --config ${STORE_KEYS} --aws-sigv4 ${SIGNATURE} --cacert ${AUTHORITIES_OF_KUBEADM} \\
  --upload-file "${SNAPSHOT_FOLDER}/$name" "https://${TOKENS.objectStorage}.example.com/__CLUSTER_NAME__-etcd/$name"

# Those of a week stay on the host; the bucket empties itself by age.
find ${SNAPSHOT_FOLDER} -name '*.db' -mtime +7 -delete
`,
    ],
    ...snapshotUnits(folder, comment, {
      description: 'Snapshot of etcd',
      after: 'network-online.target containerd.service',
      round: 'One snapshot; it fails where the copy fails.',
      minute: 17,
    }),
  ]);
}
