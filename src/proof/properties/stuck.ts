/** No answers leave a decision without an option, whatever is picked elsewhere. */
import type { Answers } from '../../content/catalogue.ts';
import { askedIn } from '../../engine/asked.ts';
import type { Engine } from '../../engine/model.ts';
import { and, any, not } from '../../logic/circuit.ts';
import { readAnswers } from '../answer-space.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';
import { tryAnswers } from '../trial.ts';
import { witness } from '../workbench.ts';

export const stuck: Property = {
  code: 'stuck',
  phase: 'decisions',
  check({ bench }) {
    const { circuit, encoding, engine, space } = bench;
    const findings = new Map<string, Finding>();
    const impossible = not(encoding.possible);
    // Each decision that the best picks leave without an option; then any that only other picks do.
    const without = [...encoding.decisions.values()].map(({ applies, available }) =>
      and(circuit, applies, not(any(circuit, available))),
    );
    for (const literals of [...without.map(literal => [impossible, literal]), [impossible]]) {
      const holds = witness(bench, literals);
      if (holds === null) continue;
      for (const finding of stuckWith(engine, readAnswers(space, holds))) {
        if (!findings.has(finding.subject)) findings.set(finding.subject, finding);
      }
    }
    return [...findings.values()];
  },
};

/** What the engine calls impossible with these answers. */
function stuckWith(engine: Engine, answers: Answers): readonly Finding[] {
  const { search } = tryAnswers(engine, answers);
  const asked = new Set(askedIn(engine, search.state).map(({ question }) => question.id));
  return engine.decisions
    .filter(({ index }) => search.impossible[index] === 1)
    .map(({ decision }) => ({
      code: 'stuck',
      severity: 'error',
      subject: `decision:${decision.id}`,
      message: `some answers leave "${decision.title}" without an option`,
      help: 'Every option is ruled out or does not apply: rule out less, or let one more option apply.',
      reproduction: [new Map([...answers].filter(([id]) => asked.has(id)))],
    }));
}
