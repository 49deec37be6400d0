/** For every rule: leaving it out changes a pick or a verdict. A redundant rules-out may be a safeguard and is a note. */
import type { Catalogue, Rule } from '../content/catalogue.ts';
import { createEngine } from '../engine/compile.ts';
import { any, differ, type Literal } from '../logic/circuit.ts';
import { readAnswers } from './answer-space.ts';
import { encodeDecision } from './encode.ts';
import type { Finding } from './finding.ts';
import type { Verdicts } from './verdict-samples.ts';
import { answersOf, type Search, type Workbench } from './workbench.ts';

export function checkRules(bench: Workbench, search: Search, verdicts: Verdicts): Finding[] {
  return bench.engine.catalogue.decisions.flatMap(({ rules }) =>
    rules.flatMap(rule => {
      const encoded = bench.encoding.decisions.get(decisionOf(rule))!;
      const fires = [encoded.applies, encoded.fires.get(rule.id)!];
      if (search.witness(fires) === null) return [];
      if (matters(bench, search, rule) || mattersForVerdict(bench, search, rule, fires, verdicts)) return [];
      const finding: Finding = {
        code: 'never-matters',
        severity: rule.rulesOut === null ? 'error' : 'note',
        subject: rule.id,
        message: 'without it the same would come out, whatever the answers',
        help:
          rule.rulesOut === null
            ? 'Remove it, or say what it is there for.'
            : 'It may be a safeguard: then keep it.',
        reproduction: [],
      };
      return [finding];
    }),
  );
}

const decisionOf = (rule: Rule): string => rule.id.slice(0, rule.id.indexOf('/'));

function matters(bench: Workbench, search: Search, rule: Rule): boolean {
  const { circuit, space, encoding } = bench;
  const { decision, picked } = encoding.decisions.get(decisionOf(rule))!;
  const without = encodeDecision(circuit, space, encoding, decision, rule.id);
  const different = any(
    circuit,
    picked.map((literal, index) => differ(circuit, literal, without.picked[index]!)),
  );
  return search.witness([different]) !== null;
}

/** Looks at some answer sets in which it fires; a verdict that changes there is proof enough. */
function mattersForVerdict(
  bench: Workbench,
  search: Search,
  rule: Rule,
  fires: readonly Literal[],
  verdicts: Verdicts,
): boolean {
  const { catalogue } = bench.engine;
  const without = createEngine(withoutRule(catalogue, rule));
  const decision = decisionOf(rule);
  for (const other of bench.encoding.decisions.get(decision)!.fires.values()) {
    const witness = search.witness([...fires, other]);
    if (witness === null) continue;
    const answers = readAnswers(bench.space, witness);
    if (
      verdicts(bench.engine, answersOf(bench, witness)).get(decision) !==
      verdicts(without, answers).get(decision)
    )
      return true;
  }
  return false;
}

function withoutRule(catalogue: Catalogue, rule: Rule): Catalogue {
  return {
    ...catalogue,
    decisions: catalogue.decisions.map(decision => ({
      ...decision,
      rules: decision.rules.filter(one => one.id !== rule.id),
    })),
  };
}
