/** What reads a store for the driver that mounts secrets, where it is written here: an agent on every node, with a socket beside that of the driver. */
import type { IDaemonSet } from 'kubernetes-models/apps/v1';
import type { IContainer, IServiceAccount, IVolume } from 'kubernetes-models/v1';
import { agentAnnotations, LITTLE_DISK, TIGHT } from '../own-agents.ts';
import { STORE_DRIVER } from './store-driver.ts';

/** Where the driver looks for sockets of providers, on the node. */
export const SOCKETS = '/var/run/secrets-store-csi-providers';
const SOCKET = 'Its socket lies in a folder of the node, which belongs to root.';

export interface ProviderAgent {
  readonly id: string;
  readonly image: string;
  /** Where the folder of sockets lies in its container. */
  readonly sockets: string;
  readonly container: Pick<IContainer, 'args' | 'env' | 'ports' | 'livenessProbe' | 'readinessProbe'>;
  /** Files that it reads, each with its place. */
  readonly reads: readonly { readonly volume: IVolume; readonly mountPath: string }[];
  readonly beside?: readonly IContainer[];
  /** What those beside it read. */
  readonly volumes?: readonly IVolume[];
}

export const providerLabels = (id: string) => ({ 'app.kubernetes.io/name': id });

export function providerAccount(id: string): IServiceAccount {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: id, namespace: STORE_DRIVER } };
}

export function providerDaemonSet(agent: ProviderAgent): IDaemonSet {
  const { id, image, sockets, container, reads, beside = [], volumes = [] } = agent;
  const labels = providerLabels(id);
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name: id,
      namespace: STORE_DRIVER,
      labels,
      annotations: {
        ...agentAnnotations({ CKV_K8S_40: SOCKET, CKV_K8S_23: SOCKET }),
        'kube-score/ignore': 'container-image-pull-policy,container-security-context-user-group-id',
        'ignore-check.kube-linter.io/run-as-non-root': SOCKET,
      },
    },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: id,
          priorityClassName: 'system-node-critical',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'provider',
              image,
              imagePullPolicy: 'IfNotPresent',
              ...container,
              resources: {
                requests: { cpu: '20m', memory: '64Mi', ...LITTLE_DISK.requests },
                limits: { cpu: '200m', memory: '128Mi', ...LITTLE_DISK.limits },
              },
              securityContext: { ...TIGHT, runAsUser: 0, runAsGroup: 0 },
              volumeMounts: [
                { name: 'sockets', mountPath: sockets },
                ...reads.map(({ volume, mountPath }) => ({ name: volume.name, mountPath, readOnly: true })),
              ],
            },
            ...beside,
          ],
          volumes: [
            { name: 'sockets', hostPath: { path: SOCKETS, type: 'DirectoryOrCreate' } },
            ...reads.map(({ volume }) => volume),
            ...volumes,
          ],
        },
      },
    },
  };
}
