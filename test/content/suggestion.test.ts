/** Which answer other answers imply, and that it is never more than a hint. */
import { describe, expect, test } from 'vitest';
import { type Answer, type Answers, type Condition, UNSURE } from '../../src/content/catalogue.ts';
import { givenIn, suggestionFor } from '../../src/content/suggestion.ts';
import { catalogueOf, loadWith } from './small-pack.ts';

const EXTRA = `topic: house
title: House
order: 90
questions:
  - {id: regimes, ask: Which regimes?, why: They suggest., kind: multi, assume: [], who-knows: Auditors,
     choices: {cards: {label: card data}, health: {label: health data}}, stated: "Under {answer}.", stated-none: Under none.}
  - id: retention
    ask: How many months are logs kept?
    why: Some rules say so.
    kind: number
    min: 1
    max: 120
    assume: 1
    who-knows: Auditors
    stated: "{answer} months."
    stated-one: One month.
    suggested:
      - {when: {regimes: {all: [cards, health]}}, answer: 72, because: Both ask for it., facts: [SM-01]}
      - {when: {regimes: cards, not: {cloud: gcp}}, answer: 12, because: Auditors of card data ask for it.}
`;
const question = (id: string) => {
  const { questions } = catalogueOf(loadWith({ 'questions/house.yaml': EXTRA }));
  const found = questions.find(one => one.id === id);
  if (found === undefined) throw new Error(`no question ${id}`);
  return found;
};
const given = (answers: Readonly<Record<string, Answer>>): Answers => new Map(Object.entries(answers));

describe('what is suggested', () => {
  test.each<[string, Readonly<Record<string, Answer>>, Answer | null]>([
    ['nothing without an answer', {}, null],
    ['nothing from an unsure answer', { regimes: UNSURE, cloud: 'aws' }, null],
    ['nothing from another answer', { regimes: ['health'], cloud: 'aws' }, null],
    ['the first whose condition holds', { regimes: ['cards', 'health'], cloud: 'aws' }, 72],
    ['a later one where the first does not hold', { regimes: ['cards'], cloud: 'aws' }, 12],
    ['nothing where what must not hold is not known', { regimes: ['cards'] }, null],
    ['nothing where what must not hold does', { regimes: ['cards'], cloud: 'gcp' }, null],
  ])('%s', (_, answers, expected) => {
    expect(suggestionFor(question('retention'), given(answers))?.answer ?? null).toBe(expected);
  });

  test('what implies it is named by the answers that were given', () => {
    const when = question('retention').suggested?.[0]?.when as Condition;
    expect(givenIn(when, given({ regimes: ['health', 'cards'] }))).toEqual(['cards', 'health']);
  });

  test('facts and reasons come with it', () => {
    expect(question('retention').suggested?.[0]).toMatchObject({
      because: 'Both ask for it.',
      facts: ['SM-01'],
    });
    expect(question('regimes')).not.toHaveProperty('suggested');
  });
});
