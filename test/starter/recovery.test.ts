/** A second region that stands ready: what it holds, what it leaves alone, and that one script and a commit wake it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { clustersIn } from '../checks/clusters.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { readTree, scratch } from '../cli/run.ts';
import { replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const STACKS = {
  'regulated-azure': starterOf('regulated-azure'),
  'platform-aws': starterOf('platform-aws', { pins: { recovery: 'warm-standby' } }),
  'steel-works-talos': starterOf('steel-works-talos', {
    answers: { state: 'in-cluster', regions: 1 },
    pins: { recovery: 'pilot-light', 'data-services': 'operator-in-cluster' },
  }),
} as const;

const PROVIDERS = ['azurerm-4.55.0', 'aws-6.25.0'].map(providerSchemas);

/** What is delivered to a cluster, as it arrives there. */
function delivered(files: FileTree, cluster: string) {
  const view = clustersIn(files).find(({ name }) => name === cluster);
  if (view === undefined) throw new Error(`no cluster ${cluster}`);
  return view.objects;
}
const replicas = (files: FileTree, cluster: string) =>
  delivered(files, cluster)
    .filter(
      ({ kind, metadata }) => /^(?:Deployment|StatefulSet)$/.test(kind) && metadata.namespace === 'demo',
    )
    .map(({ spec }) => (spec as { replicas?: number }).replicas);

describe.each(Object.entries(STACKS))('%s', (_name, { files, notGenerated }) => {
  test('is whole, and fits together', async () => {
    expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
    const findings = [...checkKustomizations(files), ...(await checkHcl(files, PROVIDERS))];
    expect(findings.map(formatFinding)).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
  });
  test('every cluster of production has a second one under its names, which leaves them alone', () => {
    const names = clustersIn(files).map(({ name }) => name);
    const firsts = names.filter(name => name.startsWith('production') && !name.endsWith('-standby'));
    expect(firsts.length).toBeGreaterThan(0);
    for (const first of firsts) {
      const hosts = (cluster: string) =>
        delivered(files, cluster).flatMap(({ kind, metadata, spec }) =>
          kind === 'HTTPRoute' && metadata.namespace === 'demo'
            ? [{ hosts: (spec as { hostnames: string[] }).hostnames, by: metadata.annotations }]
            : [],
        );
      const [own] = hosts(first);
      const [second] = hosts(`${first}-standby`);
      expect(second?.hosts).toEqual(own?.hosts);
      expect(own?.by?.['external-dns.alpha.kubernetes.io/controller']).toBeUndefined();
      expect(second?.by?.['external-dns.alpha.kubernetes.io/controller']).toBe('the-first-region');
    }
  });
});

test('a pilot light runs no workload and watches no objective, its first region both', () => {
  const { files } = STACKS['regulated-azure'];
  expect(new Set(replicas(files, 'production-tier-1-standby'))).toEqual(new Set([0]));
  expect(replicas(files, 'production-tier-1')).not.toContain(0);
  const objectives = (cluster: string) =>
    delivered(files, cluster).filter(
      ({ kind, metadata }) => kind === 'PrometheusRule' && metadata.name.startsWith('demo-'),
    ).length;
  expect(objectives('production-tier-1-standby')).toBe(0);
  expect(objectives('production-tier-1')).toBeGreaterThan(0);
});

test('a warm standby runs its workloads', () => {
  expect(replicas(STACKS['platform-aws'].files, 'production-standby')).not.toContain(0);
});

test('databases of the cloud follow those of the first region', () => {
  const values = (stack: keyof typeof STACKS, path: string) => STACKS[stack].files.get(path) ?? '';
  expect(values('regulated-azure', 'infra/aks/envs/production-tier-1-standby.tfvars.example')).toContain(
    'database_replica_of = "payments-production-tier-1"',
  );
  expect(values('regulated-azure', 'infra/aks/envs/production-tier-1.tfvars.example')).not.toContain(
    'replica_of',
  );
  expect(values('platform-aws', 'infra/eks/envs/production-standby.tfvars.example')).toMatch(
    /database_replica_of = \{\n +cluster = "shop-production"/,
  );
});

describe.each([
  ['EKS', 'infra/eks', {}],
  [
    'machines of AWS',
    'infra/machines',
    { 'control-plane': 'self-managed', distribution: 'rke2', cni: 'cilium' },
  ],
] as const)('databases in clusters on %s', (_where, folder, control) => {
  const { files, notGenerated } = starterOf('platform-aws', {
    answers: { state: 'in-cluster', environments: 2 },
    pins: { recovery: 'pilot-light', 'data-services': 'operator-in-cluster', ...control },
  });
  const VALUES = `${folder}/envs/production-standby.tfvars.example`;
  const OVERLAY = 'platform-config/production-standby/kustomization.yaml';
  const findings = (tree: FileTree) => crossFindings(tree, 'followed-archives').map(formatFinding);
  test('follow the archive of the first region, which they may read', () => {
    expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
    expect(files.get(VALUES)).toContain('archive_of = "shop-production"');
    expect(findings(files)).toEqual([]);
  });
  test.each([
    [
      'the archive is that of nobody',
      replace(OVERLAY, 's3://shop-production-', 's3://shop-produktion-'),
      /of no other cluster/,
    ],
    ['nobody lets it read', replace(VALUES, /\narchive_of .*/, ''), /may not read/],
    ['it is let at another one', replace(VALUES, '"shop-production"', '"shop-staging"'), /may not read/],
    [
      'it follows itself',
      replace(OVERLAY, 's3://shop-production-databases', 's3://shop-production-standby-databases'),
      /of no other cluster/,
    ],
  ])('%s: is seen', (_mistake, change, says) => {
    expect(findings(change(files)).join(' ')).toMatch(says);
  });
});

describe.each([
  ['clusters of AKS', 'infra/aks', {}],
  ['machines of Azure', 'infra/machines', { 'control-plane': 'self-managed', distribution: 'rke2' }],
])('databases in %s', (_what, folder, place) => {
  const { files, notGenerated } = starterOf('city-services-azure', {
    answers: { state: 'in-cluster', environments: 2, windows: 'no' },
    pins: { recovery: 'pilot-light', 'data-services': 'operator-in-cluster', ...place },
  });
  const second = `${folder}/envs/production-standby.tfvars.example`;
  const findings = (tree: FileTree) => crossFindings(tree, 'followed-archives').map(formatFinding);
  test('follow the archive of the first region, whose account answers their network', async () => {
    expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
    expect(findings(files)).toEqual([]);
    expect(files.get(`${folder}/object-store.tf`)).toContain('var.archive_readers');
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, [providerSchemas('azurerm-4.55.0')])).toEqual([]);
  });
  test.each([
    ['nobody lets them read', replace(second, /\narchive_of .*/, ''), /may not read/],
    [
      'the account answers its own network alone',
      replace(`${folder}/envs/production.tfvars.example`, /\narchive_readers .*/, ''),
      /does not answer the network of production-standby/,
    ],
    [
      'their network reaches accounts of its own region alone',
      replace(`${folder}/network.tf`, 'Microsoft.Storage.Global', 'Microsoft.Storage'),
      /accounts of its own region alone/,
    ],
    [
      'they follow themselves',
      replace(`${folder}/outputs.tf`, 'local.followed_account', 'azurerm_storage_account.main.name'),
      /archive of no other cluster/,
    ],
  ])('%s: is seen', (_mistake, change, says) => {
    expect(findings(change(files)).join(' ')).toMatch(says);
  });
});

describe.each([
  ['EKS', 'infra/eks', {}],
  [
    'machines of AWS',
    'infra/machines',
    { 'control-plane': 'self-managed', distribution: 'rke2', cni: 'cilium' },
  ],
] as const)('databases in closed networks on %s', (_where, folder, control) => {
  const { files, notGenerated } = starterOf('platform-aws', {
    answers: { state: 'in-cluster', environments: 2, 'egress-control': 'nothing' },
    pins: {
      recovery: 'pilot-light',
      'data-services': 'operator-in-cluster',
      gitops: 'flux',
      edge: 'gateway-envoy',
      'dns-and-certificates': 'external-dns-cert-manager',
      ...control,
    },
  });
  const FIRST = `${folder}/envs/production.tfvars.example`;
  const SECOND = `${folder}/envs/production-standby.tfvars.example`;
  const CODE = `${folder}/postgres.tf`;
  const findings = (tree: FileTree) => crossFindings(tree, 'followed-archives').map(formatFinding);
  test('follow a copy of the archive, which S3 makes beside them', async () => {
    expect(notGenerated.filter(({ decision }) => ['recovery', 'egress'].includes(decision))).toEqual([]);
    expect(files.get(SECOND)).toContain('archive_of = "shop-production"');
    expect(files.get(`${folder}/alarms.tf`)).toContain('aws_sns_topic');
    expect(files.get('docs/runbooks/copied-archive.md')).toContain(
      '`shop-production-standby-followed-ACCOUNT`',
    );
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, [providerSchemas('aws-6.25.0')])).toEqual([]);
    expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
  });
  test.each([
    [
      'they read a bucket of the first region',
      replace('delivery/variables/parts.yaml', '${CLUSTER_NAME}-followed-', 'shop-production-databases-'),
      /which nothing in this network reaches/,
    ],
    ['nobody is followed', replace(SECOND, /\narchive_of .*/, ''), /archive of no other cluster/],
    [
      'the first one copies nothing',
      replace(FIRST, /\narchive_copies .*/, ''),
      /not told to copy its archive/,
    ],
    [
      'it copies to another cluster',
      replace(FIRST, '"shop-production-standby" =', '"shop-staging" ='),
      /not told to copy/,
    ],
    [
      'what is encrypted stays behind',
      replace(CODE, 'sse_kms_encrypted_objects', 'replica_modifications'),
      /a key closes/,
    ],
    [
      'the second region has no key for it',
      replace(
        CODE,
        '-archive"\n        }\n\n        replication_time',
        '-databases"\n        }\n\n        replication_time',
      ),
      /no key of its follower/,
    ],
    [
      'deletions stay behind',
      replace(
        CODE,
        /delete_marker_replication \{\n +status = "Enabled"/,
        'delete_marker_replication {\n status = "Disabled"',
      ),
      /without deletions/,
    ],
    ['nobody hears that it is late', replace(CODE, 'ReplicationLatency', 'BucketSizeBytes'), /nobody hears/],
    [
      'the archive has a key of AWS',
      replace(CODE, /\n +kms_master_key_id = .*/g, ''),
      /no other region knows/,
    ],
  ])('%s: is seen', (_mistake, change, says) => {
    expect(findings(change(files)).join(' ')).toMatch(says);
  });
});

test('a certificate of the cloud is there in both regions, and the name is taken from a region that does not answer', () => {
  const pins = { edge: 'gateway-cloud', 'dns-and-certificates': 'cloud-managed', recovery: 'warm-standby' };
  const aws = starterOf('platform-aws', { answers: { environments: 2 }, pins });
  expect(aws.notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
  expect(aws.files.get('infra/eks/edge.tf')?.match(/allow_overwrite = true/g)).toHaveLength(2);
  expect(aws.files.get('docs/runbooks/take-over.md')).toContain('`gateway_stands = true`');
  const google = starterOf('ride-dispatch-gcp', { pins: { recovery: 'pilot-light' } }).files;
  const second = google.get('infra/gke/envs/production-standby.tfvars.example');
  expect(second).toContain('certificate_of = "rides-production"');
  expect(second).toContain('gateway_record = ""');
  expect(google.get('infra/gke/envs/production.tfvars.example')).not.toContain('gateway_record');
});

test('an instance of Cloud SQL that follows has no backups and no users of its own', async () => {
  const { files } = starterOf('ride-dispatch-gcp', {
    pins: {
      recovery: 'pilot-light',
      'data-services': 'managed-database',
      'dns-and-certificates': 'external-dns-cert-manager',
    },
  });
  expect(files.get('infra/gke/envs/production-standby.tfvars.example')).toContain(
    'database_replica_of = "rides-production"',
  );
  const database = files.get('infra/gke/database.tf') ?? '';
  expect(database).toMatch(/dynamic "backup_configuration" \{\n +for_each = local.database_is_copy \? \[\]/);
  expect(database).toMatch(/"google_sql_user" "workload" \{\n +for_each = local.database_is_copy \? \{\}/);
  expect(files.get('docs/runbooks/take-over.md')).toContain('promote-replica rides-production-standby-main');
  expect((await checkHcl(files, [providerSchemas('google-6.50.0')])).map(formatFinding)).toEqual([]);
});

test('databases in the cluster follow the archive of the first site, and cannot be written', () => {
  const { files } = STACKS['steel-works-talos'];
  const second = [...clustersIn(files)].find(({ name }) => name.endsWith('-standby'))?.name ?? '';
  const find = (kind: string, name: string): unknown =>
    delivered(files, second).find(each => each.kind === kind && each.metadata.name === name)?.spec;
  expect(find('Cluster', 'postgres')).toMatchObject({ replica: { enabled: true, source: 'first' } });
  const first = second.replace(/-standby$/, '');
  expect(find('ObjectStore', 'followed')).toMatchObject({
    configuration: { destinationPath: expect.stringContaining(`-${first}-databases/`) },
  });
});

test('one script and a commit wake it', () => {
  const { files } = STACKS['regulated-azure'];
  const folder = scratch();
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: path.startsWith('scripts/') ? 0o755 : 0o644 });
  }
  const run = () =>
    spawnSync('bash', ['scripts/wake.sh', 'production-tier-1-standby'], { cwd: folder, encoding: 'utf8' });
  spawnSync('git', ['init', '-q'], { cwd: folder });
  expect(run().stderr).toBe('');
  const woken = new Map([...readTree(folder)].filter(([path]) => !path.startsWith('.git/')));
  expect(checkKustomizations(woken).map(formatFinding)).toEqual([]);
  expect(replicas(woken, 'production-tier-1-standby')).toEqual(replicas(files, 'production-tier-1'));
  expect(replicas(woken, 'production-tier-2-standby')).toContain(0);
  expect(run().status).toBe(1);
});

test.each([
  [
    'of two regions the second stands ready for the first, under its names',
    { answers: { regions: 2, environments: 2 }, project: { regions: ['eu-central-1', 'eu-west-1'] } },
    ['production-eu-central-1', 'production-eu-west-1', 'staging-eu-central-1', 'staging-eu-west-1'],
  ],
  [
    'one cluster for all gets another one that stands ready',
    { answers: { regions: 1, environments: 1 }, pins: { topology: 'shared-cluster' } },
    ['shared', 'shared-standby'],
  ],
] as const)('%s', (_says, { answers, ...more }, clusters) => {
  const pins = { ...('pins' in more ? more.pins : {}), recovery: 'warm-standby' };
  const project = 'project' in more ? more.project : {};
  const { files, notGenerated } = starterOf('platform-aws', { answers, project, pins });
  expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
  expect(clustersIn(files).map(({ name }) => name)).toEqual(clusters);
  const [first = '', second = ''] = clusters;
  const names = (cluster: string) => files.get(`apps/${cluster}/kustomization.yaml`);
  expect(names(first)).toContain('- demo.shop.example.com');
  expect(names(second)).toContain('- demo.shop.example.com');
  expect(names(second)).toContain('recovery/without-names');
  expect(names(first)).not.toContain('recovery/');
});

describe('of three regions each serves its own names, and its second region is the next one', () => {
  const { files, notGenerated } = starterOf('platform-aws', {
    answers: { regions: 3, environments: 1 },
    project: { regions: ['eu-central-1', 'eu-west-1', 'eu-north-1'] },
    pins: { recovery: 'pilot-light', topology: 'cluster-per-region-and-tier' },
  });
  const values = (cluster: string) => files.get(`infra/eks/envs/${cluster}.tfvars.example`) ?? '';
  const findings = (tree: FileTree) => crossFindings(tree, 'standing-by').map(formatFinding);
  test.each([
    ['production-eu-central-1', 'eu-west-1'],
    ['production-eu-west-1', 'eu-north-1'],
    ['production-eu-north-1', 'eu-central-1'],
  ])('%s in %s', (first, region) => {
    expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
    const second = `${first}-standby`;
    expect(values(second)).toContain(`region     = "${region}"`);
    expect(values(second)).toMatch(new RegExp(`database_replica_of = \\{\n +cluster = "shop-${first}"`));
    expect(files.get(`apps/${second}/kustomization.yaml`)).toContain(`- demo.${first}.shop.example.com`);
    expect(files.get('docs/runbooks/take-over.md')).toContain(`| \`${first}\` |`);
    expect(findings(files)).toEqual([]);
  });
  const SECOND = 'apps/production-eu-west-1-standby/kustomization.yaml';
  test.each([
    [
      'it stands where its first does',
      replace('infra/eks/envs/production-eu-west-1-standby.tfvars.example', '"eu-north-1"', '"eu-west-1"'),
      /is lost with it/,
    ],
    [
      'nobody serves its names',
      replace(SECOND, 'demo.production-eu-west-1.', 'demo.production-eu-west-2.'),
      /which nobody serves/,
    ],
    [
      'it takes the names',
      replace(SECOND, /^ *- .*recovery\/without-names\n/m, ''),
      /both write the records/,
    ],
    [
      'the first one waits as well',
      (tree: FileTree) =>
        replace(
          'apps/production-eu-west-1/kustomization.yaml',
          /^components:/m,
          'components:\n  - ../../recovery/without-names',
        )(tree),
      /which nobody serves/,
    ],
  ])('%s: is seen', (_mistake, change, says) => {
    expect(findings(change(files)).join(' ')).toMatch(says);
  });
});

describe.each([
  ['platform-aws', 's3', 'shop', 'aws-6.25.0'],
  ['ride-dispatch-gcp', 'gs', 'rides', 'google-6.50.0'],
] as const)('databases in clusters on machines of %s', (example, scheme, project, provider) => {
  const { files, notGenerated } = starterOf(example, {
    answers: { state: 'in-cluster', environments: 2, 'workload-kinds': ['web'] },
    pins: {
      'control-plane': 'self-managed',
      distribution: 'kubeadm',
      cni: 'cilium',
      recovery: 'pilot-light',
      'data-services': 'operator-in-cluster',
      'dns-and-certificates': 'external-dns-cert-manager',
    },
  });
  const VALUES = 'infra/machines/envs/production-standby.tfvars.example';
  const findings = (tree: FileTree) => crossFindings(tree, 'followed-archives').map(formatFinding);
  test('follow the archive of the first region, which they may read', async () => {
    expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
    expect(files.get(VALUES)).toContain(`archive_of = "${project}-production"`);
    expect(findings(files)).toEqual([]);
    expect(await checkHcl(files, [providerSchemas(provider)])).toEqual([]);
  });
  test.each([
    ['nobody lets it read', replace(VALUES, /\narchive_of .*/, ''), /may not read/],
    ['it is let at its own', replace(VALUES, '-production"\n', '-production-standby"\n'), /may not read/],
    [
      'the archive is that of nobody',
      replace(
        'platform-config/production-standby/kustomization.yaml',
        `${scheme}://${project}-production-databases`,
        `${scheme}://${project}-elsewhere-databases`,
      ),
      /of no other cluster/,
    ],
  ])('%s: is seen', (_mistake, change, says) => {
    expect(findings(change(files)).join(' ')).toMatch(says);
  });
});

test('a cluster of Google whose name is cut is called so by its pipeline as well', () => {
  const { files } = starterOf('ride-dispatch-gcp', {
    answers: { regions: 3, 'criticality-tiers': 2, environments: 2 },
    project: { regions: ['europe-west4', 'europe-west3', 'europe-north1'] },
    pins: {
      'control-plane': 'self-managed',
      distribution: 'kubeadm',
      cni: 'cilium',
      gitops: 'push',
      recovery: 'pilot-light',
      topology: 'cluster-per-region-and-tier',
    },
  });
  expect(files.get('infra/hosts/production-europe-west3-tier-1-standby.conf')).toMatch(
    /^CLUSTER_NAME=r-production-europe-west3-tier-1-standby$/m,
  );
  const findings = crossFindings(files, 'pipeline');
  expect(findings.map(formatFinding)).toEqual([]);
});

test.each([
  [
    'names are made by hand',
    { pins: { 'dns-and-certificates': 'cloud-managed', edge: 'gateway-envoy' } },
    /Point `\*\.shop\.example\.com` at the address of the gateway of `production-standby`/,
  ],
  [
    'nothing has a gateway',
    { answers: { protocols: ['tcp'], 'workload-kinds': ['worker'] } },
    /No gateway holds names here/,
  ],
] as const)('where %s a second cluster takes over all the same', (_where, { ...changes }, says) => {
  const pins = { ...('pins' in changes ? changes.pins : {}), recovery: 'warm-standby' };
  const answers = { environments: 2, ...('answers' in changes ? changes.answers : {}) };
  const { files, notGenerated } = starterOf('platform-aws', { answers, pins });
  expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
  expect(files.get('docs/runbooks/take-over.md')).toMatch(says);
});
