/** The user's own choices: where they lie, and what the hard rules say of them. */
import type { Id } from '../content/catalogue.ts';
import { conditionInWords } from '../content/prose.ts';
import type { CompiledDecision, Engine, State } from './model.ts';
import { NO } from './model.ts';
import type { Pins, RuledOut } from './outcome.ts';
import type { PinnedOptions } from './search.ts';

/** Option index by decision, -1 where nothing is pinned. */
export function pinnedOptions(engine: Engine, pins: Pins): PinnedOptions {
  const options: PinnedOptions = new Int32Array(engine.decisions.length).fill(-1);
  for (const [id, pin] of pins) {
    const index = engine.decisionIndex.get(id);
    const decision = index === undefined ? undefined : engine.decisions[index];
    const position = decision?.options.findIndex(({ option }) => option.id === pin.choose) ?? -1;
    if (index === undefined || position < 0)
      throw new Error(`no option ${pin.choose} of ${id} can be pinned`);
    options[index] = position;
  }
  return options;
}

/** The same without one of them. */
export function withoutPin(pins: PinnedOptions, decision: number): PinnedOptions {
  const others = pins.slice();
  others[decision] = -1;
  return others;
}

/** The gravest hard rule against an option; one that does not apply at all counts as impossible. */
export function hardRuleAgainst(
  engine: Engine,
  decision: CompiledDecision,
  position: number,
  state: State,
  ruledOut: readonly RuledOut[],
): RuledOut | null {
  const compiled = decision.options[position];
  if (compiled === undefined) throw new Error(`${decision.decision.id} has no option ${position}`);
  const { option, applies } = compiled;
  if (applies.test(state) !== NO) return ruledOut.find(ban => ban.option === option.id) ?? null;
  return {
    option: option.id,
    kind: 'impossible',
    assumed: false,
    rule: appliesRule(decision.decision.id, option.id),
    because: `${option.label} does not exist here: it needs that ${conditionInWords(option.applies, engine.catalogue)}.`,
    when: `it is not so that ${conditionInWords(option.applies, engine.catalogue)}`,
    facts: [],
  };
}

/** Stands for the `applies` of an option where the id of a rule is asked for. */
const appliesRule = (decision: Id, option: Id): Id => `${decision}/${option}/applies`;
