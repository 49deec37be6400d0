/** Where backups and changes go, how long they stay there, and when a whole copy is made. */
import type { IScheduledBackup } from '@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1';
import type { BarmanStore, Foundation } from '../../foundation.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import { BACKUP_DAYS, CLUSTER, NAMESPACE, PLUGIN_NAME, STORE } from './names.ts';

interface ObjectStore extends KubernetesObject {
  readonly spec: {
    readonly configuration: BarmanStore['configuration'];
    readonly retentionPolicy: string;
    readonly instanceSidecarConfiguration: {
      readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
      readonly env?: readonly { readonly name: string; readonly value: string }[];
    };
  };
}

const SIZE = { cpu: '100m', memory: '256Mi' } as const;

export function backupStore({ objectStorage }: Foundation): ObjectStore {
  const { configuration, environment } = objectStorage.barman(NAMESPACE);
  const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
  return {
    apiVersion: 'barmancloud.cnpg.io/v1',
    kind: 'ObjectStore',
    metadata: { name: STORE, namespace: NAMESPACE },
    spec: {
      retentionPolicy: `${BACKUP_DAYS}d`,
      configuration: {
        ...configuration,
        wal: { compression: 'gzip', maxParallel: 4 },
        data: { compression: 'gzip', jobs: 2 },
      },
      instanceSidecarConfiguration: {
        resources: { requests: SIZE, limits: SIZE },
        ...(env.length === 0 ? {} : { env }),
      },
    },
  };
}

/** Seconds come first in this form; between two of these every moment can be restored from the archive. */
export function nightlyBackup(): IScheduledBackup {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'ScheduledBackup',
    metadata: { name: 'nightly', namespace: NAMESPACE },
    spec: {
      schedule: '0 17 1 * * *',
      immediate: true,
      backupOwnerReference: 'self',
      method: 'plugin',
      pluginConfiguration: { name: PLUGIN_NAME },
      cluster: { name: CLUSTER },
    },
  };
}
