/** Decisions per second: our engine beside json-rules-engine on the same rules and answers. Both find the same fired rules. */
import { join, resolve } from 'node:path';
import { Engine as PeerEngine, type TopLevelCondition } from 'json-rules-engine';
import type { Answer, Answers, Catalogue, Condition, Question } from '../src/content/catalogue.ts';
import { loadCatalogue } from '../src/content/load.ts';
import { createEngine } from '../src/engine/compile.ts';
import { decide } from '../src/engine/decide.ts';
import type { Stack } from '../src/engine/outcome.ts';
import { median } from './processes.ts';

const root = resolve(import.meta.dirname, '..');
const AS_OF = '2026-11-20';

export interface Throughput {
  readonly name: string;
  readonly perSecond: number;
}

export async function decisions(rounds: number): Promise<readonly Throughput[]> {
  const { catalogue } = loadCatalogue([{ name: 'chartroom', version: 'bench', root: join(root) }]);
  if (catalogue === null) throw new Error('the content does not load');
  const engine = createEngine(catalogue);
  const sets = Array.from({ length: 40 }, (_, seed) => randomAnswers(catalogue.questions, seed + 1));
  const stacks = sets.map(answers => decide(engine, { answers, pins: new Map(), asOf: AS_OF }));
  const peer = peerEngine(catalogue);
  await compareFired(peer, catalogue, stacks);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(
      rate(
        sets.length,
        cpuSeconds(() =>
          sets.forEach(answers => void decide(engine, { answers, pins: new Map(), asOf: AS_OF })),
        ),
      ),
    );
    const start = process.cpuUsage();
    for (const stack of stacks) await peer.run(peerFacts(catalogue, stack));
    theirs.push(rate(sets.length, seconds(process.cpuUsage(start))));
  }
  const perSecond = catalogue.decisions.length;
  return [
    { name: 'chartroom: picks, verdicts, reasons, versions', perSecond: median(ours) * perSecond },
    { name: 'json-rules-engine 7.3.1: which rules fire', perSecond: median(theirs) * perSecond },
  ];
}

const rate = (count: number, secondsTaken: number) => count / secondsTaken;
const seconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;

function cpuSeconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  return seconds(process.cpuUsage(start));
}

/** Same rules, the peer's notation; earlier picks are facts, so the peer has no search, no counting and no verdict to do. */
function peerEngine(catalogue: Catalogue): PeerEngine {
  const peer = new PeerEngine([], { allowUndefinedFacts: true });
  for (const decision of catalogue.decisions) {
    for (const rule of decision.rules) {
      const conditions = { all: [peerCondition(rule.when, catalogue)] } as TopLevelCondition;
      peer.addRule({ name: rule.id, conditions, event: { type: rule.id } });
    }
  }
  return peer;
}

function peerCondition(condition: Condition, catalogue: Catalogue): object {
  const inner = (part: Condition) => peerCondition(part, catalogue);
  switch (condition.op) {
    case 'all':
      return { all: condition.of.map(inner) };
    case 'any':
      return { any: condition.of.map(inner) };
    case 'not':
      return { not: inner(condition.of) };
    case 'term':
      return inner(condition.of);
    case 'decision':
      return { fact: `decision.${condition.decision}`, operator: 'in', value: condition.options };
    case 'range':
      return {
        all: [
          { fact: condition.question, operator: 'greaterThanInclusive', value: condition.from },
          { fact: condition.question, operator: 'lessThanInclusive', value: condition.to },
        ],
      };
    case 'answer': {
      const isMulti = catalogue.questions.some(one => one.id === condition.question && one.kind === 'multi');
      if (!isMulti) return { fact: condition.question, operator: 'in', value: condition.values };
      return {
        any: condition.values.map(value => ({ fact: condition.question, operator: 'contains', value })),
      };
    }
  }
}

function peerFacts(catalogue: Catalogue, stack: Stack): Record<string, unknown> {
  const picks = stack.outcomes.map(one => [
    `decision.${one.decision}`,
    one.status === 'decided' ? one.pick : 'none',
  ]);
  const empty = catalogue.questions.map(({ id, kind }) => [
    id,
    kind === 'multi' ? [] : kind === 'number' ? Number.NaN : 'not asked',
  ]);
  return Object.fromEntries([...empty, ...stack.answers, ...picks]);
}

/** A benchmark of engines that disagree would be worth nothing. */
async function compareFired(peer: PeerEngine, catalogue: Catalogue, stacks: readonly Stack[]): Promise<void> {
  for (const stack of stacks) {
    const { events } = await peer.run(peerFacts(catalogue, stack));
    const theirs = new Set(events.map(event => event.type));
    for (const outcome of stack.outcomes) {
      if (outcome.status !== 'decided') continue;
      for (const { rule } of outcome.reasons) {
        if (!theirs.has(rule)) throw new Error(`${rule} fires here and not in the peer`);
      }
    }
  }
}

/** Every question answered, from a seeded linear congruential generator. */
function randomAnswers(questions: readonly Question[], seed: number): Answers {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const answer = (question: Question): Answer => {
    if (question.kind === 'number') return question.min + below(question.max - question.min + 1);
    if (question.kind === 'ranked') return [];
    if (question.kind === 'multi') return question.choices.filter(() => below(2) === 1).map(one => one.id);
    return question.choices[below(question.choices.length)]?.id ?? '';
  };
  return new Map(questions.map(question => [question.id, answer(question)]));
}
