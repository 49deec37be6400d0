/** What a record tells and what it leaves out: chosen before anything is written, since the evidence follows from it. */
import type { Argument, Id, Option } from '../content/catalogue.ts';
import type { Decided, Reason, RuledOut } from '../engine/outcome.ts';
import type { Detail } from './detail.ts';
import type { AdrDriver } from './drivers.ts';
import { withoutStop, wordCount } from './prose.ts';

export interface ToldOption {
  readonly option: Option;
  /** Counted reasons that speak for the pick just as well. */
  readonly shared: readonly Reason[];
  readonly own: readonly Reason[];
  readonly pros: readonly Argument[];
  readonly cons: readonly Argument[];
  /** Counted reasons against it that do not speak against the pick. */
  readonly against: readonly Reason[];
}
export interface ToldRuledOut {
  readonly option: Id;
  readonly rule: RuledOut;
  readonly further: readonly RuledOut[];
}
export interface Told {
  /** The reasons of the sentence that MADR fixes: as many as it bears; none where a pin took their place. */
  readonly deciding: readonly Reason[];
  /** Further reasons for the pick. */
  readonly further: readonly Reason[];
  /** An advantage for the consequences where no reason is left for them. */
  readonly gain: Argument | null;
  readonly against: readonly Reason[];
  readonly pros: readonly Argument[];
  readonly cons: readonly Argument[];
  readonly others: readonly ToldOption[];
  readonly ruledOut: readonly ToldRuledOut[];
}

const LONGEST_SENTENCE = 30;

export function whatToTell(
  outcome: Decided,
  eligible: readonly Option[],
  drivers: readonly AdrDriver[],
  detail: Detail,
): Told {
  const [pick, ...rest] = eligible;
  if (pick === undefined) throw new Error(`"${outcome.decision}" is decided without an option`);
  const isPinned = outcome.pinned !== null && outcome.pinned.instead !== null;
  const reasons = isPinned ? [] : decidingReasons(outcome, drivers);
  const deciding = fitting(reasons, pick.label);
  const further = reasonsFor(outcome, pick.id)
    .filter(reason => !deciding.includes(reason))
    .slice(0, detail.ownArguments);
  return {
    deciding,
    further,
    gain: further.length > 0 ? null : (pick.pros[detail.ownArguments] ?? pick.pros[0] ?? null),
    against: reasonsAgainst(outcome, pick.id).slice(0, detail.ownArguments + 1),
    pros: pick.pros.slice(0, detail.ownArguments),
    cons: pick.cons.slice(0, detail.ownArguments),
    others: rest.map((option, place) =>
      toldOption(outcome, option, place < detail.fullOptions ? 2 : 0, detail.briefGoods),
    ),
    ruledOut: ruledOutOptions(outcome),
  };
}

/** Counted reasons that speak for the option, or against it. */
export function reasonsFor(outcome: Decided, option: Id): readonly Reason[] {
  return outcome.reasons.filter(
    reason => reason.counted && reason.effect === 'favors' && reason.options.includes(option),
  );
}
export function reasonsAgainst(outcome: Decided, option: Id): readonly Reason[] {
  return outcome.reasons.filter(
    reason => reason.counted && reason.effect === 'disfavors' && reason.options.includes(option),
  );
}

/** The counted reasons for the pick, strong ones first; where none speaks for it, those against the runner-up. */
function decidingReasons(outcome: Decided, drivers: readonly AdrDriver[]): readonly Reason[] {
  const rank = (reason: Reason): number => {
    const driver = drivers.findIndex(one => one.quality === reason.driver);
    const shared = outcome.runnerUp !== null && reason.options.includes(outcome.runnerUp);
    return (
      (reason.strength === 'strong' ? 0 : 1000) +
      (reason.assumed ? 500 : 0) +
      (shared ? 100 : 0) +
      (driver < 0 ? drivers.length : driver)
    );
  };
  const own = reasonsFor(outcome, outcome.pick);
  const rival = outcome.runnerUp;
  const against =
    rival === null
      ? []
      : reasonsAgainst(outcome, rival).filter(reason => !reason.options.includes(outcome.pick));
  return [...(own.length > 0 ? own : against)].sort((a, b) => rank(a) - rank(b));
}

/** As many reasons as one sentence bears, of different drivers where there are any; never none. */
function fitting(reasons: readonly Reason[], label: string): readonly Reason[] {
  const [first, ...rest] = reasons;
  if (first === undefined) return [];
  const second = [...rest.filter(one => one.driver !== first.driver), ...rest].find(
    one => wordCount(label) + 8 + words(first) + words(one) <= LONGEST_SENTENCE,
  );
  return second === undefined ? [first] : [first, second];
}

function words(reason: Reason): number {
  return wordCount(withoutStop(reason.because)) + Math.min(2, reason.facts.length);
}

function toldOption(outcome: Decided, option: Option, most: number, briefGoods: number): ToldOption {
  const reasons = reasonsFor(outcome, option.id);
  const shared = reasons.filter(reason => reason.options.includes(outcome.pick));
  const own = reasons.filter(reason => !shared.includes(reason)).slice(0, Math.max(1, most));
  const against = reasonsAgainst(outcome, option.id).filter(reason => !reason.options.includes(outcome.pick));
  return {
    option,
    shared: most > 0 ? shared : [],
    own,
    pros: option.pros.slice(
      0,
      most > 0 ? Math.max(1, most - own.length) : Math.min(1, briefGoods - own.length),
    ),
    cons: option.cons.slice(0, most > 0 ? Math.max(1, most - against.length) : 0),
    against: byStrength(against),
  };
}

function byStrength(reasons: readonly Reason[]): readonly Reason[] {
  return [...reasons].sort((a, b) => Number(b.strength === 'strong') - Number(a.strength === 'strong'));
}

/** One rule per option, the hardest first. */
function ruledOutOptions(outcome: Decided): readonly ToldRuledOut[] {
  const hardness = ['impossible', 'forbidden', 'unsupported'];
  const byOption = new Map<Id, RuledOut[]>();
  for (const one of outcome.ruledOut) {
    if (one.option === outcome.pick) continue;
    byOption.set(one.option, [...(byOption.get(one.option) ?? []), one]);
  }
  return [...byOption].flatMap(([option, rules]) => {
    const [rule, ...further] = rules.sort((a, b) => hardness.indexOf(a.kind) - hardness.indexOf(b.kind));
    return rule === undefined ? [] : [{ option, rule, further }];
  });
}
