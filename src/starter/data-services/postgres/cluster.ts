/** The instances: three in three zones, with what is requested and what is allowed the same, so that nobody pushes them off. */
import type { ICluster } from '@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1';
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import { podMonitor } from '../../edge/monitor.ts';
import type { Grant } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { CLUSTER, NAMESPACE, PLUGIN_NAME, STORE } from './names.ts';

type Postgres = NonNullable<ICluster['spec']['postgresql']>;

const SIZE = { cpu: '1', memory: '2Gi' } as const;

/** One account for this cluster and for those that a drill restores: the right to the store is given to its name. */
export function databaseAccount({ annotations }: Grant): IServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: CLUSTER,
      namespace: NAMESPACE,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    },
  };
}

export function databaseCluster(input: ModuleInput, { podLabels }: Grant): ICluster {
  const {
    storageClass: ofPlatform,
    workloadNodes,
    workloadStorageClass: storageClass = ofPlatform,
  } = input.foundation;
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: CLUSTER, namespace: NAMESPACE },
    spec: {
      description: 'Databases of the workloads that keep state.',
      imageName: postgresImage(input),
      instances: 3,
      serviceAccountName: CLUSTER,
      ...(Object.keys(podLabels).length === 0 ? {} : { inheritedMetadata: { labels: { ...podLabels } } }),
      enableSuperuserAccess: false,
      enablePDB: true,
      primaryUpdateStrategy: 'unsupervised',
      primaryUpdateMethod: 'switchover',
      priorityClassName: 'business-critical',
      affinity: {
        enablePodAntiAffinity: true,
        podAntiAffinityType: 'required',
        topologyKey: 'topology.kubernetes.io/zone',
        ...(workloadNodes === undefined ? {} : { nodeSelector: { ...workloadNodes } }),
      },
      resources: { requests: { ...SIZE }, limits: { ...SIZE } },
      storage: { storageClass, size: '20Gi' },
      // Apart from the data, so that an archive that stands still fills no table's volume.
      walStorage: { storageClass, size: '10Gi' },
      bootstrap: { initdb: { database: 'app', owner: 'app', dataChecksums: true, encoding: 'UTF8' } },
      postgresql: {
        parameters: {
          archive_timeout: '5min',
          effective_cache_size: '1536MB',
          idle_in_transaction_session_timeout: '10min',
          log_min_duration_statement: '1s',
          maintenance_work_mem: '128MB',
          max_connections: '200',
          max_slot_wal_keep_size: '6GB',
          shared_buffers: '512MB',
        },
        // A role gets into the database of its own name, or of a role that it belongs to, and never without TLS.
        pg_hba: ['hostssl samerole all all scram-sha-256', 'host all all all reject'],
        ...synchronous(input),
      },
      plugins: [
        {
          name: PLUGIN_NAME,
          isWALArchiver: true,
          parameters: { barmanObjectName: STORE, serverName: CLUSTER },
        },
      ],
    },
  };
}

/** What a second instance must have before a change counts as done, by how much may be lost. */
function synchronous({ stack }: ModuleInput): Pick<Postgres, 'synchronous'> {
  switch (answerOf(stack, 'rpo')) {
    case 'zero':
      return {
        synchronous: { method: 'any', number: 1, dataDurability: 'required', failoverQuorum: true },
      };
    case 'minutes':
      return { synchronous: { method: 'any', number: 1, dataDurability: 'preferred' } };
    default:
      return {};
  }
}

export function postgresImage(input: ModuleInput): string {
  const { image, version } = release(input, 'postgresql');
  return `${image}:${version}`;
}

export function databaseMonitor(): IPodMonitor {
  return podMonitor(
    CLUSTER,
    { kind: 'pods', namespace: NAMESPACE, labels: { 'cnpg.io/podRole': 'instance' } },
    { port: 'metrics' },
  );
}
