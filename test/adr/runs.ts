/** Whole runs over the shipped content: the examples, teams that differ from them, and two made from what the content asks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AdrLink, numberAdrs } from '../../src/adr/number.ts';
import { writeAdrs } from '../../src/adr/write.ts';
import { parseAnswers } from '../../src/answers/parse.ts';
import { type Answer, type Catalogue, type Id, UNSURE } from '../../src/content/catalogue.ts';
import type { Project } from '../../src/content/project.ts';
import { figuresOf } from '../../src/engine/arithmetic/figures.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { flips } from '../../src/engine/flips.ts';
import type { Flip, Pin, Stack } from '../../src/engine/outcome.ts';
import type { FileTree } from '../../src/files/tree.ts';
import { shippedCatalogue } from '../content/shipped.ts';

export interface AdrRun {
  readonly name: string;
  readonly stack: Stack;
  readonly catalogue: Catalogue;
  readonly project: Project;
  readonly flips: readonly Flip[];
  readonly numbers: ReadonlyMap<Id, AdrLink>;
  readonly tree: FileTree;
}

const root = resolve(import.meta.dirname, '../..');
export const shipped: Catalogue = shippedCatalogue;
const engine = createEngine(shipped);

interface Given {
  readonly answers: ReadonlyMap<Id, Answer>;
  readonly pins: ReadonlyMap<Id, Pin>;
  readonly project: Project;
}

function runWith(name: string, { answers, pins, project }: Given): AdrRun {
  const input = { answers, pins, asOf: '2026-11-20' };
  const stack = decide(engine, input);
  const found = flips(engine, input, 1);
  const numbers = numberAdrs(stack, shipped);
  const tree = writeAdrs({
    stack,
    catalogue: shipped,
    project,
    flips: found,
    numbers,
    checks: [],
    figures: figuresOf(stack, project.network),
  });
  return { name, stack, catalogue: shipped, project, flips: found, numbers, tree };
}

function filesIn(folder: string): readonly (readonly [string, Given])[] {
  return readdirSync(join(root, folder))
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .map(file => {
      const { file: parsed, diagnostics } = parseAnswers(
        readFileSync(join(root, folder, file), 'utf8'),
        file,
        shipped,
      );
      if (parsed === null)
        throw new Error(`${folder}/${file} has mistakes: ${JSON.stringify(diagnostics[0])}`);
      return [file, parsed];
    });
}

const examples = filesIn('examples');
const personas = filesIn('test/fixtures/personas');

function example(name: string): Given {
  const found = examples.find(([file]) => file === name)?.[1];
  if (found === undefined) throw new Error(`there is no example ${name}`);
  return found;
}

/** Every second answer is unsure, whatever is asked by then. */
function halfUnsure({ answers, project }: Given): Given {
  const given = [...answers].map(([id, answer], index): [Id, Answer] => [
    id,
    index % 2 === 1 && id !== 'cloud' ? UNSURE : answer,
  ]);
  return { answers: new Map(given), pins: new Map(), project };
}

/** Every decision is pinned: to the second best option where the others can follow, else to the advice. */
function allPinned({ answers, project }: Given): Given {
  const pins = new Map<Id, Pin>();
  const because = 'The group has agreed on it.';
  const advice = decide(engine, { answers, pins, asOf: '2026-11-20' });
  for (const outcome of advice.outcomes) {
    if (outcome.status !== 'decided') continue;
    const { decision, pick, runnerUp } = outcome;
    const second = new Map(pins).set(decision, { choose: runnerUp ?? pick, because });
    const after = decide(engine, { answers, pins: second, asOf: '2026-11-20' }).outcomes;
    const works =
      after.every(one => one.status !== 'impossible') &&
      after.some(one => one.decision === decision && one.status === 'decided');
    pins.set(decision, { choose: works ? (runnerUp ?? pick) : pick, because });
  }
  return { answers, pins, project };
}

/** Teams beside the examples. */
export const PERSONAS: readonly AdrRun[] = [
  ...personas.map(([file, given]) => runWith(file, given)),
  runWith('half-unsure', halfUnsure(example('platform-aws.yaml'))),
  runWith('all-pinned', allPinned(example('regulated-azure.yaml'))),
];
export const RUNS: readonly AdrRun[] = [
  ...examples.map(([file, given]) => runWith(file, given)),
  ...PERSONAS,
];
