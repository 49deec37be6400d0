/** No answers leave a decision without an option, whatever is picked elsewhere. */
import { and, any, not } from '../../logic/circuit.ts';
import { readAnswers } from '../answer-space.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';
import { tryAnswers } from '../trial.ts';
import { answersOf, type Workbench, witness } from '../workbench.ts';

export const stuck: Property = {
  code: 'stuck',
  phase: 'decisions',
  check({ bench }) {
    const { circuit, encoding } = bench;
    const findings = new Map<string, Finding>();
    const impossible = not(encoding.possible);
    // Each decision that the best picks leave without an option; then any that only other picks do.
    const without = [...encoding.decisions.values()].map(({ applies, available }) =>
      and(circuit, applies, not(any(circuit, available))),
    );
    for (const literals of [...without.map(literal => [impossible, literal]), [impossible]]) {
      const holds = witness(bench, literals);
      if (holds === null) continue;
      const answers = answersOf(bench, holds);
      for (const decision of impossibleDecisions(bench, readAnswers(bench.space, holds))) {
        const { id, title } = decision.decision;
        if (findings.has(id)) continue;
        findings.set(id, {
          code: 'stuck',
          severity: 'error',
          subject: `decision:${id}`,
          message: `some answers leave "${title}" without an option`,
          help: 'Every option is ruled out or does not apply: rule out less, or let one more option apply.',
          reproduction: [answers],
        });
      }
    }
    return [...findings.values()];
  },
};

function impossibleDecisions(bench: Workbench, answers: Parameters<typeof tryAnswers>[1]) {
  const { search } = tryAnswers(bench.engine, answers);
  return bench.engine.decisions.filter(({ index }) => search.impossible[index] === 1);
}
