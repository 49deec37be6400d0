/** `chartroom review`: what a team sees when knowledge, days and files have moved on since a repository was written. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { review } from '../../src/cli/review.ts';
import { status } from '../../src/cli/status.ts';
import { chartroom, example, readTree, root, scratch } from './run.ts';
import { said } from './said.ts';

const generated = join(scratch(), 'generated');
const DAY = { 'as-of': '2026-11-20' };

beforeAll(() => {
  expect(chartroom(['decide', example('platform-aws'), '--out', generated]).code).toBe(0);
});

function copy(): string {
  const directory = join(scratch(), 'copy');
  cpSync(generated, directory, { recursive: true });
  return directory;
}

function edit(directory: string, path: string, change: (text: string) => string): void {
  const file = join(directory, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

async function reviewed(
  directory: string,
  flags: Parameters<typeof review>[1] = DAY,
): Promise<[number, string]> {
  return said(() => review([directory], flags));
}

interface ReviewJson {
  readonly differs: boolean;
  readonly decisions: readonly {
    id: string;
    from: string;
    to: string;
    because: readonly { kind: string; id: string }[];
  }[];
  readonly facts: readonly { id: string; change: string }[];
  readonly due: readonly { number: number; 'review-by': string }[];
  readonly files: readonly { path: string; change: string; adr: number | null }[];
  readonly answers: readonly { question: string }[];
  readonly 'end-of-life': readonly { of: string }[];
}
async function asJson(
  directory: string,
  flags: Parameters<typeof review>[1] = DAY,
): Promise<[number, ReviewJson]> {
  const [code, text] = await reviewed(directory, { ...flags, json: true });
  return [code, JSON.parse(text)];
}

describe('chartroom review', () => {
  test('finds nothing on the day of the decision, by the real program, and writes nothing', () => {
    const before = readTree(generated);
    const result = chartroom(['review', generated, '--as-of', '2026-11-20']);
    expect(result.stdout).toMatch(
      /All \d+ decisions stand, no record is due, and \d+ files are as they were written\./,
    );
    expect(result.code).toBe(0);
    expect(readTree(generated)).toEqual(before);
  });

  test('names the decisions that other knowledge takes otherwise, with the rules that did it', async () => {
    const pack = [join(root, 'examples/packs/acme-house')];
    const [code, found] = await asJson(generated, { ...DAY, pack });
    expect(code).toBe(4);
    const gitops = found.decisions.find(({ id }) => id === 'gitops');
    expect(gitops).toMatchObject({ from: 'flux', to: 'argo-cd' });
    expect(gitops?.because).toContainEqual({
      kind: 'rule',
      id: 'gitops/acme-delivers-with-argo-cd',
      change: 'added',
    });
    expect((await reviewed(generated, { ...DAY, pack }))[1]).toMatch(/Delivery: Flux -> Argo CD/);
  });

  test('names facts that say otherwise by now', async () => {
    const directory = copy();
    const data = JSON.parse(readFileSync(join(directory, 'docs/adr/decisions.json'), 'utf8'));
    const [id = ''] = Object.keys(data.facts);
    edit(directory, 'docs/adr/decisions.json', text => {
      const old = JSON.parse(text);
      old.facts[id].says = 'It was different then.';
      old.facts['GONE-01'] = { ...old.facts[id], says: 'Nobody says this any more.' };
      return JSON.stringify(old);
    });
    const [code, { facts }] = await asJson(directory);
    expect(code).toBe(4);
    expect(facts.map(fact => [fact.id, fact.change])).toEqual([
      [id, 'changed'],
      ['GONE-01', 'removed'],
    ]);
  });

  test('names records whose day has come and versions out of support, but no record that no longer holds', async () => {
    const directory = copy();
    const [code, found] = await asJson(directory, { 'as-of': '2027-12-01' });
    expect(code).toBe(4);
    expect(found.due.length).toBeGreaterThan(5);
    expect(found.due.every(one => one['review-by'] <= '2027-12-01')).toBe(true);
    expect(found['end-of-life'].map(({ of }) => of)).toContain('kubernetes');
    expect(found.facts.every(({ change }) => change === 'overdue')).toBe(true);
    const numbers = found.due.map(({ number }) => number);
    await said(() => status(['1', 'rejected'], { dir: directory, ...DAY }));
    const [, later] = await asJson(directory, { 'as-of': '2027-12-01' });
    expect(later.due.map(({ number }) => number)).toEqual(numbers.filter(number => number !== 1));
  });

  test('names files that were edited or removed with the record they follow from; filled-in placeholders are no drift', async () => {
    const directory = copy();
    edit(directory, 'infra/eks/cni.tf', text =>
      text.replace('enableNetworkPolicy = "true"', 'enableNetworkPolicy = "false"'),
    );
    rmSync(join(directory, 'apps/base/demo-web/service.yaml'));
    const token = /REPLACE_ME_[A-Z0-9_]+/;
    const holders = [...readTree(directory)].filter(
      ([path, text]) => /^(?:infra|platform|\.github)/.test(path) && token.test(text),
    );
    expect(holders).not.toEqual([]);
    for (const [path] of holders)
      edit(directory, path, text => text.replaceAll(/REPLACE_ME_[A-Z0-9_]+/g, '123456789012'));
    const [code, { files }] = await asJson(directory);
    expect(code).toBe(4);
    const adr = Number(
      /Follows ADR-(\d+)/.exec(readFileSync(join(directory, 'infra/eks/cni.tf'), 'utf8'))?.[1],
    );
    expect(files).toEqual([
      { path: 'apps/base/demo-web/service.yaml', change: 'removed', adr: expect.any(Number) },
      { path: 'infra/eks/cni.tf', change: 'edited', adr },
    ]);
    expect((await reviewed(directory))[1]).toContain(
      `edited infra/eks/cni.tf (ADR-${String(adr).padStart(4, '0')})`,
    );
  });

  test('names answers that changed since, and not the status that somebody gave a record', async () => {
    const directory = copy();
    await said(() => status(['1', 'accepted'], { dir: directory, ...DAY }));
    expect((await asJson(directory))[0]).toBe(0);
    edit(directory, '.chartroom/answers.yaml', text => text.replace(/^( +services): \d+$/m, '$1: 3'));
    const [code, { answers }] = await asJson(directory);
    expect([code, answers.map(({ question }) => question)]).toEqual([4, ['services']]);
  });

  test('works for an ADR folder alone', async () => {
    const folder = join(scratch(), 'adr');
    expect(chartroom(['adr', example('small-saas-gcp'), '--out', folder]).code).toBe(0);
    expect(await reviewed(folder)).toEqual([0, expect.stringMatching(/no record is due/)]);
  });

  const broken: readonly (readonly [string, (directory: string) => void, RegExp])[] = [
    [
      'a directory that is not ours',
      directory => rmSync(directory, { recursive: true }),
      /nothing here was written by Chartroom/,
    ],
    ['a damaged lock file', directory => edit(directory, '.chartroom/lock.json', () => '{'), /damaged-lock/],
    [
      'lost decisions',
      directory => rmSync(join(directory, 'docs/adr/decisions.json')),
      /decisions\.json: what was decided cannot be read/,
    ],
    [
      'answers that nobody knows any more',
      directory =>
        edit(directory, '.chartroom/answers.yaml', text => text.replace('cloud: aws', 'cloud: moon')),
      /stored answers do not fit/,
    ],
    [
      'a pack that is not at hand',
      directory =>
        edit(directory, 'docs/adr/decisions.json', text =>
          text.replace('"packs": [', '"packs": [{"name": "house", "version": "1"},'),
        ),
      /taken with the pack house 1; name its folder with --pack/,
    ],
  ];
  test.each(broken)('says calmly that it cannot look at %s', async (_name, breakIt, message) => {
    const directory = copy();
    breakIt(directory);
    const [code, text] = await reviewed(directory);
    expect(text).toMatch(message);
    expect(code).toBe(2);
  });
});
