/** Databases in the cluster: what is written, what a page tells a team to write, and which mistakes are seen. */
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const DATABASES = 'platform-config/base/databases';
const POLICIES = 'platform/cloudnative-pg/network-policies.yaml';
const onHosts = starterOf('onprem-airgap').files;

const CLOUDS = {
  'platform-aws': {
    store: /destinationPath: s3:\/\/.+\n.+\n +inheritFromIAMRole: true/,
    right: 'infra/eks/postgres.tf',
  },
  'city-services-azure': {
    store: /destinationPath: https:\/\/.+blob.+\/databases\/\n.+\n +inheritFromAzureAD: true/,
    right: 'infra/aks/postgres.tf',
  },
  'ride-dispatch-gcp': {
    store: /destinationPath: gs:\/\/.+\n.+\n +gkeEnvironment: true/,
    right: 'infra/gke/postgres.tf',
  },
} as const;

describe.each(Object.entries(CLOUDS))('on the cloud of %s', (name, { store, right }) => {
  const { files, notGenerated } = starterOf(name, {
    answers: { state: 'in-cluster', rpo: 'zero' },
    pins: { 'data-services': 'operator-in-cluster' },
  });
  test('backups go to a bucket by a right and not by a key', () => {
    expect(notGenerated.filter(({ decision }) => decision === 'data-services')).toEqual([]);
    expect(files.get(`${DATABASES}/backups.yaml`)).toMatch(store);
    expect(files.get(right)).toBeDefined();
  });
  test('a change waits for a second copy where none may be lost', () => {
    expect(files.get(`${DATABASES}/cluster.yaml`)).toMatch(/dataDurability: required/);
  });
  test('everything fits together', () => {
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
  });
});

describe('on hosts of one’s own', () => {
  test('the key of the store comes from the bootstrap', () => {
    expect(onHosts.get('scripts/bootstrap.sh')).toContain('keep_keys databases object-store-keys');
  });
  test('nothing waits for a second copy where hours may be lost', () => {
    expect(onHosts.get(`${DATABASES}/cluster.yaml`)).not.toContain('synchronous');
  });
});

test('what the page tells a team to write is valid, and meets what is there', async () => {
  const page = onHosts.get('docs/runbooks/team-database.md') ?? '';
  const written = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const documents = written.flatMap(text =>
    parseAllDocuments(text).map(each => each.toJS() as { kind: string }),
  );
  expect(documents.map(({ kind }) => kind)).toEqual([
    'ExternalSecret',
    'DatabaseRole',
    'Database',
    'ExternalSecret',
    'NetworkPolicy',
  ]);
  const known = documents.filter(({ kind }) => kind !== 'DatabaseRole');
  const tree = new Map([['platform/orders.yaml', known.map(each => JSON.stringify(each)).join('\n---\n')]]);
  expect((await checkKubernetes(tree)).map(formatFinding)).toEqual([]);
  const label = /uses-databases: (\S+?)`/.exec(page)?.[1];
  expect(onHosts.get(POLICIES)).toContain(`uses-databases: ${label}`);
});

const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'the operator cannot ask instances',
    change: drop(POLICIES, 'name: operator-in'),
    code: 'reachability',
    says: /operator asks instances/,
  },
  {
    mistake: 'instances cannot reach the store of their backups',
    change: drop(POLICIES, 'name: to-backups'),
    code: 'reachability',
    says: /nothing lets it out of databases/,
  },
  {
    mistake: 'the archive is written to a store that is not there',
    change: replace(`${DATABASES}/cluster.yaml`, 'barmanObjectName: backups', 'barmanObjectName: archive'),
    code: 'references',
    says: /ObjectStore databases\/archive/,
  },
  {
    mistake: 'copies are made of another cluster',
    change: replace(`${DATABASES}/backups.yaml`, 'name: postgres', 'name: postgresql'),
    code: 'references',
    says: /Cluster databases\/postgresql/,
  },
  {
    mistake: 'instances run as an account that nothing makes',
    change: replace(`${DATABASES}/cluster.yaml`, 'serviceAccountName: postgres', 'serviceAccountName: pg'),
    code: 'references',
    says: /ServiceAccount databases\/pg/,
  },
  {
    mistake: 'an image of the list runs nowhere any more',
    change: replace('images.txt', 'podinfo:6.14.1', 'podinfo:6.14.0'),
    code: 'listed-images',
    says: /lists ghcr\.io\/stefanprodan\/podinfo:6\.14\.0, which nothing names/,
  },
  {
    mistake: 'the image of the instances is not on the list',
    change: replace('images.txt', /^ghcr\.io\/cloudnative-pg\/postgresql:.*\n/m, ''),
    code: 'listed-images',
    says: /does not list ghcr\.io\/cloudnative-pg\/postgresql/,
  },
  {
    mistake: 'nothing of the databases is measured',
    change: replace(`${DATABASES}/monitor.yaml`, 'cnpg.io/podRole: instance', 'cnpg.io/podRole: primary'),
    code: 'selectors',
    says: /selects no pod/,
  },
];
describe('a mistake in the databases', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const findings = crossFindings(change(onHosts), code);
    expect(findings.map(({ place, message }) => `${place}: ${message}`)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});
