/** Runs `decide --only adr` within the test: the same functions, without starting a program for each run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { AdrHistory } from '../../src/adr/adr-history.ts';
import { patchStanding } from '../../src/adr/patch-standing.ts';
import { readStatus } from '../../src/adr/standing.ts';
import { writeAnswers } from '../../src/answers/write.ts';
import { type Decision, decideAll } from '../../src/cli/decide-all.ts';
import { lockHead } from '../../src/cli/lock-head.ts';
import { ANSWERS_PATH, covers } from '../../src/cli/output-paths.ts';
import { produceRepository } from '../../src/cli/produce.ts';
import { planOutput, type Target } from '../../src/cli/write-tree.ts';
import type { Answer, Id } from '../../src/content/catalogue.ts';
import { readCompiled } from '../../src/content/compiled.ts';
import { createEngine } from '../../src/engine/compile.ts';
import type { Input } from '../../src/engine/decide.ts';
import type { Pin } from '../../src/engine/outcome.ts';
import type { ReadyPlan } from '../../src/files/plan.ts';
import { needsHands } from '../../src/files/planned-change.ts';
import { writePlan } from '../../src/files/write.ts';
import { contents, put } from '../files/scratch.ts';
import { root } from './run.ts';

// As the build compiled it, which is read in a hundredth of the time.
export const shipped = readCompiled(readFileSync(join(root, 'dist/catalogue.json'), 'utf8'));
const engine = createEngine(shipped);
const decided = new Map<string, Decision>();

export interface AgainOptions {
  readonly pins?: Readonly<Record<Id, Pin>>;
  readonly only?: 'everything' | 'adr';
  readonly target?: Partial<Target>;
  readonly asOf?: string;
}
export interface Again {
  readonly plan: ReadyPlan;
  readonly notes: readonly string[];
  /** Paths that somebody has to bring together by hand. */
  readonly left: readonly string[];
}

export function planAgain(
  directory: string,
  answers: Readonly<Record<Id, Answer>>,
  { pins = {}, only = 'adr', target = {}, asOf = '2026-11-20' }: AgainOptions = {},
) {
  const input = { answers: new Map(Object.entries(answers)), pins: new Map(Object.entries(pins)), asOf };
  const project = { name: 'shop' };
  const key = JSON.stringify([answers, pins, asOf]);
  const decision = decided.get(key) ?? quickly(input);
  decided.set(key, decision);
  const produce = (history: AdrHistory) => {
    const repository = produceRepository(shipped, project, decision, only, history);
    return {
      ...repository,
      tree: new Map([...repository.files, [ANSWERS_PATH, writeAnswers({ ...input, project })]]),
      head: lockHead(shipped, input, project, repository.memory),
      covers: covers(only, history.folder),
    };
  };
  return planOutput(produce, {
    directory,
    place: 'repository',
    form: null,
    existing: 'refuse',
    edited: 'merge',
    ...target,
  });
}

/** What would change a pick is looked for elsewhere, and costs most of a run. */
function quickly(input: Input): Decision {
  const { stack, exitCode } = decideAll(engine, input);
  return { stack, flips: [], conflicts: [], figures: [], exitCode };
}

export async function again(
  directory: string,
  answers: Readonly<Record<Id, Answer>>,
  options: AgainOptions = {},
): Promise<Again> {
  const { plan, output } = planAgain(directory, answers, options);
  if (plan.status !== 'ready') throw new Error(JSON.stringify(plan));
  expect((await writePlan(plan)).status).toBe('written');
  return { plan, notes: output?.notes ?? [], left: plan.changes.filter(needsHands).map(({ path }) => path) };
}

/** The records by decision, as their front matter names it. */
export function recordsIn(directory: string): ReadonlyMap<string, readonly { path: string; text: string }[]> {
  const found = new Map<string, { path: string; text: string }[]>();
  for (const [path, text] of Object.entries(contents(directory))) {
    const id = /^tags: \[([a-z-]+)/m.exec(text)?.[1];
    if (id !== undefined && path.endsWith('.md')) found.set(id, [...(found.get(id) ?? []), { path, text }]);
  }
  return found;
}

/** By hand, as in an editor: the record alone says so. */
export function sign(directory: string, path: string, status: 'accepted' | 'rejected'): void {
  const text = contents(directory)[path] ?? '';
  const standing = { status, date: '2026-12-24', deciders: ['Ada'], successor: null };
  put(directory, { [path]: patchStanding(text, standing) ?? text });
  expect(readStatus(contents(directory)[path] ?? '')).toBe(status);
}
