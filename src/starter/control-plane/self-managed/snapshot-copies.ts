/** Snapshots of etcd on machines of a cloud: copied into its storage by the right of the machine, without any key. */
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { commented, headline } from '../../headline.ts';
import { snapshotUnits } from './etcd-snapshot-units.ts';
import { HOST_STORE } from './place.ts';

/** `taken`: lines that bring a snapshot into `$folder`, where the distribution does not do that by itself. */
export function snapshotCopies(
  input: ClusterInput,
  folder: string,
  { onHost, taken }: { readonly onHost: string; readonly taken: string },
): FileTree {
  const comment = (says: string) => commented(headline(input, 'distribution', says));
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
    ...snapshotUnits(folder, comment, {
      description: 'Snapshots of etcd',
      after: 'network-online.target',
      round: 'One round; it fails where a copy fails.',
      minute: 37,
    }),
  ]);
}
