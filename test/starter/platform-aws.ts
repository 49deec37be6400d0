/** The stack of examples/platform-aws.yaml, decided by the engine from the sources as they are. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { numberAdrs } from '../../src/adr/number.ts';
import { parseAnswers } from '../../src/answers/parse.ts';
import type { Answer, Catalogue, Id } from '../../src/content/catalogue.ts';
import type { Project } from '../../src/content/project.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Pin } from '../../src/engine/outcome.ts';
import { generateStarter, type Starter } from '../../src/starter/generate.ts';
import type { StarterInput } from '../../src/starter/part.ts';
import { shippedCatalogue } from '../content/shipped.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export const catalogue: Catalogue = shippedCatalogue;
const engine = createEngine(catalogue);

interface Changes {
  readonly answers?: Readonly<Record<Id, Answer>>;
  readonly pins?: Readonly<Record<Id, Id>>;
  readonly project?: Partial<Project>;
}

/** An example as a starter's input, with answers, pins and project details changed. */
export function exampleInput(
  name: string,
  { answers = {}, pins = {}, project = {} }: Changes = {},
): StarterInput {
  const path = join(ROOT, 'examples', `${name}.yaml`);
  const { file, diagnostics } = parseAnswers(readFileSync(path, 'utf8'), path, catalogue);
  if (file === null) throw new Error(JSON.stringify(diagnostics[0]));
  const pinned = Object.entries(pins).map(([decision, choose]): [Id, Pin] => [
    decision,
    { choose, because: 'Asked for by this test.' },
  ]);
  const stack = decide(engine, {
    answers: new Map([...file.answers, ...Object.entries(answers)]),
    pins: new Map([...file.pins, ...pinned]),
    asOf: '2026-11-20',
  });
  const numbers = numberAdrs(stack, catalogue);
  return {
    stack,
    catalogue,
    project: { ...file.project, ...project },
    adrOf: decision => numbers.get(decision) ?? null,
  };
}

/** Options that platform-aws is not advised to take, and that are generated all the same. */
export const OTHER_CHOICES: Readonly<Record<Id, Id>> = {
  backup: 'velero',
  'image-signing': 'none',
  'policy-engine': 'validating-admission-policy',
};

/** Every kind of workload that a sample is generated for. */
export const ALL_KINDS: Readonly<Record<Id, Answer>> = {
  'workload-kinds': ['web', 'worker', 'batch', 'stateful', 'agent'],
};

const starters = new Map<string, Starter>();

/** Nobody changes a starter, so each is generated once for all tests of a worker. */
export function starterOf(name: string, changes: Changes = {}): Starter {
  const key = JSON.stringify([name, changes], (_, value) => (value === undefined ? 'left out' : value));
  const made = starters.get(key) ?? generateStarter(exampleInput(name, changes));
  starters.set(key, made);
  return made;
}
