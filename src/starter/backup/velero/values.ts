/** Values of the chart of Velero. */
import type { HelmValues } from '../../contribution.ts';
import type { BackupStorage, Grant } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import { release } from '../../release.ts';
import { COPIED, COPYING_ALL, fileCopies } from './file-copies.ts';

export const BACKUP_DAYS = 30;
/** The ConfigMap of the plugin's settings and its one key. */
export const SETTINGS = 'cloud';
const FOLDER = '/etc/velero';

const CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
} as const;

export function veleroValues(
  input: ModuleInput,
  {
    plugin,
    provider,
    bucket,
    config,
    snapshotConfig = config,
    settings,
    volumes = 'snapshots',
    agents,
    snapshotClass,
  }: BackupStorage,
  grant: Grant,
): HelmValues {
  const { image, version } = release(input, plugin);
  return {
    ...input.foundation.systemPool,
    priorityClassName: 'platform-critical',
    podLabels: grant.podLabels,
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
    podSecurityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containerSecurityContext: CONTAINER,
    // Its home holds a cache; nothing else of the image is written to.
    extraVolumes: [
      { name: 'home', emptyDir: { sizeLimit: '1Gi' } },
      ...(settings === undefined ? [] : [{ name: SETTINGS, configMap: { name: SETTINGS } }]),
    ],
    extraVolumeMounts: [
      { name: 'home', mountPath: '/tmp' },
      ...(settings === undefined ? [] : [{ name: SETTINGS, mountPath: FOLDER, readOnly: true }]),
    ],
    initContainers: [
      {
        name: plugin,
        image: `${image}:v${version}`,
        imagePullPolicy: 'IfNotPresent',
        securityContext: CONTAINER,
        resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
        volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
      },
    ],
    // Kinds come with the release itself; a job that fetches kubectl to do it again is one more thing to trust.
    upgradeCRDs: false,
    cleanUpCRDs: false,
    serviceAccount: { server: { name: 'velero', annotations: grant.annotations } },
    credentials:
      grant.keys === undefined ? { useSecret: false } : { useSecret: true, existingSecret: grant.keys },
    ...(volumes === 'file-system' ? fileCopies(agents) : { deployNodeAgent: false }),
    configuration: {
      backupStorageLocation: [{ name: 'default', provider, bucket, default: true, config }],
      volumeSnapshotLocation:
        volumes === 'snapshots' && snapshotClass === undefined
          ? [{ name: 'default', provider, config: snapshotConfig }]
          : [],
      ...(snapshotClass === undefined ? {} : { features: 'EnableCSI' }),
      ...(volumes === 'file-system' ? COPYING_ALL : {}),
      defaultBackupTTL: `${BACKUP_DAYS * 24}h`,
      ...(settings === undefined
        ? {}
        : { extraEnvVars: [{ name: settings.variable, value: `${FOLDER}/${SETTINGS}` }] }),
    },
    schedules: {
      nightly: {
        schedule: '17 2 * * *',
        useOwnerReferencesInBackup: false,
        template: {
          ttl: `${BACKUP_DAYS * 24}h`,
          ...(volumes === 'file-system' ? COPIED : { snapshotVolumes: true }),
          // Read again from Git or made anew by controllers.
          excludedResources: ['events', 'events.events.k8s.io', 'nodes', 'pods.metrics.k8s.io'],
        },
      },
    },
    metrics: { enabled: true, podAnnotations: {}, serviceMonitor: { enabled: true } },
  };
}
