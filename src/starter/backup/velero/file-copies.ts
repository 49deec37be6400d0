/** Volumes copied file by file, where no API for snapshots is the same everywhere: an agent on every node reads them there. */
import type { IConfigMap } from 'kubernetes-models/v1';
import { writeYaml } from '../../../files/yaml.ts';
import type { HelmValues, NamespaceSpec } from '../../contribution.ts';
import type { BackupStorage } from '../../foundation.ts';

/** Copies in the bucket are encrypted with it; Velero would make the Secret itself, with a word that everybody knows. */
export const COPIES_PASSWORD = 'velero-repo-credentials';
const POLICY = 'volumes-to-copy';
const AGENT = 'node-agent';

/** `agents`: what those on each node may be, and the pods that they start. */
export const fileCopies = (agents: BackupStorage['agents']): HelmValues => ({
  deployNodeAgent: true,
  nodeAgent: {
    priorityClassName: 'platform-critical',
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ operator: 'Exists' }],
    // Root, since files of a volume belong to whoever wrote them; nothing beyond what a container may by default.
    podSecurityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } },
    // SELinux keeps every container but one that may do all from files of another.
    containerSecurityContext:
      agents === 'privileged' ? { privileged: true } : { allowPrivilegeEscalation: false },
    extraArgs: [`--node-agent-configmap=${AGENT}`],
  },
});

export const COPYING_ALL = { uploaderType: 'kopia', defaultVolumesToFsBackup: true } as const;

/** What a schedule says of volumes. */
export const COPIED = {
  snapshotVolumes: false,
  defaultVolumesToFsBackup: true,
  resourcePolicy: { kind: 'configmap', name: POLICY },
} as const;

export const AGENTS_NAMESPACE: Pick<NamespaceSpec, 'podSecurity' | 'because'> = {
  podSecurity: 'privileged',
  because:
    'The node agent of Velero and the pods that it starts read volumes of other pods where they are mounted on the node, as root; nothing else runs there, and teams may not write to it.',
};

export function copyingSettings(namespace: string, agents: BackupStorage['agents']): readonly IConfigMap[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: AGENT, namespace },
      data: {
        'config.json': `${JSON.stringify(
          {
            loadConcurrency: { globalConfig: 1 },
            ...(agents === 'privileged' ? { privilegedFsBackup: true } : {}),
            podResources: { cpuRequest: '100m', memoryRequest: '256Mi', cpuLimit: '1', memoryLimit: '2Gi' },
          },
          null,
          2,
        )}\n`,
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: POLICY, namespace },
      data: {
        'policy.yaml': writeYaml([
          {
            version: 'v1',
            volumePolicies: [
              // Scratch space, gone with its pod on any day.
              { conditions: { volumeTypes: ['emptyDir'] }, action: { type: 'skip' } },
            ],
          },
        ]).replace(/^---\n/, ''),
      },
    },
  ];
}

export const COPIES_PAGE = `Volumes are copied file by file, by an agent on every node, into the same bucket: only what changed since the night before, encrypted with
\`BACKUP_PASSWORD\` of \`scripts/bootstrap.sh\`. Keep that password away from these hosts, beside the keys of the object storage: without it the copies
are of no use, and it cannot be changed afterwards.

- What is copied is what a pod has mounted at that moment. A volume without a running pod is not in it, nor is one of the type \`hostPath\`.
- Files are read one after the other while somebody writes. A database needs a copy of its own that is of one moment: its operator makes it,
  or a command before the copy (\`pre.hook.backup.velero.io/command\` on the pod).
- Left out by the pod: the annotation \`backup.velero.io/backup-volumes-excludes: NAME\`. Scratch space (\`emptyDir\`) is left out everywhere.
- A copy that hangs: \`kubectl -n velero get podvolumebackups\`, and \`kubectl -n velero get pods -l velero.io/pod-volume-backup\`, one for each volume at
  a time. *permission denied* on hosts with SELinux: set \`privilegedFsBackup\` in the ConfigMap \`node-agent\`.
- When a pod is restored, a container of Velero waits in it until its volumes are filled.`;
