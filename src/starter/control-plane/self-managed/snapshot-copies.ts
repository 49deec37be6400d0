/** Snapshots of etcd on machines of a cloud: copied into its storage by the right of the machine, without any key. */
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { headline } from '../../headline.ts';
import { HOST_STORE } from './place.ts';

const PROGRAM = '/usr/local/sbin/etcd-snapshot';

/** `taken`: lines that bring a snapshot into `$folder`, where the distribution does not do that by itself. */
export function snapshotCopies(
  input: ClusterInput,
  folder: string,
  { onHost, taken }: { readonly onHost: string; readonly taken: string },
): FileTree {
  const comment = (says: string) =>
    headline(input, 'distribution', says)
      .split('\n')
      .map(line => `# ${line}`)
      .join('\n');
  return new Map([
    [
      `${folder}/etcd-snapshot.sh`,
      `#!/usr/bin/env bash
${comment('Copies snapshots of etcd into the storage of the cloud, each once.')}
set -euo pipefail
umask 077
folder=${onHost}
copied=/var/lib/etcd-snapshots-copied
mkdir -p "$folder" "$copied"
${taken}
for each in "$folder"/*; do
  name="$(basename "$each")"
  if [ ! -f "$each" ] || [ -e "$copied/$name" ]; then continue; fi
  ${HOST_STORE} put "$each" "etcd/__NAME__/$name"
  touch "$copied/$name"
done

# What is copied is kept here for a week; the storage empties itself by age.
find "$copied" -type f -mtime +7 -print | while read -r mark; do
  rm -f "$folder/$(basename "$mark")" "$mark"
done
`,
    ],
    [
      `${folder}/etcd-snapshot.service`,
      `${comment('One round; it fails where a copy fails.')}
[Unit]
Description=Snapshots of etcd
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStart=${PROGRAM}
`,
    ],
    [
      `${folder}/etcd-snapshot.timer`,
      `${comment('Every six hours, on each host of the control plane at another minute.')}
[Unit]
Description=Snapshots of etcd

[Timer]
OnCalendar=*-*-* 00/6:37:00
RandomizedDelaySec=20min
Persistent=true

[Install]
WantedBy=timers.target
`,
    ],
  ]);
}

/** Lines of scripts/host-config.sh. */
export const snapshotCopiesOf = (
  folder: string,
) => `mkdir -p "$folder/etc/systemd/system" "$folder/usr/local/sbin"
cp ${folder}/etcd-snapshot.service ${folder}/etcd-snapshot.timer "$folder/etc/systemd/system/"
fill ${folder}/etcd-snapshot.sh >"$folder${PROGRAM}"
chmod 0755 "$folder${PROGRAM}"`;
