/** What starts the program of etcd snapshots on a host: a timer of the operating system, which every distribution has. */
import type { FileTree } from '../../../files/tree.ts';

export const SNAPSHOT_PROGRAM = '/usr/local/sbin/etcd-snapshot';

interface SnapshotUnits {
  readonly description: string;
  /** Units that come first. */
  readonly after: string;
  /** What one start is and when it fails: a sentence. */
  readonly round: string;
  readonly minute: number;
}

/** `comment` makes the head of a file of a sentence. */
export function snapshotUnits(
  folder: string,
  comment: (says: string) => string,
  { description, after, round, minute }: SnapshotUnits,
): FileTree {
  return new Map([
    [
      `${folder}/etcd-snapshot.service`,
      `${comment(round)}
[Unit]
Description=${description}
After=${after}
Wants=network-online.target

[Service]
Type=oneshot
ExecStart=${SNAPSHOT_PROGRAM}
`,
    ],
    [
      `${folder}/etcd-snapshot.timer`,
      `${comment('Every six hours, on each host of the control plane at another minute.')}
[Unit]
Description=Snapshots of etcd

[Timer]
OnCalendar=*-*-* 00/6:${minute}:00
RandomizedDelaySec=20min
Persistent=true

[Install]
WantedBy=timers.target
`,
    ],
  ]);
}

/** Lines of scripts/host-config.sh that put all of it onto a host. */
export const snapshotUnitsOf = (
  folder: string,
) => `mkdir -p "$folder/etc/systemd/system" "$folder/usr/local/sbin"
cp ${folder}/etcd-snapshot.service ${folder}/etcd-snapshot.timer "$folder/etc/systemd/system/"
fill ${folder}/etcd-snapshot.sh >"$folder${SNAPSHOT_PROGRAM}"
chmod 0755 "$folder${SNAPSHOT_PROGRAM}"`;
