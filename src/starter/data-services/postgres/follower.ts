/** Instances in a second place that follow the archive of the first, and cannot be written until they take over. */
import type { Cluster } from '../../cluster-input.ts';
import type { Patch } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import { firstOf } from '../../recovery/places.ts';
import { backupStore } from './backups.ts';
import { CLUSTER, NAMESPACE, PLUGIN_NAME } from './names.ts';

const FOLLOWED = 'followed';

/** Read in the second place alone, where it is that of the first; elsewhere it is the cluster's own, and nothing reads it. */
export function followedStore(foundation: Foundation): ReturnType<typeof backupStore> {
  const { metadata, spec, ...store } = backupStore(foundation);
  const destinationPath = foundation.objectStorage.barmanFollowed?.(NAMESPACE);
  return {
    ...store,
    metadata: { ...metadata, name: FOLLOWED },
    spec:
      destinationPath === undefined
        ? spec
        : { ...spec, configuration: { ...spec.configuration, destinationPath } },
  };
}

export function followsFirst(input: ModuleInput, cluster: Cluster): readonly Patch[] {
  const first = firstOf(input.clusters, cluster);
  if (first === null) return [];
  return [
    ...archiveOf(input, first),
    {
      target: { group: 'postgresql.cnpg.io', version: 'v1', kind: 'Cluster', name: CLUSTER },
      operations: [
        { op: 'replace', path: '/spec/bootstrap', value: { recovery: { source: 'first' } } },
        { op: 'add', path: '/spec/replica', value: { enabled: true, source: 'first' } },
        {
          op: 'add',
          path: '/spec/externalClusters',
          value: [
            {
              name: 'first',
              plugin: {
                name: PLUGIN_NAME,
                parameters: { barmanObjectName: FOLLOWED, serverName: CLUSTER },
              },
            },
          ],
        },
      ],
    },
  ];
}

function archiveOf({ foundation, project }: ModuleInput, first: Cluster): readonly Patch[] {
  const { barman, barmanOf, barmanFollowed } = foundation.objectStorage;
  if (barmanFollowed !== undefined) return [];
  const { destinationPath } = barman(NAMESPACE).configuration;
  return [
    {
      target: { group: 'barmancloud.cnpg.io', version: 'v1', kind: 'ObjectStore', name: FOLLOWED },
      operations: [
        {
          op: 'replace',
          path: '/spec/configuration/destinationPath',
          value:
            barmanOf?.(first, NAMESPACE) ??
            destinationPath.replace('${CLUSTER_NAME}', `${project.name}-${first.name}`),
        },
      ],
    },
  ];
}
