/**
 * What a decision could come to when answers and earlier picks are sets of possibilities. The result always contains
 * every pick that some completion leads to; where nothing is open it is the pick itself.
 */
import {
  type CompiledDecision,
  type CompiledRule,
  isSingle,
  MAYBE,
  NO,
  NOTHING,
  type State,
  YES,
} from './model.ts';
import { bestOf, type Count, countReasons, gradeOf, newCount } from './tally.ts';

export interface Room {
  readonly count: Count;
  readonly fired: CompiledRule[];
  /** Fired for certain or perhaps. */
  readonly speaking: CompiledRule[];
  /** 1 where the rule of the same position in `speaking` fires for certain. */
  readonly certain: number[];
  /** Bounds of the score by option. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** By argument that several rules make: see {@link argue}. */
  readonly sides: Int32Array[];
  /** Arguments that have a say in the current decision. */
  readonly argued: number[];
}

export function newRoom(): Room {
  return {
    count: newCount(),
    fired: [],
    speaking: [],
    certain: [],
    low: new Int32Array(32),
    high: new Int32Array(32),
    sides: [],
    argued: [],
  };
}

/** Options that are there for certain, and those that may be: applicable and not ruled out. */
export interface Availability {
  readonly sure: number;
  readonly maybe: number;
}

export function availability(decision: CompiledDecision, state: State): Availability {
  let sure = 0;
  let maybe = 0;
  for (const option of decision.options) {
    const applies = option.applies.test(state);
    if (applies !== NO) maybe |= 1 << option.index;
    if (applies === YES) sure |= 1 << option.index;
  }
  for (const rule of decision.bans) {
    if ((rule.rulesOut & maybe) === 0) continue;
    const fires = rule.condition.test(state);
    if (fires === YES) maybe &= ~rule.rulesOut;
    if (fires !== NO) sure &= ~rule.rulesOut;
  }
  return { sure, maybe };
}

/**
 * Possible picks as bits, in all cases in which some option is available. `all` says that a later decision may
 * be left stuck, so that any available option may end up as the pick.
 */
export function possiblePicks(
  decision: CompiledDecision,
  state: State,
  pin: number,
  pickedFrom: 'best' | 'all',
  room: Room,
): number {
  const applies = decision.applies.test(state);
  if (applies === NO) return NOTHING;
  const nothing = applies === MAYBE ? NOTHING : 0;
  if (pin >= 0) return (1 << pin) | nothing;
  const { sure, maybe } = availability(decision, state);
  if (maybe === 0) return NOTHING;
  if (pickedFrom === 'all' || isSingle(maybe)) return maybe | nothing;
  const settled = collect(decision, state, room);
  if (settled && sure === maybe) {
    countReasons(decision, room.fired, state.ranks, room.count);
    return (1 << bestOf(room.count, maybe)) | nothing;
  }
  bound(decision, state, room);
  return winners(sure, maybe, state, room) | nothing;
}

/** True where every rule fires or does not for certain, and the ranking of drivers is known. */
function collect(decision: CompiledDecision, state: State, room: Room): boolean {
  const { speaking, fired, certain } = room;
  speaking.length = 0;
  fired.length = 0;
  let settled = state.ranksOpen[0] === 0;
  for (const rule of decision.reasons) {
    const fires = rule.condition.test(state);
    if (fires === NO) continue;
    certain[speaking.length] = fires === YES ? 1 : 0;
    speaking.push(rule);
    if (fires === YES) fired.push(rule);
    else settled = false;
  }
  return settled;
}

function bound(decision: CompiledDecision, state: State, room: Room): void {
  const { low, high, speaking, certain, sides, argued } = room;
  low.fill(0, 0, decision.options.length);
  high.fill(0, 0, decision.options.length);
  argued.length = 0;
  for (let position = 0; position < speaking.length; position++) {
    const rule = speaking[position]!;
    const most = strongest(rule, state);
    const least = certain[position] === 1 ? weakest(rule, state) : 0;
    if (rule.shared) {
      argue(rule, least, most, room);
      continue;
    }
    for (let rest = rule.favors; rest !== 0; rest &= rest - 1) {
      const option = 31 - Math.clz32(rest & -rest);
      low[option]! += least;
      high[option]! += most;
    }
    for (let rest = rule.disfavors; rest !== 0; rest &= rest - 1) {
      const option = 31 - Math.clz32(rest & -rest);
      low[option]! -= most;
      high[option]! -= least;
    }
  }
  for (const argument of argued) {
    const side = sides[argument]!;
    for (let option = 0; option < decision.options.length; option++) {
      const at = option * 4;
      low[option]! += together(side[at]!, side[at + 3]!);
      high[option]! += together(side[at + 1]!, side[at + 2]!);
    }
  }
}

const strongest = (rule: CompiledRule, state: State): number =>
  state.ranksOpen[0] === 1 && !rule.strong ? 2 : gradeOf(rule, state.ranks);
const weakest = (rule: CompiledRule, state: State): number =>
  state.ranksOpen[0] === 1 && !rule.strong ? 1 : gradeOf(rule, state.ranks);

/** Per option of one argument: least and most that speaks for it, least and most that speaks against it. */
function argue(rule: CompiledRule, least: number, most: number, { sides, argued }: Room): void {
  const { argument } = rule;
  const side = sides[argument] ?? new Int32Array(32 * 4);
  sides[argument] = side;
  if (!argued.includes(argument)) {
    argued.push(argument);
    side.fill(0);
  }
  for (let rest = rule.favors | rule.disfavors; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    const at = (31 - Math.clz32(bit)) * 4 + ((rule.favors & bit) === 0 ? 2 : 0);
    raise(side, at, least, most);
    if ((rule.favors & rule.disfavors & bit) !== 0) raise(side, at + 2, least, most);
  }
}

function raise(side: Int32Array, at: number, least: number, most: number): void {
  if (side[at]! < least) side[at] = least;
  if (side[at + 1]! < most) side[at + 1] = most;
}

/** The strongest for against the strongest against. */
const together = (forIt: number, against: number): number =>
  forIt > against ? forIt : forIt < against ? -against : 0;

/** Options that no option that is there for certain beats for certain. */
function winners(sure: number, maybe: number, state: State, { low, high }: Room): number {
  const tiesByOrder = state.ranksOpen[0] === 0 && state.ranks.every(rank => rank > 8);
  let result = 0;
  for (let rest = maybe; rest !== 0; rest &= rest - 1) {
    const option = 31 - Math.clz32(rest & -rest);
    let beaten = false;
    for (let others = sure; others !== 0 && !beaten; others &= others - 1) {
      const other = 31 - Math.clz32(others & -others);
      if (other === option) continue;
      const margin = low[other]! - high[option]!;
      beaten = margin > 0 || (margin === 0 && tiesByOrder && other < option);
    }
    if (!beaten) result |= 1 << option;
  }
  return result;
}
