/** Answers as sets of possible values, and back. */
import { type Answer, type Answers, DRIVERS, type NumberQuestion, UNSURE } from '../content/catalogue.ts';
import { type CompiledQuestion, type Engine, NOTHING, newState, type State, UNRANKED } from './model.ts';

/** What an unsure answer stands for: the one that is assumed, or every value that it could still take. */
export type Unsure = 'assumed' | 'open';

/** Every question as if it were asked; which ones are is found out step by step. */
export function stateOf(engine: Engine, answers: Answers, unsure: Unsure): State {
  const state = newState(engine);
  for (const question of engine.questions) {
    const answer = answers.get(question.question.id);
    if (answer !== undefined && answer !== UNSURE) setAnswer(state, question, answer);
    else if (unsure === 'assumed' && question.question.assume !== null) {
      setAnswer(state, question, question.question.assume);
    } else setOpen(state, question);
  }
  return state;
}

export function isUnsure(answers: Answers, question: CompiledQuestion): boolean {
  const answer = answers.get(question.question.id);
  return answer === undefined || answer === UNSURE;
}

export function setOpen(state: State, question: CompiledQuestion): void {
  if (question.question.kind === 'ranked') {
    state.ranks.fill(UNRANKED);
    state.ranksOpen[0] = 1;
    return;
  }
  state.may[question.index] = question.domain;
  state.must[question.index] = 0;
}

export function setAnswer(state: State, { question, index }: CompiledQuestion, answer: Answer): void {
  switch (question.kind) {
    case 'ranked': {
      if (typeof answer === 'string' || typeof answer === 'number') throw misfit(question.id, answer);
      state.ranks.fill(UNRANKED);
      state.ranksOpen[0] = 0;
      answer.forEach((driver, rank) => {
        const position = (DRIVERS as readonly string[]).indexOf(driver);
        if (position < 0) throw misfit(question.id, answer);
        state.ranks[position] = rank;
      });
      return;
    }
    case 'multi': {
      if (typeof answer === 'string' || typeof answer === 'number') throw misfit(question.id, answer);
      let mask = 0;
      for (const id of answer) {
        const position = question.choices.findIndex(choice => choice.id === id);
        if (position < 0) throw misfit(question.id, answer);
        mask |= 1 << position;
      }
      state.may[index] = mask;
      state.must[index] = mask;
      return;
    }
    case 'number': {
      if (typeof answer !== 'number') throw misfit(question.id, answer);
      state.may[index] = 1 << classOf(question, answer);
      return;
    }
    default: {
      const position = question.choices.findIndex(choice => choice.id === answer);
      if (position < 0) throw misfit(question.id, answer);
      state.may[index] = 1 << position;
    }
  }
}

/** Answers were checked before they came here; this is a fault of ours. */
const misfit = (question: string, answer: Answer): Error =>
  new Error(`${JSON.stringify(answer)} does not answer ${question}`);

export function classOf(question: NumberQuestion, answer: number): number {
  const position = question.classes.findIndex(part => part.from <= answer && answer <= part.to);
  if (position < 0) throw misfit(question.id, answer);
  return position;
}

/** The value of a class that is nearest to the given number. */
export function nearestIn(question: NumberQuestion, position: number, to: number): number {
  const part = question.classes[position];
  if (part === undefined) throw new Error(`${question.id} has no class ${position}`);
  return Math.min(Math.max(to, part.from), part.to);
}

/** Finds out whether a question is asked, and takes its value over where it is. */
export function settleQuestion(engine: Engine, question: CompiledQuestion, base: State, state: State): void {
  const asked = question.askedWhen.test(state);
  const { index } = question;
  if (index === engine.driversQuestion) {
    if (asked === 0) state.ranks.fill(UNRANKED);
    else state.ranks.set(base.ranks);
    state.ranksOpen[0] = asked === 2 ? 1 : asked === 0 ? 0 : base.ranksOpen[0]!;
    return;
  }
  if (asked === 0) {
    state.may[index] = NOTHING;
    state.must[index] = 0;
    return;
  }
  state.may[index] = asked === 1 ? base.may[index]! : base.may[index]! | NOTHING;
  state.must[index] = base.must[index]!;
}
