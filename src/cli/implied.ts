/** What the answers given usually imply for questions that are missing or unsure. */
import { inlineValue } from '../answers/yaml-value.ts';
import { type Answers, type Question, type Suggestion, UNSURE } from '../content/catalogue.ts';
import { givenIn, suggestionFor } from '../content/suggestion.ts';
import { askedQuestions } from '../engine/asked.ts';
import type { Engine } from '../engine/model.ts';

export interface Implied {
  readonly question: Question;
  readonly suggestion: Suggestion;
  /** `pci-dss usually implies signing: own-images`, with the reason as a sentence. */
  readonly says: string;
}

/** In asking order; answers to questions that do not apply imply nothing. */
export function implied(engine: Engine, answers: Answers): readonly Implied[] {
  const asked = new Set(askedQuestions(engine, answers));
  const given = new Map([...answers].filter(([id]) => asked.has(id)));
  return engine.catalogue.questions.flatMap(question => {
    if (!asked.has(question.id) || (given.get(question.id) ?? UNSURE) !== UNSURE) return [];
    const suggestion = suggestionFor(question, given);
    if (suggestion === null) return [];
    const causes = givenIn(suggestion.when, given);
    const cause = causes.length === 0 ? 'What was answered' : causes.join(' with ');
    const says = `${cause} usually implies ${question.id}: ${inlineValue(suggestion.answer)}. ${suggestion.because}`;
    return [{ question, suggestion, says }];
  });
}
