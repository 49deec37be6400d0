/**
 * The examples, decided by the real program as far as they load other parts of it, the others within this process, where
 * a run costs a third. Golden trees are read when they change: UPDATE_GOLDEN=1 writes them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/cli/decide.ts';
import { readBase } from '../../src/files/base.ts';
import { checkMarkdownOf } from '../checks/markdown.ts';
import { chartroom, EXAMPLES, example, readTree, root, scratch } from './run.ts';
import { chartroomHere, said } from './said.ts';

const EXPECTED: Readonly<Record<(typeof EXAMPLES)[number], Readonly<Record<string, string>>>> = {
  'small-saas-gcp': {
    platform: 'serverless',
    'serverless-service': 'cloud-run',
    cni: 'not-needed',
    mesh: 'not-needed',
  },
  'platform-aws': {
    platform: 'kubernetes',
    'control-plane': 'managed',
    cni: 'aws-vpc-cni',
    edge: 'gateway-envoy',
    mesh: 'none',
    gitops: 'flux',
  },
  'city-services-azure': {
    platform: 'kubernetes',
    'control-plane': 'managed',
    cni: 'azure-cni-overlay',
    edge: 'ingress-haproxy',
    mesh: 'linkerd',
    gitops: 'flux',
  },
  'regulated-azure': { platform: 'kubernetes', cni: 'azure-cni-cilium', mesh: 'istio-sidecar' },
  'agency-site-aws': { platform: 'serverless', 'serverless-service': 'ecs-fargate', cni: 'not-needed' },
  'museum-tickets-azure': {
    platform: 'serverless',
    'serverless-service': 'container-apps',
    cni: 'not-needed',
  },
  'clinic-letters-azure': {
    platform: 'serverless',
    'serverless-service': 'container-apps',
    cni: 'not-needed',
  },
  'claims-desk-aws': { platform: 'serverless', 'serverless-service': 'ecs-fargate', mesh: 'not-needed' },
  'harvest-data-gcp': { platform: 'serverless', 'serverless-service': 'cloud-run' },
  'market-hall-aws': { platform: 'both', 'serverless-service': 'ecs-fargate', 'control-plane': 'managed' },
  'booking-portal-aws': { 'control-plane': 'managed', edge: 'gateway-traefik', gitops: 'argo-cd' },
  'shift-rota-aws': {
    'control-plane': 'managed-auto',
    autoscaling: 'provider-autoscaling',
    edge: 'gateway-cloud',
    gitops: 'argo-cd',
  },
  'city-libraries-aws': { topology: 'shared-cluster', 'tenant-isolation': 'namespace', gitops: 'flux' },
  'onprem-airgap': {
    platform: 'kubernetes',
    'control-plane': 'self-managed',
    distribution: 'rke2',
    cni: 'cilium',
  },
  'harbour-pilots-kubeadm': {
    distribution: 'kubeadm',
    cni: 'calico',
    edge: 'ingress-f5-nginx',
    mesh: 'linkerd',
    gitops: 'argo-cd',
  },
  'lecture-labs-gcp': {
    'control-plane': 'managed-auto',
    topology: 'cluster-per-tenant',
    'tenant-isolation': 'cluster',
  },
  'steel-works-talos': {
    platform: 'kubernetes',
    'control-plane': 'self-managed',
    distribution: 'talos',
    cni: 'cilium',
    edge: 'gateway-envoy',
    mesh: 'cilium-mesh',
    gitops: 'flux',
  },
  'booking-desk-aws': {
    'control-plane': 'managed',
    cni: 'aws-vpc-cni',
    edge: 'ingress-haproxy',
    mesh: 'linkerd',
    gitops: 'push',
  },
  'parcel-tracking-aws': {
    platform: 'kubernetes',
    'control-plane': 'managed',
    cni: 'cilium',
    edge: 'gateway-cilium',
    mesh: 'none',
    gitops: 'flux',
  },
  'ride-dispatch-gcp': {
    platform: 'kubernetes',
    'control-plane': 'managed',
    cni: 'gke-dataplane-v2',
    edge: 'gateway-cloud',
    mesh: 'istio-ambient',
    gitops: 'argo-cd',
    'data-services': 'managed-database',
    upgrades: 'release-channel',
  },
  'concert-tickets-gcp': {
    platform: 'kubernetes',
    'control-plane': 'managed-auto',
    cni: 'gke-dataplane-v2',
    edge: 'gateway-cloud',
    metrics: 'managed-metrics',
    logs: 'managed-logs',
    traces: 'managed-traces',
  },
};
const VERDICTS = [
  'only-option',
  'clear',
  'narrow',
  'depends-on-weighting',
  'won-by-default',
  'toss-up',
  'not-settled',
];

interface Json {
  readonly decisions: readonly { id: string; status: string; pick: string | null; verdict: string | null }[];
}

/** One at least for each way to run containers in each cloud, which is what decides the bundles that are loaded. */
const BY_PROGRAM: readonly (typeof EXAMPLES)[number][] = [
  'small-saas-gcp',
  'platform-aws',
  'city-services-azure',
  'regulated-azure',
  'onprem-airgap',
  'market-hall-aws',
  'museum-tickets-azure',
  'shift-rota-aws',
  'ride-dispatch-gcp',
  'concert-tickets-gcp',
];

const runOf = async (name: (typeof EXAMPLES)[number]) => {
  const out = join(scratch(), 'out');
  const args = ['decide', example(name), '--out', out, '--json'];
  const written = BY_PROGRAM.includes(name) ? chartroom(args) : await chartroomHere(args);
  return { name, out, written, tree: readTree(out) };
};
const RUNS: Awaited<ReturnType<typeof runOf>>[] = [];
for (const name of EXAMPLES) RUNS.push(await runOf(name));

test('the program itself has decided an example for each way to run containers in each cloud', () => {
  const ways = ({ name, written }: (typeof RUNS)[number]): readonly string[] => {
    const { decisions } = JSON.parse(written.stdout) as Json;
    return decisions
      .filter(({ id, pick }) => /^(?:serverless-service|control-plane)$/.test(id) && pick !== null)
      .map(({ id, pick }) => `${/(?<=-)(?:aws|azure|gcp)$/.exec(name)} ${id} ${pick}`);
  };
  const byProgram = new Set(RUNS.filter(({ name }) => BY_PROGRAM.includes(name)).flatMap(ways));
  expect(RUNS.flatMap(ways).filter(way => !byProgram.has(way))).toEqual([]);
});

test('no page has a Markdown finding or a relative link that leads nowhere', async () => {
  expect(await checkMarkdownOf(RUNS.map(({ tree }) => tree))).toEqual([]);
});

test('the same comes out, byte by byte, in another directory and from the answers that were saved', () => {
  for (const { name, out, tree } of RUNS.slice(0, 3)) {
    const again = join(scratch(), 'again');
    expect(chartroom(['decide', join(out, '.chartroom/answers.yaml'), '--out', again]).code).toBe(0);
    expect(readTree(again), name).toEqual(tree);
  }
});

describe.each(RUNS)('$name', ({ name, out, written, tree }) => {
  const base = tree.get('.chartroom/base.txt') ?? '';

  test('is decided and written', () => {
    expect(written.stderr).toContain(`${tree.size - 2} created`);
    expect(written.code).toBe(0);
  });

  test('keeps what it wrote for the next run to merge with', () => {
    const texts = readBase(base);
    expect(texts.size).toBeGreaterThan(8);
    for (const [path, text] of texts) expect(text, path).toBe(tree.get(path));
  });

  test('names platform, pick and verdict of every decision as JSON', () => {
    const json = JSON.parse(written.stdout) as Json;
    const picks = Object.fromEntries(json.decisions.map(one => [one.id, one.pick ?? one.status]));
    expect(picks).toMatchObject(EXPECTED[name]);
    for (const one of json.decisions) {
      if (one.status === 'decided') expect(VERDICTS).toContain(one.verdict);
      else expect(one.verdict).toBeNull();
    }
  });

  test('changes nothing when it is written again into its own directory, from the answers it saved there', async () => {
    const answers = join(out, '.chartroom/answers.yaml');
    // One by the program itself; within this process a run costs a third.
    if (name === RUNS[0]?.name)
      expect(chartroom(['decide', answers, '--out', out]).stderr).toContain('all unchanged');
    else expect((await said(() => decide([answers], { out })))[1]).toContain('all unchanged');
    expect(readTree(out)).toEqual(tree);
  });

  test('is the golden tree', () => {
    const golden = join(root, 'test/golden', name);
    // It repeats the others, word for word.
    const read = new Map([...tree].filter(([path]) => path !== '.chartroom/base.txt'));
    if (process.env.UPDATE_GOLDEN === '1') {
      rmSync(golden, { recursive: true, force: true });
      for (const [path, text] of read) {
        mkdirSync(dirname(join(golden, path)), { recursive: true });
        writeFileSync(join(golden, path), text);
      }
    }
    const expected = readTree(golden);
    expect([...read.keys()]).toEqual([...expected.keys()]);
    for (const [path, text] of read) expect(text, path).toBe(expected.get(path));
  });
});
