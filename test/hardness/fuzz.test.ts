/**
 * Whatever is given to the program: no exception, no hang, no prototype changed, no file but in the output directory.
 * 20,000 inputs here, 50 times as many in the long mode (`npm run soak`).
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { rewriteAnswers } from '../../src/answers/rewrite.ts';
import { applySet } from '../../src/answers/set.ts';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { COMMANDS, WIZARD_FLAGS } from '../../src/cli/commands.ts';
import { readCompiled, writeCompiled } from '../../src/content/compiled.ts';
import type { Diagnostic } from '../../src/content/diagnostic.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { picks } from '../../src/engine/picks.ts';
import { planWrite } from '../../src/files/plan.ts';
import { readDirectory } from '../../src/files/read-directory.ts';
import { writePlan } from '../../src/files/write.ts';
import { wantsPlain, whyNoWizard } from '../../src/tui/terminal-check.ts';
import { shippedCatalogue } from '../content/shipped.ts';
import { scratch } from '../files/scratch.ts';
import { damaged, piece } from './mutations.ts';

const LONG = process.env.CHARTROOM_LONG === '1';
const TIMES = LONG ? 50 : 1;
if (LONG) vi.setConfig({ testTimeout: 3_600_000 });
const LONGEST_MS = 2000;

const root = resolve(import.meta.dirname, '../..');
const catalogue = readCompiled(writeCompiled(shippedCatalogue));
const engine = createEngine(catalogue);

const texts = ['examples', 'test/fixtures/answers/valid', 'test/fixtures/answers/invalid'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => name.endsWith('.yaml'))
    .map(name => readFileSync(join(root, folder, name), 'utf8'))
    .filter(text => text.length < 3000),
);

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype];
const known = prototypes.map(prototype => Reflect.ownKeys(prototype).length);
afterEach(() => {
  expect(prototypes.map(prototype => Reflect.ownKeys(prototype).length)).toEqual(known);
  expect(Reflect.get({}, 'polluted')).toBe(undefined);
});

let before = process.cpuUsage();
let since = performance.now();

/**
 * Runs, within the time that a person waits; of the processor, since the machine may be busy with other things. That is
 * only asked for where the clock gives a reason, and is then counted from up to half a second earlier: to ask for it
 * costs more than most of what runs here.
 */
function run<T>(work: () => T): T {
  const start = performance.now();
  if (start - since > 500) [before, since] = [process.cpuUsage(), start];
  const result = work();
  if (performance.now() - start < LONGEST_MS) return result;
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1000;
  if (took > LONGEST_MS) throw new Error(`took ${Math.round(took)} ms of the processor`);
  return result;
}

function expectProper(diagnostics: readonly Diagnostic[]): void {
  for (const { code, line, column, message } of diagnostics) {
    if (!/^[a-z][a-z0-9-]*$/.test(code) || message === '' || !(line >= 0) || !(column >= 0)) {
      throw new Error(`an improper diagnostic: ${JSON.stringify({ code, line, column, message })}`);
    }
  }
}

const check = <T>(arbitrary: fc.Arbitrary<T>, count: number, body: (input: T) => void): void =>
  fc.assert(fc.property(arbitrary, body), { numRuns: count * TIMES });

describe('anything at all', () => {
  it('as an answers file is decided or refused with places', () => {
    let decided = 0;
    let refused = 0;
    check(damaged(texts), 6000, text => {
      const { file, diagnostics } = run(() => parseAnswers(text, 'answers.yaml', catalogue));
      expectProper(diagnostics);
      if (file === null) {
        refused++;
        return;
      }
      decided++;
      const { answers, pins } = file;
      const found = run(() => picks(engine, { answers, pins }));
      if (found.size !== catalogue.decisions.length) throw new Error('a decision is lost');
      if (decided % 20 === 0) {
        const changed = rewriteAnswers(file, { ...file, asOf: '2026-12-24' });
        if (parseAnswers(changed, 'again.yaml', catalogue).file?.asOf !== '2026-12-24')
          throw new Error(`does not read back: ${changed}`);
      }
    });
    expect([decided > 100, refused > 1000]).toEqual([true, true]);
  });

  const words = [
    ...COMMANDS.flatMap(command => [command.name, ...Object.keys(command.flags).map(flag => `--${flag}`)]),
    ...Object.keys(WIZARD_FLAGS).map(flag => `--${flag}`),
    ...['-h', '-V', '--', '-', '--no-json', '--json=x', '--out=', '--set', 'services=1', '=', 'help'],
  ];
  it('as a command line is a command, help, or wrong in one line', () => {
    const kinds = new Set<string>();
    const word = fc.oneof(fc.constantFrom(...words), piece);
    check(fc.array(word, { maxLength: 6 }), 8000, argv => {
      const parsed = run(() => parseCommandLine(argv));
      kinds.add(parsed.kind);
      if (parsed.kind === 'wrong' && parsed.message === '') throw new Error('wrong, and nothing said');
    });
    expect([...kinds].sort()).toEqual(['command', 'help', 'version', 'wizard', 'wrong']);
  });

  it('as --set is an answer or refused', () => {
    const id = fc.oneof(fc.constantFrom(...catalogue.questions.map(question => question.id)), piece);
    const value = fc.oneof(fc.constantFrom('aws', '1', 'yes', '', 'pci-dss,hipaa', 'unsure'), piece);
    const assignment = fc
      .tuple(id, fc.constantFrom('=', ' = ', '', '=='), value)
      .map(parts => parts.join(''));
    check(fc.array(assignment, { maxLength: 4 }), 3000, assignments => {
      const { answers, diagnostics } = run(() => applySet(new Map(), assignments, catalogue));
      expectProper(diagnostics);
      run(() => picks(engine, { answers, pins: new Map() }));
    });
  });

  it('as environment lets the wizard start or says why not', () => {
    const name = fc.constantFrom(
      'TERM',
      'CI',
      'NO_COLOR',
      'FORCE_COLOR',
      'LANG',
      'INK_SCREEN_READER',
      'COLUMNS',
    );
    const stream = fc.record({ isTTY: fc.boolean(), columns: fc.integer(), rows: fc.integer() });
    check(fc.tuple(fc.dictionary(name, piece), stream, stream), 2500, ([env, stdin, stdout]) => {
      run(() => wantsPlain(env));
      const why = run(() => whyNoWizard(env, stdin as never, stdout as never));
      if (why === '') throw new Error('no wizard, and nothing said');
    });
  });

  it('as the paths of a tree stays within the output directory', async () => {
    const name = fc.oneof(
      fc.constantFrom(
        'a',
        'A',
        'b',
        '..',
        '.',
        '',
        '/',
        'con',
        'NUL.txt',
        'lpt1',
        '.git',
        'git~1',
        'a ',
        'a.',
        'C:',
      ),
      fc.constantFrom('\\', 'e\u0301', 'é', 'ß', 'x'.repeat(250), '.chartroom', 'lock.json', 'README.md'),
      piece,
    );
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'));
    const tree = fc.array(fc.tuple(path, fc.constant('text\n')), { minLength: 1, maxLength: 4 });
    const parent = scratch();
    let written = 0;
    const head = { chartroom: '0', knowledge: '0', asOf: '2026-11-20' };
    await fc.assert(
      fc.asyncProperty(tree, async entries => {
        const files = new Map(entries);
        const directory = join(parent, 'inner', 'out');
        const reading = readDirectory(directory, files.keys());
        if ('problems' in reading) throw new Error('nothing is there, and it cannot be read');
        const plan = planWrite(files, reading.state, { head, existing: 'refuse' });
        if (plan.status !== 'ready') return;
        const result = await writePlan(plan);
        if (result.status !== 'written') throw new Error(JSON.stringify(result));
        written++;
        expect(readdirSync(parent)).toEqual(['inner']);
        expect(readdirSync(join(parent, 'inner'))).toEqual(['out']);
        rmSync(join(parent, 'inner'), { recursive: true });
      }),
      { numRuns: 300 * TIMES },
    );
    expect(written).toBeGreaterThan(10);
  });

  it('as a pack is loaded or refused with places', () => {
    const packs = join(root, 'test/fixtures/packs');
    const all = readdirSync(packs, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.yaml'),
    );
    const files = all.map(name => readFileSync(join(packs, name), 'utf8')).filter(text => text.length < 4000);
    const folder = join(scratch(), 'pack');
    mkdirSync(join(folder, 'questions'), { recursive: true });
    mkdirSync(join(folder, 'recommendations'));
    let refused = 0;
    check(fc.tuple(damaged(files), damaged(files)), 300, ([one, other]) => {
      writeFileSync(join(folder, 'questions/fuzz.yaml'), one);
      writeFileSync(join(folder, 'recommendations/fuzz.yaml'), other);
      const { catalogue: found, diagnostics } = run(() =>
        loadCatalogue([{ name: 'fuzz', version: '1', root: folder }]),
      );
      expectProper(diagnostics);
      if (found === null && diagnostics.length === 0) throw new Error('refused, and nothing said');
      if (found === null) refused++;
    });
    expect(refused).toBeGreaterThan(100);
  });
});
