/** All proofs over one catalogue: what must hold for every answer set, in the order in which findings are best mended. */
import type { Engine } from '../engine/model.ts';
import { checkInvariants, checkMonotone } from './check-claims.ts';
import { checkDecisions } from './check-decisions.ts';
import { checkQuestions } from './check-questions.ts';
import { checkRules } from './check-rules.ts';
import type { Finding } from './finding.ts';
import type { Verdicts } from './verdict-samples.ts';
import { createWorkbench, startSearch } from './workbench.ts';

export interface Proof {
  readonly findings: readonly Finding[];
  /** How many searches the simulation answered, and how many the solver. */
  readonly simulated: number;
  readonly solved: number;
}
export const PHASES = ['decisions', 'invariants', 'monotone claims', 'rules', 'questions'] as const;

export function prove(engine: Engine, verdicts: Verdicts, onPhase: (phase: string) => void): Proof {
  const bench = createWorkbench(engine);
  const search = startSearch(bench);
  const phases = {
    decisions: () => checkDecisions(bench, search),
    invariants: () => checkInvariants(bench, search),
    'monotone claims': () => checkMonotone(bench, search),
    rules: () => checkRules(bench, search, verdicts),
    questions: () => checkQuestions(bench, search, verdicts),
  };
  const findings = PHASES.flatMap(phase => {
    onPhase(phase);
    return phases[phase]();
  });
  return { findings, ...bench.asked };
}
