/** What goes wrong is named with its place, ends in exit code 2, and leaves nothing behind. */
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chartroom, example, scratch } from './run.ts';
import { chartroomHere } from './said.ts';

const HEAD = 'chartroom: 1\nproject: {name: shop}\nanswers:\n';
const BOMB = 'chartroom: 1\na: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n';

describe('an answers file that is wrong', () => {
  test.each([
    ['an unknown question', `${HEAD}  cluod: aws\n`, /:4:3: unknown-question: .*did you mean "cloud"/],
    ['an unknown answer', `${HEAD}  cloud: awss\n`, /:4:10: unknown-answer: .*did you mean "aws"/],
    ['a wrong type', `${HEAD}  cloud: aws\n  services: many\n`, /:5:13: wrong-type/],
    ['a number out of range', `${HEAD}  cloud: aws\n  services: 0\n`, /:5:13: /],
    ['a duplicate key', `${HEAD}  cloud: aws\n  cloud: gcp\n`, /:5:3: duplicate-key/],
    ['an alias bomb', BOMB, /alias/],
    [
      'an answers file of a newer format',
      'chartroom: 2\nproject: {name: shop}\nanswers: {cloud: aws}\n',
      /:1:12: .*newer/,
    ],
    [
      'a project name with a quote',
      'chartroom: 1\nproject: {name: "sh\\"op"}\nanswers: {cloud: aws}\n',
      /:2:/,
    ],
    ['a project name with ${', 'chartroom: 1\nproject: {name: "a${b}"}\nanswers: {cloud: aws}\n', /:2:/],
    [
      'a direction mark',
      'chartroom: 1\nproject: {name: shop, deciders: ["a\\u202Eb"]}\nanswers: {cloud: aws}\n',
      /:2:/,
    ],
    ['a tab', 'chartroom: 1\n\tproject: {name: shop}\n', /:2:/],
    ['a list', '- 1\n- 2\n', /wrong-type/],
    [
      'more clusters than one repository holds',
      `${HEAD}  cloud: aws\n  environments: 20\n  regions: 30\n  needs-kubernetes-api: yes\npins:\n  platform: {choose: kubernetes, because: x.}\n  topology: {choose: cluster-per-region-and-tier, because: x.}\n`,
      /:6:12: too-many-clusters: .*make \d+ clusters, and one repository holds 256/,
    ],
  ])('%s', async (name, text, message) => {
    const directory = scratch();
    const file = join(directory, 'answers.yaml');
    writeFileSync(file, text);
    const args = ['decide', file, '--out', join(directory, 'out')];
    // One by the program itself: to start it takes longer than to find what is wrong.
    const result = name === 'an unknown question' ? chartroom(args) : await chartroomHere(args);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).toContain(file);
    expect(result.code).toBe(2);
    expect(result.stdout).toBe('');
    expect(readdirSync(directory)).toEqual(['answers.yaml']);
  });

  test('all mistakes are told at once', () => {
    const result = chartroom(['check', '-'], {
      input: `${HEAD}  cluod: aws\n  services: many\n  windows: maybe\n`,
    });
    expect(result.stderr).toContain('standard input:4:3');
    expect(result.stderr).toContain('standard input:5:13');
    expect(result.stderr).toContain('standard input:6:12');
    expect(result.code).toBe(2);
  });

  test.each([
    ['ten megabytes', Buffer.alloc(10 * 1024 * 1024, 'a'), /too-large/],
    ['a binary file', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), /not-text/],
    ['text that is not UTF-8', Buffer.from([0x63, 0xff, 0xfe, 0x0a]), /not-text/],
    ['nothing at all', Buffer.from(''), /empty-file/],
  ])('%s', async (_, bytes, message) => {
    const directory = scratch();
    const file = join(directory, 'answers.yaml');
    writeFileSync(file, bytes);
    const result = await chartroomHere(['decide', file, '--out', join(directory, 'out')]);
    expect(result.stderr).toMatch(message);
    expect(result.code).toBe(2);
    expect(existsSync(join(directory, 'out'))).toBe(false);
  });

  test('no file, or a directory instead of one', async () => {
    const directory = scratch();
    expect(chartroom(['decide', join(directory, 'none.yaml')])).toMatchObject({ code: 2, stdout: '' });
    const result = await chartroomHere(['decide', directory]);
    expect(result.stderr).toMatch(/is-directory/);
    expect(result.code).toBe(2);
  });

  test('--set is checked like the file', async () => {
    const result = await chartroomHere([
      'decide',
      example('platform-aws'),
      '--set',
      'servces=3',
      '--set',
      'windows=perhaps',
    ]);
    expect(result.stderr).toMatch(/--set servces=3: unknown-question: .*"services"/);
    expect(result.stderr).toMatch(/--set windows=perhaps: unknown-answer/);
    expect(result.code).toBe(2);
  });
});

test('required answers that are missing are named, with exit code 5', () => {
  const result = chartroom(['decide', '-'], {
    input: 'chartroom: 1\nproject: {name: shop}\nanswers: {services: 3}\n',
  });
  expect(result.stderr).toContain('cloud');
  expect(result.code).toBe(5);
});

describe('an output directory that is wrong', () => {
  test('holds something that is not ours: refused, then joined when asked, and nothing of it is overwritten', () => {
    const out = scratch();
    writeFileSync(join(out, 'README.md'), 'mine\n');
    const refused = chartroom(['decide', example('small-saas-gcp'), '--out', out]);
    expect(refused.stderr).toMatch(/--into-existing/);
    expect(refused.code).toBe(2);
    expect(readdirSync(out)).toEqual(['README.md']);
    const joined = chartroom(['decide', example('small-saas-gcp'), '--out', out, '--into-existing']);
    expect(joined.stderr).toContain('README.md.new');
    expect(joined.code).toBe(0);
  });

  test('is a file', async () => {
    const out = join(scratch(), 'file');
    writeFileSync(out, 'mine\n');
    const result = await chartroomHere(['decide', example('small-saas-gcp'), '--out', out]);
    expect(result.stderr).toContain(out);
    expect(result.code).toBe(2);
  });

  // The tests may run as root, whom no permission stops; a file as parent directory fails for everybody.
  test('cannot be made', () => {
    const parent = join(scratch(), 'parent');
    writeFileSync(parent, '');
    const result = chartroom(['decide', example('small-saas-gcp'), '--out', join(parent, 'out')]);
    expect(result.stderr).not.toMatch(/\bat .*\.cjs/);
    expect(result.code).toBe(2);
  });

  test('may not be written', () => {
    const parent = scratch();
    chmodSync(parent, 0o555);
    const result = chartroom(['decide', example('small-saas-gcp'), '--out', join(parent, 'out')], {
      asNobody: true,
    });
    expect(result.stderr).toContain(join(parent, 'out'));
    expect(result.code).toBe(2);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('--dry-run writes nothing and lists what it would', async () => {
    const out = join(scratch(), 'out');
    const result = await chartroomHere(['decide', example('small-saas-gcp'), '--out', out, '--dry-run']);
    expect(result.stdout).toMatch(/^create +docs\/adr\/0001-/m);
    expect(result.code).toBe(0);
    expect(existsSync(out)).toBe(false);
  });
});

test('without a terminal there is no wizard but the way to do without', () => {
  const result = chartroom([]);
  expect(result.stderr).toContain('chartroom answers');
  expect(result.code).toBe(2);
});

test('a pin against what cannot work gives the ADRs, no starter, and exit code 3', () => {
  const directory = scratch();
  mkdirSync(directory, { recursive: true });
  const out = join(directory, 'out');
  const input =
    'chartroom: 1\nproject: {name: shop}\nanswers: {cloud: aws, windows: "yes", services: 40, teams: 8}\npins:\n  platform: {choose: kubernetes, because: Group standard.}\n  control-plane: {choose: managed-auto, because: We like it.}\n';
  const result = chartroom(['decide', '-', '--out', out], { input });
  expect(result.code).toBe(3);
  expect(existsSync(join(out, 'docs/adr/index.md'))).toBe(true);
  expect(existsSync(join(out, 'infra'))).toBe(false);
});
