/** Regions that serve the same names: what each is delivered, who is asked whether it is well, and what is done once. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/content/catalogue.ts';
import type { FileTree } from '../../src/files/tree.ts';
import { clustersIn } from '../checks/clusters.ts';
import { CROSS_CHECKS, crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { scratch } from '../cli/run.ts';
import { add, type Mutation, replace } from './mutation.ts';
import { exampleInput, starterOf } from './platform-aws.ts';

const ACTIVE = { recovery: 'active-active' };
const STACKS = {
  aws: starterOf('platform-aws', {
    answers: { regions: 2, environments: 2 },
    project: { regions: ['eu-central-1', 'eu-west-1'] },
    pins: ACTIVE,
  }),
  azure: starterOf('regulated-azure', { pins: ACTIVE }),
  // Certificates and names are those of Google.
  google: starterOf('ride-dispatch-gcp', { pins: ACTIVE }),
  hosts: starterOf('steel-works-talos', {
    answers: { state: 'in-cluster', regions: 1, 'workload-kinds': ['web', 'batch'] },
    pins: { ...ACTIVE, 'data-services': 'operator-in-cluster' },
  }),
} as const;
const PROVIDERS = ['azurerm-4.55.0', 'aws-6.25.0', 'google-6.50.0'].map(providerSchemas);
const TRAFFIC = 'infra/traffic';
/** What names and routes have to do with; the matrix runs all of them. */
const CHECKED = CROSS_CHECKS.filter(({ code }) =>
  ['shared-names', 'routes', 'references', 'selectors', 'own-images'].includes(code),
);

/** What is delivered to a cluster, as it arrives there. */
function delivered(files: FileTree, cluster: string) {
  return clustersIn(files).find(({ name }) => name === cluster)?.objects ?? [];
}

describe.each(Object.entries(STACKS))('%s', (_name, { files, notGenerated }) => {
  test('is whole, and fits together', async () => {
    expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
    const traffic: FileTree = new Map([...files].filter(([path]) => path.startsWith(TRAFFIC)));
    const findings = [...checkKustomizations(files), ...(await checkHcl(traffic, PROVIDERS))];
    expect(findings.map(formatFinding)).toEqual([]);
    expect(CHECKED.flatMap(({ check }) => check(files)).map(formatFinding)).toEqual([]);
  });
  test('tells people what to do, and counts what one region has to carry', () => {
    const page = files.get('docs/runbooks/lost-region.md') ?? '';
    for (const part of [
      '## A region is lost',
      '## It comes back',
      '## The drill',
      '## One region must carry all',
    ])
      expect(page).toContain(part);
    expect(files.get('docs/capacity.md')).toContain('## When a region is gone');
  });
});

test('clusters of all regions serve the same names of production, and other environments their own', () => {
  const { files } = STACKS.aws;
  const hosts = (cluster: string) =>
    delivered(files, cluster).flatMap(({ kind, metadata, spec }) =>
      kind === 'HTTPRoute' && metadata.namespace === 'demo'
        ? (spec as { hostnames: string[] }).hostnames
        : [],
    );
  expect(hosts('production-eu-central-1')).toEqual([
    'demo.shop.example.com',
    'production-eu-central-1.shop.example.com',
  ]);
  expect(hosts('production-eu-west-1')).toEqual([
    'demo.shop.example.com',
    'production-eu-west-1.shop.example.com',
  ]);
  expect(hosts('staging-eu-west-1')).toEqual(['demo.staging-eu-west-1.shop.example.com']);
});

test('work that is done once is done in the first region alone, and an alert watches the room of those that serve', () => {
  const { files } = STACKS.aws;
  const jobs = (cluster: string) =>
    delivered(files, cluster)
      .filter(({ kind }) => kind === 'CronJob' || kind === 'Job')
      .map(({ kind, spec }) => [kind, (spec as { suspend?: boolean }).suspend === true]);
  expect(jobs('production-eu-central-1')).toContainEqual(['CronJob', false]);
  expect(jobs('production-eu-west-1')).toEqual([['CronJob', true]]);
  const watched = (cluster: string) =>
    delivered(files, cluster).some(
      ({ kind, metadata }) => kind === 'PrometheusRule' && metadata.name === 'region-room',
    );
  expect(['production-eu-west-1', 'staging-eu-west-1'].map(watched)).toEqual([true, false]);
});

test('databases are written in one region and followed in the other, where that is made', () => {
  const values = STACKS.aws.files.get('infra/eks/envs/production-eu-west-1.tfvars.example');
  expect(values).toMatch(/database_replica_of = \{\n +cluster = "shop-production-eu-central-1"/);
  const follower = delivered(STACKS.hosts.files, 'production-second').find(
    ({ kind, metadata }) => kind === 'Cluster' && metadata.name === 'postgres',
  );
  expect(follower?.spec).toMatchObject({ replica: { enabled: true } });
  const closed = starterOf('platform-aws', {
    answers: { state: 'in-cluster', regions: 2, environments: 2, 'egress-control': 'nothing' },
    pins: { ...ACTIVE, 'data-services': 'operator-in-cluster', egress: 'no-egress' },
  });
  expect(closed.notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
  expect(closed.files.get('docs/runbooks/lost-region.md')).toContain('what S3 had not copied by then');
});

test('names of the house are left to the house, and the page says that nothing leaves a region out', () => {
  const { files } = starterOf('steel-works-talos', {
    answers: { regions: 1, 'workload-kinds': ['web'] },
    pins: { ...ACTIVE, 'dns-and-certificates': 'corporate-pki' },
  });
  expect(files.get('docs/runbooks/lost-region.md')).toContain('nothing here leaves a region out by itself');
  expect(files.has('scripts/share-names.sh')).toBe(false);
});

test('who hears of a lost region is asked for where nothing else of the stack sends alerts', () => {
  const { placeholders } = starterOf('ride-dispatch-gcp', {
    project: { alertReceiver: undefined },
    pins: { ...ACTIVE, 'control-plane': 'self-managed', cni: 'cilium', metrics: 'vendor' },
  });
  expect(placeholders.find(({ token }) => token.endsWith('alert-receiver'))?.file).toMatch(/alarms\.tf$/);
});

test.each(['aws', 'google'] as const)(
  'on %s what takes TCP alone serves in all regions, and whoever leads clients there is named',
  which => {
    const { files, notGenerated } = starterOf(which === 'aws' ? 'platform-aws' : 'ride-dispatch-gcp', {
      answers: {
        protocols: ['tcp'],
        regions: 2,
        environments: 2,
        'workload-kinds': which === 'aws' ? ['stateful', 'batch'] : ['api'],
      },
      pins: ACTIVE,
    });
    expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
    const page = files.get('docs/runbooks/lost-region.md') ?? '';
    expect(page).toContain(which === 'aws' ? 'AWS Global Accelerator' : 'global proxy network load balancer');
    expect(page).not.toContain('gateway');
    expect(files.get('docs/capacity.md')).not.toContain('\n\n\n');
    expect([...files.keys()].filter(path => path.startsWith('recovery/'))).toEqual([
      'recovery/without-jobs/kustomization.yaml',
    ]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
  },
);

test('where services keep their data on disks, the sample of the web answers for its region', () => {
  const { files, notGenerated } = starterOf('steel-works-talos', {
    answers: { 'workload-kinds': ['stateful'] },
    pins: ACTIVE,
  });
  expect(notGenerated.filter(({ decision }) => decision === 'recovery')).toEqual([]);
  expect(files.has('apps/base/demo-web/deployment.yaml')).toBe(true);
  expect(CHECKED.flatMap(({ check }) => check(files)).map(formatFinding)).toEqual([]);
});

describe('regions share requests alone', () => {
  const outcomeOf = (answers: Readonly<Record<string, Answer>>, pins = {}) => {
    const { stack } = exampleInput('platform-aws', { answers: { ...answers, regions: 2 }, pins });
    const outcome = stack.outcomes.find(({ decision }) => decision === 'recovery');
    return outcome?.status === 'decided' ? outcome : null;
  };
  test.each([
    ['people who wait', { 'workload-kinds': ['web', 'worker'], rto: 'zero' }, 'active-active'],
    ['services of one’s own', { 'workload-kinds': ['stateful'], rto: 'zero' }, 'active-active'],
    ['devices', { 'workload-kinds': ['api'], protocols: ['udp'], rpo: 'zero' }, 'active-active'],
    ['a queue', { 'workload-kinds': ['worker'], rto: 'zero', rpo: 'hours' }, 'warm-standby'],
    ['a clock', { 'workload-kinds': ['batch', 'gpu'], rto: 'hours', rpo: 'zero' }, 'pilot-light'],
    ['nobody', { 'workload-kinds': ['api'], protocols: [], rto: 'zero' }, 'warm-standby'],
  ] as const)('work comes from %s', (_from, answers, pick) => {
    expect(outcomeOf(answers)?.pick).toBe(pick);
  });
  test('a pin of what nothing shares goes against a hard rule', () => {
    const pinned = outcomeOf({ 'workload-kinds': ['worker'] }, ACTIVE)?.pinned;
    expect(pinned?.against?.kind ?? 'none').toBe('impossible');
  });
});

describe('on hosts of one’s own a script asks the sites', () => {
  const folder = scratch();
  const tool = (name: string, body: string) => {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  };
  writeFileSync(join(folder, 'share.sh'), STACKS.hosts.files.get('scripts/share-names.sh') ?? '');
  tool('dig', 'case "$2" in production.*) echo 192.0.2.1 ;; *) echo 192.0.2.2 ;; esac');
  tool('nsupdate', 'cat');
  const run = (answering: string, environment: Readonly<Record<string, string>> = {}) => {
    tool('curl', `case "$*" in ${answering}) exit 0 ;; *) exit 22 ;; esac`);
    const { status, stdout } = spawnSync('bash', [join(folder, 'share.sh')], {
      encoding: 'utf8',
      env: {
        PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
        NAME_SERVER: 'ns',
        KEY_FILE: 'key',
        ...environment,
      },
    });
    return {
      status,
      named: [...stdout.matchAll(/update add \S+ 30 A (\S+)/g)].map(([, address]) => address),
    };
  };
  test.each([
    ['both answer', '*', {}, ['192.0.2.1', '192.0.2.2'], 0],
    ['one is lost', '*production-second.*', {}, ['192.0.2.2'], 0],
    ['one is taken out', '*', { TAKEN_OUT: 'production-second' }, ['192.0.2.1'], 0],
    ['none answers: the record stays', 'nothing', {}, [], 1],
  ])('%s', (_case, answering, environment, named, status) => {
    expect(run(answering, environment)).toEqual({ status, named });
  });
});

const OVERLAY = 'apps/production-eu-west-1/kustomization.yaml';
const BROKEN: Readonly<Record<'aws' | 'azure' | 'google' | 'hosts', readonly Mutation[]>> = {
  aws: [
    {
      mistake: 'an image comes to one region alone',
      change: replace(
        '.github/workflows/image.yaml',
        'for registry in $REGISTRIES; do',
        'for registry in "$FIRST"; do',
      ),
      code: 'own-images',
      says: /pushes to one registry of several/,
    },
    {
      mistake: 'the other region has no repositories for images',
      change: replace('infra/aws-account/registry.tf', '["eu-central-1", "eu-west-1"]', '["eu-central-1"]'),
      code: 'own-images',
      says: /has no repositories in eu-west-1/,
    },
    {
      mistake: 'a region serves other names',
      change: replace(OVERLAY, 'demo.shop.example.com', 'demo.eu.shop.example.com'),
      code: 'shared-names',
      says: /serves demo\.shop\.example\.com, production-eu-west-1/,
    },
    {
      mistake: 'a region has lost its own name',
      change: replace(OVERLAY, '  - ../../recovery/region-name\n', ''),
      code: 'shared-names',
      says: /has no name of its own/,
    },
    {
      mistake: 'a region writes the record of all',
      change: replace('recovery/shared-names/kustomization.yaml', 'kind: HTTPRoute', 'kind: TCPRoute'),
      code: 'shared-names',
      says: /writes a record of demo/,
    },
    {
      mistake: 'a region is asked by nobody',
      change: replace(
        `${TRAFFIC}/envs/production.tfvars.example`,
        'production-eu-west-1 =',
        'production-eu-west-2 =',
      ),
      code: 'shared-names',
      says: /is asked by nobody/,
    },
    {
      mistake: 'the record goes by a check that is nowhere',
      change: replace(
        `${TRAFFIC}/names.tf`,
        'aws_route53_health_check.region[',
        'aws_route53_health_check.gone[',
      ),
      code: 'shared-names',
      says: /which is nowhere/,
    },
    {
      mistake: 'the record goes by no check',
      change: replace(`${TRAFFIC}/names.tf`, /\n +health_check_id .*/, ''),
      code: 'shared-names',
      says: /goes by no health check/,
    },
  ],
  azure: [
    {
      mistake: 'a region calls itself like another one',
      change: replace(
        'apps/production-tier-1-second/kustomization.yaml',
        '- production-tier-1-second.',
        '- production-tier-1.',
      ),
      code: 'shared-names',
      says: /which is not its name/,
    },
    {
      mistake: 'the name of a region is written by nobody',
      change: replace(
        'recovery/region-name/route.yaml',
        /(metadata:\n {2}name: region\n)/,
        '$1  annotations:\n    external-dns.alpha.kubernetes.io/controller: nobody\n',
      ),
      code: 'shared-names',
      says: /written by nobody/,
    },
  ],
  google: [
    {
      mistake: 'the gateway of a region takes all names',
      change: replace('infra/gke/envs/production-second.tfvars.example', /^gateway_record.*$/m, ''),
      code: 'shared-names',
      says: /has all names point at its gateway/,
    },
    {
      mistake: 'a cluster is left that shares with nobody',
      change: replace(
        'apps/production/kustomization.yaml',
        /(?: {2}- \.\.\/\.\.\/recovery\/(?:shared|region)-.*\n)+/,
        '',
      ),
      code: 'shared-names',
      says: /with no other cluster|has no name of its own/,
    },
  ],
  hosts: [
    {
      mistake: 'the script asks a site below another domain',
      change: replace('scripts/share-names.sh', /^share mill/m, 'share mall'),
      code: 'shared-names',
      says: /is asked below mall/,
    },
    {
      mistake: 'the script asks a site that is not there',
      change: add(
        'scripts/share-names.sh',
        'share mill.example.com production production-third || failed=1\n',
      ),
      code: 'shared-names',
      says: /production-third/,
    },
  ],
};

describe.each(Object.entries(BROKEN))('%s: is seen when', (stack, mutations) => {
  const { files } = STACKS[stack as keyof typeof STACKS];
  test.each(mutations)('$mistake', ({ change, code, says }) => {
    const findings = crossFindings(change(files), code);
    expect(findings.map(formatFinding).join('\n')).toMatch(says);
  });
});
