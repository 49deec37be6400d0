/** What owners are told beside the files: images, exceptions, dates, controls. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FileTree } from '../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../checks/clusters.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { at, list } from '../checks/cross/fields.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { RELEASES } from '../checks/releases.ts';
import { ofKind } from '../checks/yaml-files.ts';
import { readTree, scratch } from '../cli/run.ts';
import { ALL_KINDS, OTHER_CHOICES, starterOf } from './platform-aws.ts';

const { files } = starterOf('platform-aws', { answers: ALL_KINDS });
const text = (path: string) => files.get(path) ?? '';

describe('images', () => {
  test('of every component stand in recommendations/releases.yaml, under images:', () => {
    const listed = new Set(RELEASES.images.map(({ of }) => of));
    const running = RELEASES.components.filter(({ chart, image }) => chart !== null || image !== null);
    expect(running.map(({ id }) => id).filter(id => !listed.has(id))).toEqual([]);
    const known = new Set(RELEASES.components.map(({ id }) => id));
    expect([...listed].filter(id => !known.has(id))).toEqual([]);
  });

  /** Named for what they ship with, or numbered on their own. */
  const NUMBERED_ON_ITS_OWN = new Set([
    'flux',
    'linkerd',
    'linkerd-multicluster',
    'linkerd2-cni',
    'calico-crds',
  ]);
  test.each(
    RELEASES.images.filter(({ of, references }) => references.length > 0 && !NUMBERED_ON_ITS_OWN.has(of)),
  )('of $of are those of its version', ({ of, references }) => {
    const version = RELEASES.components.find(({ id }) => id === of)?.version.replace(/^v/, '') ?? '';
    expect(references.some(each => each.includes(`:v${version}`) || each.includes(`:${version}`))).toBe(true);
  });

  test('are listed once, sorted by part, and hold what the workloads run', () => {
    const lines = text('images.txt')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'));
    expect(new Set(lines).size).toBe(lines.length);
    const { image, version } = RELEASES.components.find(({ id }) => id === 'podinfo') ?? {};
    expect(lines).toContain(`${image}:${version}`);
    expect(lines.filter(line => line.includes('${'))).toEqual([]);
    expect(lines.some(line => line.startsWith('ghcr.io/kedacore/keda:'))).toBe(true);
  });
});

describe('exceptions', () => {
  const expired = (code: number, says: RegExp, change: FileTree, today: string) => {
    const { status, stdout, stderr } = runExceptions(change, today);
    expect(stdout + stderr).toMatch(says);
    expect(status).toBe(code);
  };
  test('hold as generated', () => expired(0, /day that has not passed/, new Map(), '2026-11-21'));
  test('are announced a month before', () => expired(0, /CKV_K8S_43 expires on/, new Map(), '2027-05-01'));
  test('fail on the day after they end', () => expired(1, /CKV_K8S_43 expired on/, new Map(), '2027-05-21'));
  test('fail where a namespace is opened without one', () =>
    expired(
      1,
      /demo\.yaml is not restricted/,
      new Map([
        [
          'platform/namespaces/demo.yaml',
          text('platform/namespaces/demo.yaml').replace('enforce: restricted', 'enforce: privileged'),
        ],
      ]),
      '2026-11-21',
    ));
  test('fail where a scanner is told to look away without one', () =>
    expired(
      1,
      /CKV_K8S_8 without an entry/,
      new Map([['policies/checkov.yaml', `${text('policies/checkov.yaml')}  - CKV_K8S_8\n`]]),
      '2026-11-21',
    ));
  test('fail where a check is skipped beside a resource without one', () =>
    expired(
      1,
      /network\.tf skips a check/,
      new Map([
        ['infra/eks/network.tf', `${text('infra/eks/network.tf')}# checkov:skip=CKV_AWS_1: Nobody looked.\n`],
      ]),
      '2026-11-21',
    ));
  test.each(['ignore-check.kube-linter.io/host-pid', 'kube-score/ignore', 'checkov.io/skip1'])(
    'fail where %s says nothing to them',
    annotation =>
      expired(
        1,
        /demo-web\/deployment\.yaml silences a linter/,
        new Map([
          [
            'apps/base/demo-web/deployment.yaml',
            text('apps/base/demo-web/deployment.yaml').replace(
              'metadata:\n',
              `metadata:\n  annotations:\n    ${annotation}: nobody-looked\n`,
            ),
          ],
        ]),
        '2026-11-21',
      ),
  );
  test('fail where they name a file that is gone', () =>
    expired(
      1,
      /demo-batch\/migration\.yaml is gone/,
      new Map([['apps/base/demo-batch/migration.yaml', '']]),
      '2026-11-21',
    ));
  test('each name a reason and an owner', () => {
    const { exceptions } = parse(text('docs/exceptions.yaml')) as {
      exceptions: readonly { id: string; reason: string; owner: string }[];
    };
    expect(exceptions.length).toBeGreaterThan(3);
    expect(exceptions.filter(({ reason, owner }) => reason === '' || owner === '')).toEqual([]);
    expect(new Set(exceptions.map(({ id }) => id)).size).toBe(exceptions.length);
  });
});

test('every cluster is upgraded in order, and the last one before support ends', () => {
  const rows = [
    ...text('docs/upgrade-calendar.md').matchAll(
      /^\| 1\.\d+ to 1\.\d+ \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$/gm,
    ),
  ].map(([, until = '', cluster, begins = '', ends = '']) => ({ until, cluster, begins, ends }));
  expect(rows.map(({ cluster }) => cluster)).toEqual(['development', 'staging', 'production']);
  for (const [index, { until, begins, ends }] of rows.entries()) {
    expect(begins < ends && ends < until).toBe(true);
    expect(begins >= (rows[index - 1]?.ends ?? '')).toBe(true);
  }
});

describe('controls', () => {
  test('name files that are there and records that decided them', () => {
    const rows = [...text('docs/controls.md').matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = '']) => path);
    const missing = rows.filter(
      path => !path.startsWith('docs/adr/') && ![...files.keys()].some(file => file.startsWith(path)),
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });
  test('carry the numbers of the rules that apply, and say what is not answered', () => {
    const { files: regulated } = starterOf('platform-aws', {
      answers: { compliance: ['pci-dss', 'dora'] },
      pins: { 'image-signing': 'none' },
    });
    const page = regulated.get('docs/controls.md') ?? '';
    expect(page).toContain('| PCI DSS 4.0.1 | DORA |');
    expect(page).toContain('1.3.1, 1.3.2');
    expect(page).toMatch(/## Not answered here[\s\S]*Only images that were signed/);
  });
});

describe('capacity', () => {
  const { files: tree } = starterOf('platform-aws', { answers: ALL_KINDS, pins: OTHER_CHOICES });
  const rows = [...(tree.get('docs/capacity.md') ?? '').matchAll(/^\| `([^`]+)` \| /gm)].map(([, by]) => by);

  test('counts every part that runs something', () => {
    const running = [...tree.keys()].flatMap(
      path => /^platform\/([^/]+)\/release\.yaml$/.exec(path)?.[1] ?? [],
    );
    const without = new Set(
      RELEASES.images.filter(({ references }) => references.length === 0).map(({ of }) => of),
    );
    expect(running.filter(id => !without.has(id) && !rows.includes(id))).toEqual([]);
    expect(rows).toEqual(expect.arrayContaining(['demo-web', 'demo-worker', 'demo-agent', 'gateway']));
  });
  test('names each workload of a part', () => {
    const page = tree.get('docs/capacity.md') ?? '';
    const named = [...page.matchAll(/^\| (`[^`]+` \| `[^`]+`) \| /gm)].map(([, name]) => name);
    expect(named.length).toBe(rows.length);
    expect(named).toEqual([...new Set(named)]);
    expect(named).toEqual(
      expect.arrayContaining(['`cert-manager` | `cert-manager`', '`cert-manager` | `webhook`']),
    );
  });
  test.each([
    ['onprem-airgap', 'cilium', ['cilium', 'envoy'], ['operator']],
    ['ride-dispatch-gcp', 'ztunnel', ['ztunnel'], []],
    ['ride-dispatch-gcp', 'istio-cni', ['istio-cni'], []],
  ])('counts agents of %s, %s, on every node', (example, part, agents, others) => {
    const page = starterOf(example).files.get('docs/capacity.md') ?? '';
    const row = (workload: string, pool: string) => `| \`${part}\` | \`${workload}\` | ${pool} |`;
    for (const agent of agents) expect(page).toContain(row(agent, 'every node'));
    for (const other of others) expect(page).toContain(row(other, 'system'));
  });
  test('is enough with a zone gone, as generated', () => {
    expect(tree.get('docs/capacity.md')).toMatch(/^\| system \| .* \| yes \|$/m);
    expect(tree.get('docs/capacity.md')).toMatch(/^\| workload \| .* \| yes \|$/m);
  });
  test('is asked for by the preflight: two nodes are too few for the platform, three enough for workloads', () => {
    const folder = copied(tree, /^(?:infra\/eks\/envs|clusters|scripts)\/|^mise\.toml$/);
    const few =
      'system_nodes = {\n  instance_types = ["m7i.xlarge"]\n  min_size       = 2\n  max_size       = 6\n}\n';
    writeFileSync(
      join(folder, 'infra/eks/envs/staging.tfvars'),
      `${tree.get('infra/eks/envs/staging.tfvars.example')}${few}`,
    );
    const { stdout, stderr } = spawnSync('bash', ['scripts/preflight.sh', 'staging'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/FAILS {3}processor of the system pool/);
    expect(stdout).toMatch(/ok {6}processor of the workload pool/);
  });
});

describe('a new service', () => {
  const runIn =
    (folder: string) =>
    (...args: string[]) =>
      spawnSync('bash', ['scripts/new-service.sh', ...args], { cwd: folder, encoding: 'utf8' });
  const run = runIn(copied(files, /./));

  test.each([
    { args: ['Orders', 'checkout', 'ghcr.io/acme/orders:1.2.3'], code: 2 },
    { args: ['orders', 'checkout', 'ghcr.io/acme/orders'], code: 2 },
    { args: ['demo-web', 'demo', 'ghcr.io/acme/orders:1.2.3'], code: 1 },
  ])('$args is refused', ({ args, code }) => expect(run(...args).status).toBe(code));

  const mentions = (tree: FileTree, folder: string) =>
    [...tree].filter(([path, each]) => path.startsWith(folder) && /^ +namespace: checkout$/m.test(each))
      .length;

  /** Names of the steps of a cluster that bring a service. */
  const bringing = ({ steps }: ClusterView, service: string) =>
    steps
      .filter(({ objects }) =>
        ofKind(objects, 'Deployment').some(({ metadata }) => metadata.name === service),
      )
      .map(({ name }) => name);

  test.each([
    ['argo-cd', 'teams', 'apps-checkout', 4],
    ['argo-cd', 'one-team', 'apps-checkout', 4],
    ['flux', 'teams', 'apps-checkout', 0],
    ['flux', 'one-team', 'apps', 0],
  ] as const)(
    'in a namespace of its own is delivered by %s for %s in the step %s',
    (gitops, tenants, step, rights) => {
      const folder = copied(starterOf('platform-aws', { answers: { tenants }, pins: { gitops } }).files, /./);
      const image = '${REGISTRY}/ghcr/stefanprodan/podinfo:6.14.1';
      expect(runIn(folder)('orders', 'checkout', image).stderr).toBe('');
      expect(runIn(folder)('bills', 'checkout', image).stderr).toBe('');
      expect(runIn(folder)('pages', 'demo', image).stderr).toBe('');
      const tree = readTree(folder);
      for (const view of clustersIn(tree))
        expect(['orders', 'bills', 'pages'].map(service => bringing(view, service))).toEqual([
          [step],
          [step],
          ['apps'],
        ]);
      expect(checkKustomizations(tree)).toEqual([]);
      expect(crossFindings(tree)).toEqual([]);
      const lines = (tree.get('platform/argo-cd/values.yaml') ?? '').match(/^ +(?:p|g), .*checkout.*$/gm);
      expect(lines ?? []).toHaveLength(rights);
    },
  );

  const imagesOf = (tree: FileTree, cluster: string, service: string) =>
    clustersIn(tree)
      .filter(({ name }) => name === cluster)
      .flatMap(({ objects }) => ofKind(objects, 'Deployment'))
      .filter(({ metadata }) => metadata.name === service)
      .map(({ spec }) => list(at(spec, 'template', 'spec', 'containers'))[0]?.image);

  test.each([
    ['active-active', 'argo-cd', 'recovery/shared-names'],
    ['pilot-light', 'flux', 'recovery/asleep'],
  ] as const)('waits and serves with %s as the sample does', (recovery, gitops, component) => {
    const { files: starter } = starterOf('platform-aws', {
      answers: { tenants: 'teams' },
      pins: { gitops, recovery },
    });
    const folder = copied(starter, /./);
    expect(runIn(folder)('orders', 'checkout', '${REGISTRY}/ghcr/stefanprodan/podinfo:6.14.1').stderr).toBe(
      '',
    );
    const tree = readTree(folder);
    const second = [...tree.keys()].flatMap(
      path => /^apps\/teams\/(production-\w+)\/checkout\//.exec(path)?.[1] ?? [],
    );
    const overlay = `apps/teams/${second[0]}/checkout/kustomization.yaml`;
    expect(tree.get(overlay)).toContain(`  - ../../../../${component}\n`);
    expect(checkKustomizations(tree)).toEqual([]);
    expect(crossFindings(tree)).toEqual([]);
    if (recovery === 'active-active') return;
    spawnSync('git', ['init', '-q'], { cwd: folder });
    const woken = spawnSync('bash', ['scripts/wake.sh', second[0] ?? ''], { cwd: folder, encoding: 'utf8' });
    expect(woken.status).toBe(0);
    expect(
      [...readTree(folder)].filter(([path, each]) => path.startsWith('apps/') && each.includes('/recovery/')),
    ).toEqual([]);
  });

  test.each([
    ['argo-cd', 'apps-north'],
    ['flux', 'apps-north'],
    ['push', 'apps'],
  ] as const)('of a team is delivered by %s in the step %s', (gitops, delivering) => {
    const folder = copied(starterOf('city-libraries-aws', { pins: { gitops } }).files, /./);
    const nobodys = runIn(folder)('orders', 'checkout', 'ghcr.io/acme/orders:1.2.3');
    expect(nobodys).toMatchObject({ status: 1, stderr: expect.stringContaining('docs/runbooks/teams.md') });
    const image = '${REGISTRY}/ghcr/stefanprodan/podinfo:6.14.1';
    expect(runIn(folder)('orders', 'team-north', image).stderr).toBe('');
    expect(runIn(folder)('bills', 'team-north', image).stderr).toBe('');
    expect(runIn(folder)('pages', 'demo', image).stderr).toBe('');
    const tree = readTree(folder);
    const [view] = clustersIn(tree);
    expect(['orders', 'bills', 'pages'].map(each => view && bringing(view, each))).toEqual([
      [delivering],
      [delivering],
      ['apps'],
    ]);
    expect(checkKustomizations(tree)).toEqual([]);
    expect(crossFindings(tree)).toEqual([]);
  });

  test('has nothing of what somebody tries on the sample', () => {
    const overlay = 'apps/staging/kustomization.yaml';
    const tried = `  - target:
      group: apps
      version: v1
      kind: Deployment
      name: demo-web
    patch: |
      - op: replace
        path: /spec/template/spec/containers/0/image
        value: ghcr.io/acme/tried:9.9.9
      - op: add
        path: /spec/template/spec/containers/0/env
        value:
          - name: PUBLIC_NAME
            value: demo.staging.shop.example.com
`;
    const folder = copied(new Map([...files, [overlay, `${files.get(overlay)}${tried}`]]), /./);
    expect(runIn(folder)('orders', 'checkout', 'ghcr.io/acme/orders:1.2.3').status).toBe(0);
    const tree = readTree(folder);
    expect(imagesOf(tree, 'staging', 'demo-web')).toEqual(['ghcr.io/acme/tried:9.9.9']);
    for (const cluster of ['staging', 'production'])
      expect(imagesOf(tree, cluster, 'orders')).toEqual(['ghcr.io/acme/orders:1.2.3']);
    expect([...tree].filter(([, each]) => each.includes('PUBLIC_NAME'))).toHaveLength(1);
    expect(tree.get('apps/teams/staging/checkout/kustomization.yaml')).toContain(
      '- orders.staging.shop.example.com',
    );
  });

  // The stack keeps a mirror, so every image comes from it.
  test.each([
    ['flux', 'apps/teams/production/checkout', 'delivery/access', 0],
    ['push', 'apps/production', 'delivery/access', 1],
  ] as const)('fits the platform as it is made, and %s delivers it', (gitops, overlay, allowed, places) => {
    const starter = starterOf('platform-aws', { answers: ALL_KINDS, pins: { gitops } }).files;
    const folder = copied(starter, /./);
    const image = '${REGISTRY}/ghcr/stefanprodan/podinfo:6.14.1';
    expect(runIn(folder)('orders', 'checkout', image).stderr).toBe('');
    expect(runIn(folder)('bills', 'checkout', image).stderr).toBe('');
    const tree = readTree(folder);
    expect(tree.get(`${overlay}/kustomization.yaml`)).toContain('- orders.shop.example.com');
    expect([...checkKustomizations(tree), ...checkPromql(tree)]).toEqual([]);
    expect(crossFindings(tree)).toEqual([]);
    expect(mentions(tree, allowed)).toBe(places);
  });
});

/** In a copy of the files that it reads, on another day; an empty text takes the file away. */
function runExceptions(change: FileTree, today: string) {
  const read =
    /^(?:apps|infra|platform|platform-config|policies)\/|^docs\/exceptions|^scripts\/check-exceptions/;
  const folder = copied(new Map([...files, ...change]), read);
  mkdirSync(join(folder, 'bin'));
  const soon = new Date(Date.parse(today) + 30 * 86_400_000).toISOString().slice(0, 10);
  writeFileSync(
    join(folder, 'bin/date'),
    `#!/bin/sh\ncase "$*" in *+30*) echo ${soon} ;; *) echo ${today} ;; esac\n`,
  );
  chmodSync(join(folder, 'bin/date'), 0o755);
  return spawnSync('bash', ['scripts/check-exceptions.sh'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  });
}

function copied(tree: FileTree, read: RegExp): string {
  const folder = scratch();
  for (const [path, content] of tree) {
    if (!read.test(path) || content === '') continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: path.startsWith('scripts/') ? 0o755 : 0o644 });
  }
  return folder;
}

test.each([
  ['AKS', 'city-services-azure', {}, '2028-06-30'],
  [
    'hosts of RKE2',
    'steel-works-talos',
    { answers: { windows: 'yes' }, pins: { distribution: 'rke2', cni: 'calico' } },
    '2031-10-14',
  ],
] as const)(
  'the calendar says until when Windows of nodes on %s gets updates',
  (_, example, changes, end) => {
    const made = starterOf(example, changes).files;
    expect(made.get('docs/runbooks/windows-nodes.md')).toContain('../upgrade-calendar.md');
    expect(made.get('docs/upgrade-calendar.md')).toMatch(new RegExp(`Windows Server 2022.*${end}`));
    expect(made.get('docs/cost-to-own.md')).toMatch(new RegExp(`Windows Server 2022.*${end}`));
  },
);
