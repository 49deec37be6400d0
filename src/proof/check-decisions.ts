/** For every decision: nobody is left without an option, every option can win, every rule can fire and is not constant. */
import { not } from '../logic/circuit.ts';
import type { Finding } from './finding.ts';
import { answersOf, type Search, type Workbench } from './workbench.ts';

export function checkDecisions(bench: Workbench, search: Search): Finding[] {
  const findings: Finding[] = [];
  const add = (finding: Finding) => void findings.push(finding);
  for (const { decision, applies, picked, stuck, fires } of bench.encoding.decisions.values()) {
    const { id, title, rules } = decision.decision;
    const stuckWith = search.witness([stuck]);
    if (stuckWith !== null) {
      add({
        code: 'stuck',
        severity: 'error',
        subject: id,
        message: `some answers leave ${title} without an option`,
        help: 'Every option is ruled out or does not apply: rule out less, or let one more option apply.',
        reproduction: [answersOf(bench, stuckWith)],
      });
    }
    if (search.witness([applies]) === null) {
      add(absent('never-needed', id, `no answers make ${title} needed`, 'Its `applies` can never hold.'));
      continue;
    }
    for (const { option, index } of decision.options) {
      if (search.witness([picked[index]!]) !== null) continue;
      add(
        absent(
          'never-wins',
          `${id}/${option.id}`,
          `no answers make ${option.label} the pick`,
          'Add the reason for which somebody should take it, or remove the option.',
        ),
      );
    }
    for (const rule of rules) {
      const when = fires.get(rule.id)!;
      if (search.witness([applies, when]) === null) {
        add(
          absent(
            'never-fires',
            rule.id,
            'its condition never holds where the decision is needed',
            'Check its `when`.',
          ),
        );
      } else if (search.witness([applies, not(when)]) === null) {
        add(
          absent(
            'always-fires',
            rule.id,
            'its condition holds for all answers',
            'A reason that is always there belongs into the pros and cons of the option.',
          ),
        );
      }
    }
  }
  return findings;
}

const absent = (code: string, subject: string, message: string, help: string): Finding => ({
  code,
  severity: 'error',
  subject,
  message,
  help,
  reproduction: [],
});
