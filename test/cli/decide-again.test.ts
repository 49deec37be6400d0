/** `decide` into a directory that it wrote before, as a user runs it. */
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDecisions, schemaErrors } from '../adr/json-schemas.ts';
import { contents, put } from '../files/scratch.ts';
import { chartroom, example, scratch as scratchFor } from './run.ts';
import { chartroomHere } from './said.ts';

const DECIDE = ['decide', example('small-saas-gcp'), '--only', 'adr', '--out'];
const INDEX = 'docs/adr/index.md';
const RECORD = 'docs/adr/0001-platform-serverless-container-service.md';

interface Plan {
  readonly status: string;
  readonly written: boolean;
  readonly files: readonly { path: string; change: string; 'needs-you': boolean; diff?: readonly string[] }[];
}

describe('a directory that was edited since', () => {
  const out = join(scratchFor(), 'out');
  const first = chartroom([...DECIDE, out]);
  const generated = contents(out);
  const edited = {
    [RECORD]: (generated[RECORD] ?? '').replace(
      '3 services will run within a year.',
      'We run three services.',
    ),
    [INDEX]: `${generated[INDEX]}\nRead ADR-0001 first.\n`,
  };
  put(out, edited);

  test('is shown what would change, with the lines, and nothing is written', async () => {
    expect(first.code).toBe(0);
    const before = contents(out);
    const dry = await chartroomHere([
      ...DECIDE,
      out,
      '--set',
      'services=4',
      '--as-of',
      '2026-11-21',
      '--dry-run',
    ]);
    expect(dry.stdout).toContain(`merge     ${RECORD} (with your edits; 1 conflict, marked)`);
    expect(dry.stdout).toContain(`merge     ${INDEX} (with your edits)`);
    expect(dry.stdout).toContain(`--- ${INDEX}\n+++ ${INDEX}\n@@ -`);
    expect(dry.stdout).toContain('+4 services will run within a year.');
    expect(dry.code).toBe(4);
    expect(contents(out)).toEqual(before);
  });

  test('is told the same as data, which the published schema describes', async () => {
    const { stdout, code } = await chartroomHere([
      ...DECIDE,
      out,
      '--set',
      'services=4',
      '--dry-run',
      '--json',
    ]);
    const json = JSON.parse(stdout) as { plan: Plan };
    expect(schemaErrors(isDecisions, json)).toEqual([]);
    expect(json.plan).toMatchObject({ status: 'ready', written: false });
    const record = json.plan.files.find(({ path }) => path === RECORD);
    expect(record).toMatchObject({ change: 'merge', 'needs-you': true });
    expect(record?.diff).toContain('+4 services will run within a year.');
    expect(code).toBe(4);
  });

  test('is merged: both texts stand where both changed a line, which is listed and ends in exit code 4', async () => {
    const result = await chartroomHere([...DECIDE, out, '--set', 'services=4', '--as-of', '2026-11-21']);
    expect(result.code).toBe(4);
    expect(result.stderr).toContain(`Left to bring together by hand: ${RECORD}.`);
    expect(result.stderr).toContain('+4 services will run within a year.');
    const files = contents(out);
    expect(files[RECORD]).toContain(
      '<<<<<<< yours\nWe run three services.\n=======\n4 services will run within a year.\n>>>>>>> chartroom\n',
    );
    expect(files[INDEX]).toMatch(/2026-11-21[\s\S]*Read ADR-0001 first\.\n$/);
  });
});

test('answers that are edited where they are stored are taken from there, and ours go beside yours when that is chosen', async () => {
  const out = join(scratchFor(), 'out');
  await chartroomHere([...DECIDE, out]);
  const stored = join(out, '.chartroom/answers.yaml');
  const text = readFileSync(stored, 'utf8').replace('services: 3', 'services: 4 # since May');
  put(out, { '.chartroom/answers.yaml': text, [INDEX]: 'mine\n' });
  const result = await chartroomHere([
    'decide',
    stored,
    '--only',
    'adr',
    '--out',
    out,
    '--edited',
    'beside',
    '--as-of',
    '2026-12-01',
  ]);
  expect(result.stderr).toContain(`kept      ${INDEX} (you edited it; ours is in ${INDEX}.new)`);
  expect(result.code).toBe(4);
  const files = contents(out);
  expect(files['.chartroom/answers.yaml']).toBe(text.replace('as-of: 2026-11-20', 'as-of: 2026-12-01'));
  expect(files[INDEX]).toBe('mine\n');
  expect(files[RECORD]).toContain('4 services will run within a year.');
});

test('a link out of the directory is named, and nothing is written through it or beside it', async () => {
  const [out, outside] = [scratchFor(), scratchFor()];
  put(outside, { 'mine.md': 'mine\n' });
  symlinkSync(outside, join(out, 'docs'));
  const result = await chartroomHere([...DECIDE, out, '--into-existing']);
  expect(result.stderr).toMatch(
    /^docs: link-in-path: .*\n {2}Replace it by a directory and run the command again\.$/m,
  );
  expect(result.code).toBe(2);
  expect(contents(outside)).toEqual({ 'mine.md': 'mine\n' });
  expect(contents(out)).toEqual({});
});

test('the ADR folder alone goes on from its own records', async () => {
  const folder = join(scratchFor(), 'adr');
  put(folder, {
    '0041-use-x.md': '# 41. Use X\n\nDate: 2024-02-02\n\n## Status\n\nAccepted\n\n## Context\n\nX.\n',
  });
  const adr = ['adr', example('small-saas-gcp'), '--out', folder];
  expect((await chartroomHere(adr)).code).toBe(2);
  expect((await chartroomHere([...adr, '--into-existing'])).code).toBe(0);
  const before = contents(folder);
  expect(before['0042-platform-serverless-container-service.md']).toMatch(/^# 42\. .*\n\nDate: /);
  const result = await chartroomHere(adr);
  expect(result.stderr).toContain('all unchanged');
  expect(contents(folder)).toEqual(before);
});

describe('a directory that gets another environment', () => {
  const out = join(scratchFor(), 'out');
  const run = (environments: number) =>
    chartroomHere([
      'decide',
      example('market-hall-aws'),
      '--out',
      out,
      '--set',
      `environments=${environments}`,
    ]);
  const vpc = (cluster: string) =>
    /vpc_cidr += "(.+)"/.exec(
      readFileSync(join(out, `infra/eks/envs/${cluster}.tfvars.example`), 'utf8'),
    )?.[1];

  test('keeps the addresses of the clusters that it has, and says so where it cannot', async () => {
    await run(2);
    const before = [vpc('staging'), vpc('production')];
    const second = await run(3);
    expect([vpc('staging'), vpc('production')]).toEqual(before);
    expect(before).not.toContain(vpc('development'));
    expect(second.stderr).not.toContain('The addresses of');
    const sixth = await run(6);
    expect(sixth.stderr).toContain('The addresses of production were');
  });
});
