/** The unsure answers of a run: what was assumed, and which picks they can still change. */
import type { Answers, Id } from '../content/catalogue.ts';
import { isUnsure } from './answers.ts';
import { askedIn } from './asked.ts';
import type { Engine, State } from './model.ts';
import type { OpenQuestion, Outcome } from './outcome.ts';

/** Those that matter for most decisions first, then in asking order. */
export function openQuestionsOf(
  engine: Engine,
  answers: Answers,
  state: State,
  outcomes: readonly Outcome[],
): readonly OpenQuestion[] {
  return askedIn(engine, state)
    .filter(question => isUnsure(answers, question))
    .flatMap(({ question }): readonly OpenQuestion[] => {
      if (question.assume === null) return [];
      const { id, assume, whoKnows } = question;
      return [{ question: id, assumed: assume, matters: mattersFor(id, outcomes), whoKnows }];
    })
    .sort((a, b) => b.matters.length - a.matters.length);
}

const mattersFor = (question: Id, outcomes: readonly Outcome[]): readonly Id[] =>
  outcomes
    .filter(outcome => outcome.status === 'decided' && outcome.unsettledBy.includes(question))
    .map(outcome => outcome.decision);
