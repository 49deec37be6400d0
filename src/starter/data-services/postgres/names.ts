/** What parts of the databases are called, in the cluster and in the store of their backups. */
import type { PodPeer } from '../../network/edge.ts';

export const DECISION = 'data-services';
export const OPERATOR_NAMESPACE = 'cnpg-system';
export const OPERATOR = 'cloudnative-pg';
/** Runs beside every instance, and copies what it writes. */
export const PLUGIN = 'plugin-barman-cloud';
export const PLUGIN_NAME = 'barman-cloud.cloudnative-pg.io';

/** Nothing else runs in it, so that what holds for its pods holds for those of a restore as well. */
export const NAMESPACE = 'databases';
/** The cluster of instances, its service account and its folder in the store. */
export const CLUSTER = 'postgres';
export const STORE = 'backups';
/** Namespaces that carry it may connect. */
export const CALLERS = { label: 'uses-databases', value: 'enabled' } as const;
export const PORT = 5432;
export const BACKUP_DAYS = 30;
/** What the plugin forgets goes later than what it deletes itself: an archive is worth nothing with a part gone. */
export const ARCHIVE_DAYS = BACKUP_DAYS * 3;

const named = (namespace: string, name: string): PodPeer => ({
  kind: 'pods',
  namespace,
  labels: { 'app.kubernetes.io/name': name },
});
export const OPERATOR_PODS = named(OPERATOR_NAMESPACE, OPERATOR);
export const PLUGIN_PODS = named(OPERATOR_NAMESPACE, PLUGIN);
/** Instances, and the jobs that make them. */
export const DATABASE_PODS: PodPeer = { kind: 'pods', namespace: NAMESPACE };
