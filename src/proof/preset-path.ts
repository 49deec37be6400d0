/** How many questions come up for somebody who starts from a preset, at most: an exact count over all further answers. */
import type { Answer, Answers, Id, Preset } from '../content/catalogue.ts';
import { classOf } from '../engine/answers.ts';
import { balance } from '../logic/balance.ts';
import { and, FALSE, type Literal, TRUE } from '../logic/circuit.ts';
import type { AnswerBits, AnswerSpace } from './answer-space.ts';
import { encode } from './encode.ts';
import { answersOf, type Holds, possibleHere, type Workbench, witness } from './workbench.ts';

export interface PresetPath {
  readonly preset: Id;
  /** Questions that the preset leaves open and that come up. */
  readonly open: number;
  /** All that come up, those that the preset answers among them. */
  readonly all: number;
  /** Answers with which so many are left open. */
  readonly answers: Answers;
}

/** Null where the preset's answers leave a decision without an option, whatever else is answered. */
export function pathOf(bench: Workbench, preset: Preset): PresetPath | null {
  const space = spaceWith(bench.space, preset);
  const encoding = encode(bench, space);
  const isOpen = (id: Id): boolean => !Object.hasOwn(preset.answers, id);
  const asked = [...encoding.asked];
  const all = asked.map(([, literal]) => literal);
  const open = asked.filter(([id]) => isOpen(id)).map(([, literal]) => literal);
  const possible = possibleHere(bench, encoding.possible);
  const most = mostOf(bench, possible, open);
  if (most === null) return null;
  return {
    preset: preset.id,
    open: most.count,
    all: mostOf(bench, possible, all)?.count ?? 0,
    answers: answersOf(bench, most.holds, space, encoding),
  };
}

/** The highest number of these literals that hold at once, with a witness. */
function mostOf(
  bench: Workbench,
  possible: Literal,
  literals: readonly Literal[],
): { readonly count: number; readonly holds: Holds } | null {
  let holds = witness(bench, [possible]);
  if (holds === null) return null;
  let count = 0;
  while (true) {
    const here = holds;
    count = literals.filter(literal => here(literal)).length;
    const terms = literals.map(literal => ({ literal, weight: 1 }));
    const more = balance(bench.circuit, [...terms, { literal: TRUE, weight: -count }]).positive;
    const next = witness(bench, [and(bench.circuit, possible, more)]);
    if (next === null) return { count, holds: here };
    holds = next;
  }
}

function spaceWith(space: AnswerSpace, preset: Preset): AnswerSpace {
  return new Map(
    [...space].map(([id, bits]) => {
      const answer = preset.answers[id];
      return [id, answer === undefined || answer === 'unsure' ? bits : fixed(bits, answer)];
    }),
  );
}

function fixed(bits: AnswerBits, answer: Answer): AnswerBits {
  const { question } = bits;
  const literal = (holds: boolean): Literal => (holds ? TRUE : FALSE);
  if (question.kind === 'number') {
    const at = typeof answer === 'number' ? classOf(question, answer) : -1;
    return { ...bits, values: bits.values.map((_, index) => literal(index === at)) };
  }
  const chosen: readonly Id[] = typeof answer === 'object' ? answer : [String(answer)];
  const ids = question.choices.map(({ id }) => id);
  const ranks = bits.ranks.map((_, rank) => [
    ...ids.map(id => literal(chosen[rank] === id)),
    literal(chosen[rank] === undefined),
  ]);
  return {
    ...bits,
    values: bits.values.map((_, index) => literal(chosen.includes(ids[index] ?? ''))),
    ranks,
  };
}
