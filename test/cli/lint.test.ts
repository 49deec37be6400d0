/** `chartroom lint` and packs: by the real program, and on small content in this process. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { lint } from '../../src/cli/lint.ts';
import { lintJson } from '../../src/cli/lint-json.ts';
import { proveContent } from '../../src/cli/prove-content.ts';
import { readCompiled } from '../../src/content/compiled.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { picks } from '../../src/engine/picks.ts';
import { DAY, loadPack, PACKS } from '../proof/packs.ts';
import { chartroom, example, readTree, root, scratch } from './run.ts';
import { said } from './said.ts';

const ACME = join(root, 'examples/packs/acme-house');

interface Report {
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly subject: string | null;
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly message: string;
    readonly reproduction: readonly string[];
  }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly presets: readonly {
    readonly id: string;
    readonly 'open-questions': number;
    readonly 'asked-at-most': number;
  }[];
  readonly 'facts-checked': Readonly<Record<string, number>>;
  readonly queries: { readonly simulated: number; readonly solved: number };
  readonly seconds: number;
}
const lintOf = (...args: readonly string[]) => {
  const result = chartroom(['lint', '--json', ...args]);
  return { ...result, report: JSON.parse(result.stdout) as Report };
};
const newest = readCompiled(readFileSync(join(root, 'dist/catalogue.json'), 'utf8')).newest;

/** A pack in a folder of its own. */
function packOf(files: Readonly<Record<string, string>>): string {
  const folder = join(scratch(), 'house');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('our own content', () => {
  test('is proven, what was looked at is counted, and it gets old: a failure where lint is strict', () => {
    const { code, report } = lintOf('--as-of', '2031-01-01', '--strict');
    const told = report.findings.filter(({ severity }) => severity !== 'note');
    expect(new Set(told.map(({ severity, code: what }) => `${severity} ${what}`))).toEqual(
      new Set(['warning past-review', 'warning end-of-life']),
    );
    expect(code).toBe(2);
    expect(report.counts.scenarios).toBeGreaterThanOrEqual(30);
    expect(report.counts.rules).toBeGreaterThan(100);
    expect(report.presets).toHaveLength(6);
    for (const preset of report.presets) {
      expect(preset['asked-at-most']).toBe(25);
      expect(preset['open-questions']).toBeLessThanOrEqual(25);
    }
    const days = Object.entries(report['facts-checked']);
    expect(days.reduce((sum, [, count]) => sum + count, 0)).toBe(report.counts.facts);
    expect(report.queries.solved).toBeGreaterThan(50);
  });
});

describe('a pack', () => {
  test('with mistakes is told all of them at once, each with its place', () => {
    const pack = packOf({
      'recommendations/gitops.yaml': `decision: gitops
rules:
  - {id: typo, when: {clould: aws}, favors: flux, driver: cost, because: There is a typo.}
  - {id: without-because, when: {cloud: aws}, favors: flux, driver: cost}
  - {id: web-interface, when: {cloud: aws}, favors: flux, driver: cost, because: It is there twice.}
`,
      'recommendations/platform.yaml': `decision: platform
rules:
  - {id: in-a-circle, when: {decision.mesh: linkerd}, favors: kubernetes, driver: cost, because: The mesh waits for it.}
`,
      'recommendations/facts/house.yaml': `facts:
  - {id: HOUSE-01, says: It has no date., kind: hard, source: {url: https://example.com/house, title: House, publisher: Example}}
`,
    });
    const { code, stdout, stderr } = chartroom(['lint', '--pack', pack]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    for (const line of [
      /gitops\.yaml:3:23: unknown-question: no question "clould"; did you mean "cloud"\?/,
      /gitops\.yaml:4:5: missing-because: "because" is missing/,
      /gitops\.yaml:5:10: duplicate-id: the rule "gitops\/web-interface" is already defined/,
      /platform\.yaml:3:29: cycle: each waits for the next: /,
      /house\.yaml:2:5: missing-key: "checked" is missing/,
    ]) {
      expect(stderr).toMatch(line);
    }
    expect(stderr.match(/: cycle: /g)).toHaveLength(1);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+\)/);
    const { report } = lintOf('--pack', pack);
    expect(report.findings.map(one => one.code)).toContain('cycle');
  });

  test('with an option that nobody can pick is told so, with answers that decide confirms', () => {
    const content = loadPack('option-that-never-wins');
    const pack = join(PACKS, 'option-that-never-wins');
    const proven = proveContent({ ...content, packs: [pack] }, DAY, () => undefined);
    const { findings } = lintJson(proven, 0) as Report;
    expect(
      findings.map(one => `${one.severity} ${one.code} ${one.subject} ${one.line}:${one.column}`),
    ).toEqual(['error never-wins option:mesh/consul 4:3']);
    const [finding] = findings;
    expect(resolve(finding?.file ?? '')).toBe(join(pack, 'recommendations/mesh.yaml'));
    const [shown] = finding?.reproduction ?? [];
    const { file } = parseAnswers(shown ?? '', 'shown.yaml', content.catalogue);
    if (file === null) throw new Error(shown);
    const mesh = picks(createEngine(content.catalogue), file).get('mesh');
    expect(
      content.catalogue.decisions.find(({ id }) => id === 'mesh')?.options.map(({ id }) => id),
    ).toContain(mesh);
    expect(mesh).not.toBe('consul');
  });
});

test.each([
  ['sound', {}, 0],
  ['sound', { strict: true }, 0],
  ['fact-past-its-review', {}, 0],
  ['fact-past-its-review', { strict: true }, 2],
  ['fact-that-nobody-cites', {}, 2],
])('content like %s with %o ends with %i', async (name, flags, code) => {
  const [found] = await said(() => lint([], { ...flags, 'as-of': DAY }), loadPack(name));
  expect(found).toBe(code);
});

describe('the example pack', () => {
  test('is proven beside our content; what it takes away from that is for reading', () => {
    const { code, report } = lintOf('--pack', ACME, '--as-of', newest);
    expect(report.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(code).toBe(0);
    const banned = report.findings.find(({ subject }) => subject === 'option:mesh/istio-sidecar');
    expect(banned?.message).toMatch(/^with these packs, no answers make Istio with sidecars the pick/);
  });

  test('bans, mandates, adds an option, a question and facts; records name it and its version', () => {
    const out = join(scratch(), 'platform');
    const flags = ['--pack', ACME, '--set', 'acme-shop-traffic=yes'];
    const { code, stdout, stderr } = chartroom(['decide', example('platform-aws'), '--out', out, ...flags]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('Nothing is generated for acme-central-edge'),
    ]);
    expect(stdout).toMatch(/Edge\s+Acme's central load balancers \(only option\)/);
    expect(stdout).toMatch(/Delivery\s+Argo CD \(only option\)/);
    const tree = readTree(out);
    const record = (name: string) => [...tree].find(([path]) => path.includes(name))?.[1] ?? '';
    expect(record('edge-acmes-central')).toMatch(
      /`edge\/acme-shops-come-in-centrally`.*\(acme-house 2026\.11, E1\)/,
    );
    expect(record('edge-acmes-central')).toContain("The traffic of Acme's shops reaches these services");
    expect(record('service-mesh')).toMatch(
      /Ruled out \(forbidden\) by `mesh\/acme-without-sidecars`.*\(acme-house 2026\.11, E\d+\)/,
    );
    expect(record('delivery-argo-cd')).toMatch(/E\d+, ACME-03: Teams are trained for Argo CD/);
    const { packs } = JSON.parse(tree.get('docs/adr/decisions.json') ?? '{}') as {
      packs: readonly unknown[];
    };
    expect(packs).toContainEqual({ name: 'acme-house', version: '2026.11' });
  });

  test('is asked about and told where its name is wrong', () => {
    const pack = packOf({ 'pack.yaml': 'pack: House\nversion: 1\n', 'questions/none.yaml': 'topic: x\n' });
    const { code, stderr } = chartroom(['answers', '--pack', pack]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/pack\.yaml:1:7: bad-id/);
    expect(stderr).toMatch(/pack\.yaml:2:10: wrong-type: "version" is the number 1/);
    expect(chartroom(['answers', '--pack', ACME]).stdout).toContain('acme-shop-traffic:');
  });
});
