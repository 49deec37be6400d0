/** The answers to a question other than the one that holds now. */
import type { Answer, Id, MultiQuestion, Question, RankedQuestion } from '../content/catalogue.ts';
import { classOf, nearestIn } from './answers.ts';

/** Choices of a multi question up to which every combination is tried; beyond it one choice more or less. */
const MOST_CHOICES = 7;

/** All of them; for a number one per class, as near to the current one as the class allows. */
export function otherAnswers(question: Question, current: Answer): readonly Answer[] {
  switch (question.kind) {
    case 'number':
      return otherNumbers(question, current);
    case 'multi':
      return otherSets(question, asList(current));
    case 'ranked':
      return otherRankings(question, asList(current));
    default:
      return question.choices.map(({ id }) => id).filter(id => id !== current);
  }
}

/** Fewer of them, for changes of several answers at once: sets differ by one choice, rankings are as short as can be. */
export function nearAnswers(question: Question, current: Answer): readonly Answer[] {
  const others = otherAnswers(question, current);
  if (question.kind === 'multi') {
    return others.filter(other => differences(asList(other), asList(current)).length === 1);
  }
  return question.kind === 'ranked' ? others.filter(other => asList(other).length <= 1) : others;
}

export const asList = (answer: Answer): readonly Id[] => (typeof answer === 'object' ? answer : []);

/** Choices that are in one of the sets only. */
export const differences = (a: readonly Id[], b: readonly Id[]): readonly Id[] => [
  ...a.filter(id => !b.includes(id)),
  ...b.filter(id => !a.includes(id)),
];

function otherNumbers(question: Question & { readonly kind: 'number' }, current: Answer): readonly Answer[] {
  if (typeof current !== 'number') throw new Error(`${question.id} is a number`);
  const now = classOf(question, current);
  return question.classes.flatMap((_, position) =>
    position === now ? [] : [nearestIn(question, position, current)],
  );
}

function otherSets({ choices }: MultiQuestion, current: readonly Id[]): readonly Answer[] {
  const ids = choices.map(({ id }) => id);
  const inOrder = (set: ReadonlySet<Id>): readonly Id[] => ids.filter(id => set.has(id));
  if (ids.length > MOST_CHOICES) {
    return ids.map(toggled =>
      inOrder(
        new Set(current.includes(toggled) ? current.filter(id => id !== toggled) : [...current, toggled]),
      ),
    );
  }
  return Array.from({ length: 2 ** ids.length }, (_, mask) =>
    ids.filter((_id, position) => (mask & (1 << position)) !== 0),
  ).filter(set => differences(set, current).length > 0);
}

function otherRankings({ choices, atMost }: RankedQuestion, current: readonly Id[]): readonly Answer[] {
  const lists: (readonly Id[])[] = [[]];
  let longest: readonly (readonly Id[])[] = [[]];
  for (let length = 1; length <= atMost; length++) {
    longest = longest.flatMap(list =>
      choices.filter(({ id }) => !list.includes(id)).map(({ id }) => [...list, id]),
    );
    lists.push(...longest);
  }
  return lists.filter(list => list.join() !== current.join());
}
