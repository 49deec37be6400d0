/** Whether two answers to one question lead to another suggestion for a second one that is asked as well. */
import type { Id } from '../content/catalogue.ts';
import { any, differ, FALSE, type Literal } from '../logic/circuit.ts';
import type { AnswerSpace } from './answer-space.ts';
import { encodeCondition, found } from './encode-condition.ts';
import { type Workbench, witness } from './workbench.ts';

/** `sides`: the answers with the one and with the other; `given` holds on both. */
export function changesSuggestion(
  bench: Workbench,
  question: Id,
  given: readonly Literal[],
  sides: readonly AnswerSpace[],
): boolean {
  const { circuit, encoding, engine } = bench;
  const [a, b] = sides as [AnswerSpace, AnswerSpace];
  return engine.catalogue.questions.some(({ id, suggested = [] }) => {
    if (id === question || suggested.length === 0) return false;
    const pairs = suggested.map(({ when }) =>
      differ(
        circuit,
        encodeCondition(circuit, a, encoding, when),
        encodeCondition(circuit, b, encoding, when),
      ),
    );
    const other = any(circuit, pairs);
    if (other === FALSE) return false;
    return witness(bench, [...given, encoding.possible, found(encoding.asked, id), other]) !== null;
  });
}
