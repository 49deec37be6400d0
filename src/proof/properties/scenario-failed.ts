/** Every scenario comes out as its author expects. */
import { type Answers, type Id, UNSURE } from '../../content/catalogue.ts';
import type { Expected, Scenario } from '../../content/scenario.ts';
import { decide } from '../../engine/decide.ts';
import type { Engine } from '../../engine/model.ts';
import type { Outcome } from '../../engine/outcome.ts';
import { picks } from '../../engine/picks.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

export const scenarioFailed: Property = {
  code: 'scenario-failed',
  phase: 'facts and scenarios',
  check: ({ bench, scenarios, day }) =>
    scenarios.flatMap(scenario => {
      const answers: Answers = new Map(Object.entries(scenario.answers));
      const missing = bench.engine.catalogue.questions.filter(
        ({ id, required }) => required && (answers.get(id) ?? UNSURE) === UNSURE,
      );
      if (missing.length > 0) {
        const ids = missing.map(({ id }) => id).join(', ');
        return [failed(scenario, `it does not answer ${ids}, which is required`, answers)];
      }
      return differences(bench.engine, scenario, answers, day).map(message =>
        failed(scenario, message, answers),
      );
    }),
};

const failed = (scenario: Scenario, message: string, answers: Answers): Finding => ({
  code: 'scenario-failed',
  severity: 'error',
  subject: `scenario:${scenario.id}`,
  message,
  help: 'Mend the rules, or expect what comes out and say why.',
  reproduction: [answers],
});

function differences(engine: Engine, scenario: Scenario, answers: Answers, day: string): readonly string[] {
  const input = { answers, pins: new Map(), asOf: day };
  const expects = Object.entries(scenario.expect);
  // What nothing but picks is expected of needs none of the reasons, as long as they come.
  const found = picks(engine, input);
  if (expects.every(([decision, { pick, verdict }]) => verdict === null && pick === found.get(decision)))
    return [];
  const { outcomes } = decide(engine, input);
  return expects.flatMap(([decision, expected]) => {
    const outcome = outcomes.find(one => one.decision === decision);
    if (outcome === undefined || isAs(outcome, expected)) return [];
    return [`${decision} comes out as ${inWords(outcome, expected)}, not ${expectedInWords(expected)}`];
  });
}

const pickOf = (outcome: Outcome): Id => (outcome.status === 'decided' ? outcome.pick : outcome.status);
const verdictOf = (outcome: Outcome): string | null =>
  outcome.status === 'decided' ? outcome.verdict : null;

const isAs = (outcome: Outcome, { pick, verdict }: Expected): boolean =>
  (pick === null || pickOf(outcome) === pick) && (verdict === null || verdictOf(outcome) === verdict);

function inWords(outcome: Outcome, { verdict }: Expected): string {
  const came = verdictOf(outcome);
  return verdict === null || came === null ? pickOf(outcome) : `${pickOf(outcome)} (${came})`;
}

function expectedInWords({ pick, verdict }: Expected): string {
  if (pick === null) return String(verdict);
  return verdict === null ? pick : `${pick} (${verdict})`;
}
