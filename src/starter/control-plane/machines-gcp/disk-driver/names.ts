/** What the two halves of the driver of Google's disks are called, and what both need. */
import type { Id } from '../../../../content/catalogue.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import { release } from '../../../release.ts';

export const DISK_DRIVER = 'gcp-disk-driver';
export const DRIVER = 'pd.csi.storage.gke.io';
export const NODE_ACCOUNT = `${DISK_DRIVER}-node`;
/** Probes that neither half has. */
const NOBODY_ASKS = 'It answers at a socket, to containers of its own pod and to the kubelet.';
export const UNASKED = { CKV_K8S_8: NOBODY_ASKS, CKV_K8S_9: NOBODY_ASKS } as const;
export const SOCKET = { name: 'socket', mountPath: '/csi' } as const;

export function imageOf(input: ClusterInput, id: Id): string {
  const { image, version } = release(input, id);
  return `${image}:v${version}`;
}
