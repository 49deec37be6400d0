/** Answer sets per second: our engine beside a rule engine and a CEL library, with the shipped rules and the same seeded answers. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse as parseCel } from '@marcbachmann/cel-js';
import { Engine as PeerEngine, type TopLevelCondition } from 'json-rules-engine';
import type { Answer, Answers, Catalogue, Condition, Question } from '../src/content/catalogue.ts';
import { loadCatalogue } from '../src/content/load.ts';
import { stateOf } from '../src/engine/answers.ts';
import { createEngine } from '../src/engine/compile.ts';
import { decide } from '../src/engine/decide.ts';
import { type Engine, NOTHING, type State, YES } from '../src/engine/model.ts';
import type { Stack } from '../src/engine/outcome.ts';
import { picks } from '../src/engine/picks.ts';
import { simulate, valueAt } from '../src/logic/simulation.ts';
import { createRandom } from '../src/proof/random.ts';
import { createWorkbench } from '../src/proof/workbench.ts';
import { median } from './processes.ts';

const root = resolve(import.meta.dirname, '..');
const AS_OF = '2026-11-20';

export interface Throughput {
  readonly name: string;
  /** Exactly what it works out of one answer set. */
  readonly computes: string;
  /** Answer sets per processor second. */
  readonly perSecond: number;
}

/** A contender handles the answer set of this number. */
type Contender = Omit<Throughput, 'perSecond'> & {
  /** Sets that one call handles. */
  readonly sets: number;
  readonly run: (set: number) => unknown;
};

export async function decisions(rounds: number): Promise<readonly Throughput[]> {
  const { catalogue } = loadCatalogue([{ name: 'chartroom', version: 'bench', root: join(root) }]);
  if (catalogue === null) throw new Error('the content does not load');
  const engine = createEngine(catalogue);
  const pins = new Map();
  const sets = Array.from({ length: 40 }, (_, seed) => randomAnswers(catalogue.questions, seed + 1));
  const stacks = sets.map(answers => decide(engine, { answers, pins, asOf: AS_OF }));
  const peer = peerEngine(catalogue);
  const facts = stacks.map(stack => peerFacts(catalogue, stack));
  const cel = celRules(catalogue);
  const celContexts = facts.map(celContext);
  compareFired(
    await Promise.all(facts.map(async one => new Set((await peer.run(one)).events.map(event => event.type)))),
    stacks,
  );
  compareFired(
    celContexts.map(context => new Set(cel.filter(rule => rule.test(context)).map(rule => rule.id))),
    stacks,
  );
  const states = stacks.map(stack => stateWith(engine, stack));
  const compiled = engine.decisions.flatMap(({ reasons, bans }) => [...new Set([...reasons, ...bans])]);
  compareFired(
    states.map(
      state => new Set(compiled.filter(one => one.condition.test(state) === YES).map(one => one.rule.id)),
    ),
    stacks,
  );
  const contenders: readonly Contender[] = [
    {
      name: 'chartroom, rules alone',
      computes: 'which rules fire, compiled before, the picks handed to it',
      sets: 1,
      run: set => {
        const state = at(states, set);
        return compiled.filter(rule => rule.condition.test(state) === YES);
      },
    },
    {
      name: 'chartroom, one set after the other',
      computes: 'every pick from the answers: search, rules, counting, ties',
      sets: 1,
      run: set => picks(engine, { answers: at(sets, set), pins }),
    },
    {
      name: 'chartroom, simulated (lint)',
      computes: 'every pick from random answers, 2048 sets at once, no code generated',
      sets: 2048,
      run: simulatedPicks(engine),
    },
    {
      name: 'chartroom, explained',
      computes: 'picks, verdicts, reasons, confidence, versions, open questions',
      sets: 1,
      run: set => decide(engine, { answers: at(sets, set), pins, asOf: AS_OF }),
    },
    {
      name: `@marcbachmann/cel-js ${versionOf('@marcbachmann/cel-js')}`,
      computes: 'which rules fire, parsed before, the picks handed to it',
      sets: 1,
      run: set => {
        const context = at(celContexts, set);
        return cel.filter(rule => rule.test(context));
      },
    },
    {
      name: `json-rules-engine ${versionOf('json-rules-engine')}`,
      computes: 'which rules fire, one engine, the picks handed to it',
      sets: 1,
      run: set => peer.run(at(facts, set)),
    },
  ];
  const rates = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const rate = await rateOf(contender, sets.length);
      if (round >= 0) rates[index]?.push(rate);
    }
  }
  return contenders.map(({ name, computes }, index) => ({
    name,
    computes,
    perSecond: median(rates[index] ?? []),
  }));
}

const LEAST_SECONDS = 0.03;

async function rateOf({ run, sets }: Contender, count: number): Promise<number> {
  const start = process.cpuUsage();
  for (let done = 0; ; ) {
    for (let set = 0; set < count && (sets === 1 || set === 0); set++) {
      const result = run(set);
      if (result instanceof Promise) await result;
      done += sets;
    }
    const { user, system } = process.cpuUsage(start);
    if ((user + system) / 1e6 > LEAST_SECONDS) return done / ((user + system) / 1e6);
  }
}

function at<T>(list: readonly T[], index: number): T {
  const one = list[index % list.length];
  if (one === undefined) throw new Error('an empty list');
  return one;
}

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

/** As `lint` does it: the advice as one circuit, 64 words of 32 random answer sets through all of it. */
function simulatedPicks(engine: Engine): () => number {
  const { circuit, encoding } = createWorkbench(engine);
  const literals = [...encoding.decisions.values()].flatMap(decision => decision.picked);
  let seed = 1;
  return () => {
    const simulation = simulate(circuit, 64, (node, into) => {
      const random = createRandom(seed + node * 0x9e37);
      for (let word = 0; word < into.length; word++) into[word] = random();
    });
    seed++;
    return literals.reduce((sum, literal) => sum + Number(valueAt(simulation, literal, 0)), 0);
  };
}

/** Answers and picks in the form that our conditions read, as the peers get them in theirs. */
function stateWith(engine: Engine, { answers, outcomes }: Stack): State {
  const state = stateOf(engine, answers, 'assumed');
  for (const { question, index } of engine.questions) {
    if (answers.has(question.id)) continue;
    state.may[index] = NOTHING;
    state.must[index] = 0;
  }
  state.picks.fill(NOTHING);
  for (const outcome of outcomes) {
    const index = engine.decisionIndex.get(outcome.decision) ?? -1;
    const options = engine.decisions[index]?.options ?? [];
    const pick = outcome.status === 'decided' ? outcome.pick : null;
    const option = options.find(one => one.option.id === pick);
    if (option !== undefined) state.picks[index] = 1 << option.index;
  }
  return state;
}

type CelContext = Readonly<Record<string, unknown>>;

/** Ids as CEL writes them: no hyphens, no dots. */
const celName = (id: string): string => `v_${id.replace(/[-.]/g, '_')}`;
const celContext = (facts: Readonly<Record<string, unknown>>): CelContext =>
  Object.fromEntries(Object.entries(facts).map(([id, value]) => [celName(id), value]));

function celRules(catalogue: Catalogue) {
  return catalogue.decisions.flatMap(({ rules }) =>
    rules.map(rule => {
      const test = parseCel(celCondition(rule.when, catalogue));
      return { id: rule.id, test: (context: CelContext): boolean => test(context) === true };
    }),
  );
}

function celCondition(condition: Condition, catalogue: Catalogue): string {
  const inner = (part: Condition) => celCondition(part, catalogue);
  const list = (ids: readonly string[]) => `[${ids.map(id => `"${id}"`).join(', ')}]`;
  switch (condition.op) {
    case 'all':
      return condition.of.length === 0 ? 'true' : `(${condition.of.map(inner).join(' && ')})`;
    case 'any':
      return condition.of.length === 0 ? 'false' : `(${condition.of.map(inner).join(' || ')})`;
    case 'not':
      return `!(${inner(condition.of)})`;
    case 'term':
      return inner(condition.of);
    case 'decision':
      return `${celName(`decision.${condition.decision}`)} in ${list(condition.options)}`;
    case 'range': {
      const name = celName(condition.question);
      return `(${name} >= ${condition.from}.0 && ${name} <= ${condition.to}.0)`;
    }
    case 'answer': {
      const name = celName(condition.question);
      const isMulti = catalogue.questions.some(one => one.id === condition.question && one.kind === 'multi');
      if (!isMulti) return `${name} in ${list(condition.values)}`;
      return `(${condition.values.map(value => `"${value}" in ${name}`).join(' || ')})`;
    }
  }
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
function compareFired(found: readonly ReadonlySet<string>[], stacks: readonly Stack[]): void {
  for (const [index, stack] of stacks.entries()) {
    for (const outcome of stack.outcomes) {
      if (outcome.status !== 'decided') continue;
      for (const { rule } of outcome.reasons) {
        if (found[index]?.has(rule) !== true) throw new Error(`${rule} fires here and not in the peer`);
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
