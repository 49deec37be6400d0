/** Databases that follow another cluster read the archive that this one writes, and are let in where that is asked for. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { HANDED_OVER } from './closed-network.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

export const followedArchives: CrossCheck = {
  code: 'followed-archives',
  says: 'Databases that follow others read the archive of another cluster, and may.',
  check: tree => {
    const clusters = clustersIn(tree);
    return clusters.filter(follows).flatMap(cluster => {
      const followed = pathOf(cluster, 'followed');
      const folder = ['infra/aks', 'infra/machines'].find(each =>
        tree.get(`${each}/object-store.tf`)?.includes('azurerm_storage_account'),
      );
      if (folder !== undefined) return followsAccount(tree, folder, cluster, followed ?? '');
      if (followed?.startsWith('s3://') && tree.has(HANDED_OVER)) return followsCopy(tree, cluster, followed);
      const first = clusters.find(other => other !== cluster && pathOf(other, 'backups') === followed);
      if (first === undefined)
        return [
          finding(cluster.name, `follows ${followed ?? 'nothing'}, which is the archive of no other cluster`),
        ];
      return mayRead(tree, cluster, followed ?? '')
        ? []
        : [finding(cluster.name, `follows ${followed}, which it may not read`)];
    });
  },
};

function follows({ objects }: ClusterView): boolean {
  return objects.some(
    ({ kind, apiVersion, spec }) =>
      kind === 'Cluster' &&
      apiVersion.startsWith('postgresql.cnpg.io') &&
      at(spec, 'replica', 'enabled') === true,
  );
}

function pathOf({ objects }: ClusterView, name: string): string | undefined {
  const store = objects.find(({ kind, metadata }) => kind === 'ObjectStore' && metadata.name === name);
  const path = at(store?.spec, 'configuration', 'destinationPath');
  return typeof path === 'string' ? path : undefined;
}

/** In AWS a role names the buckets that it reads, and machines of Google have names of their own; elsewhere keys or names of pods are those of all clusters. */
function mayRead(tree: FileTree, { name }: ClusterView, path: string): boolean {
  const values = ['eks', 'machines']
    .map(folder => tree.get(`infra/${folder}/envs/${name}.tfvars.example`))
    .find(text => text !== undefined);
  if (values === undefined) return true;
  const [, of = ''] = /^archive_of += "([^"]+)"$/m.exec(values) ?? [];
  return of !== '' && /^(?:s3|gs):\/\//.test(path) && path.includes(`//${of}-databases-`);
}

/** What a rule that copies takes, beside its buckets: without one of these it copies nothing, or nobody hears of it. */
const COPIES: readonly (readonly [RegExp, string])[] = [
  [/bucket = "[^"]+:s3:::\$\{rule\.key\}-followed-/, 'is copied into no bucket of a follower'],
  [/sse_kms_encrypted_objects \{\n +status = "Enabled"/, 'is copied without what a key closes'],
  [/replica_kms_key_id = "[^"]+:alias\/\$\{rule\.key\}-archive"/, 'is copied under no key of its follower'],
  [/delete_marker_replication \{\n +status = "Enabled"/, 'is copied without deletions'],
  [/metric_name += "ReplicationLatency"/, 'comes late and nobody hears of it'],
  [/kms_master_key_id = aws_kms_key\.archive\.arn/, 'is closed with a key that no other region knows'],
];

/** Nothing leads from a closed network to a bucket of another region, so what is followed lies beside the follower. */
function followsCopy(tree: FileTree, { name }: ClusterView, followed: string): readonly Finding[] {
  const folder = tree.has(`infra/eks/envs/${name}.tfvars.example`) ? 'infra/eks' : 'infra/machines';
  const valuesOf = (each: string) => tree.get(`${folder}/envs/${each}.tfvars.example`) ?? '';
  const own = setting(valuesOf(name), 'cluster_name') ?? '';
  const of = setting(valuesOf(name), 'archive_of');
  const first = clustersIn(tree).find(
    other => other.name !== name && setting(valuesOf(other.name), 'cluster_name') === of,
  );
  // Where the project names no region, people write it.
  const copied = new RegExp(`"${own}" = "(?:REGION|${setting(valuesOf(name), 'region')})"`);
  const code = tree.get(`${folder}/postgres.tf`) ?? '';
  return [
    ...(followed.startsWith(`s3://${own}-followed-`)
      ? []
      : [finding(name, `follows ${followed}, which nothing in this network reaches`)]),
    ...(of === undefined || first === undefined
      ? [finding(name, 'follows the archive of no other cluster')]
      : /^archive_copies /m.test(valuesOf(first.name)) && copied.test(valuesOf(first.name))
        ? []
        : [finding(first.name, `is not told to copy its archive to ${name}`)]),
    ...COPIES.filter(([part]) => !part.test(code)).map(([, says]) =>
      finding(name, `what it follows ${says}`),
    ),
  ];
}

function setting(text: string, key: string): string | undefined {
  return new RegExp(`^${key} += "([^"]+)"$`, 'm').exec(text)?.[1];
}

/** In Azure accounts have names that Azure's ids make: the values say whose is followed, and that one has to answer the network of this one. */
function followsAccount(
  tree: FileTree,
  folder: string,
  { name }: ClusterView,
  followed: string,
): readonly Finding[] {
  const valuesOf = (each: string) => tree.get(`${folder}/envs/${each}.tfvars.example`) ?? '';
  const of = setting(valuesOf(name), 'archive_of');
  const first = clustersIn(tree).find(
    other => other.name !== name && setting(valuesOf(other.name), 'cluster_name') === of,
  );
  const network = tree.get(`${folder}/network.tf`) ?? '';
  return [
    ...(followed.includes('FOLLOWED_ACCOUNT') &&
    /FOLLOWED_ACCOUNT += local\.followed_account$/m.test(tree.get(`${folder}/outputs.tf`) ?? '')
      ? []
      : [finding(name, `follows ${followed}, which is the archive of no other cluster`)]),
    ...(of === undefined || first === undefined
      ? [finding(name, `follows ${followed}, which it may not read`)]
      : /^archive_readers /m.test(valuesOf(first.name))
        ? []
        : [finding(first.name, `does not answer the network of ${name}`)]),
    ...(/"Microsoft\.Storage"/.test(network) ? [finding(name, 'asks accounts of its own region alone')] : []),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'followed-archives', place, message };
}
