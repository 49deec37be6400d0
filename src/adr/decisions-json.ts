/** A run as data: what `decide --json` prints and `decisions.json` holds. Fields are added, never renamed. */
import type { Catalogue, Day, Fact, Id } from '../content/catalogue.ts';
import type { Figure } from '../engine/arithmetic/figures.ts';
import type { Change, Decided, Flip, Outcome, Reason, RuledOut, Stack } from '../engine/outcome.ts';
import { createLibrary, type Library } from './library.ts';
import type { AdrLink } from './number.ts';
import { type Relations, relationsOf } from './relations.ts';
import type { Standing } from './standing.ts';
import { type JsonObject, versionsJson } from './versions-json.ts';

/** What goes with the decisions and is worked out elsewhere. */
export interface Beside {
  readonly numbers?: ReadonlyMap<Id, AdrLink>;
  readonly standings?: ReadonlyMap<string, Standing>;
  readonly figures?: readonly Figure[];
}

export function decisionsJson(
  stack: Stack,
  catalogue: Catalogue,
  flips: readonly Flip[],
  { numbers = new Map(), standings = new Map(), figures = [] }: Beside = {},
): JsonObject {
  const library = createLibrary(catalogue);
  const around = {
    library,
    relations: relationsOf(stack, library),
    flips,
    numbers,
    standings,
    asOf: stack.asOf,
  };
  return {
    chartroom: 1,
    'as-of': stack.asOf,
    knowledge: stack.knowledge,
    packs: catalogue.packs.map(({ name, version }) => ({ name, version })),
    answers: Object.fromEntries(stack.answers),
    assumed: stack.assumed,
    decisions: stack.outcomes.map(outcome => decisionJson(outcome, around)),
    versions: versionsJson(stack),
    'open-questions': stack.openQuestions.map(open => ({
      question: open.question,
      assumed: open.assumed,
      matters: open.matters,
      'who-knows': open.whoKnows,
    })),
    figures: figures.map(({ decision, says, formula, facts }) => ({ decision, says, formula, facts })),
    facts: Object.fromEntries(citedFacts(stack, figures).map(id => [id, factJson(library.fact(id))])),
  };
}

interface Around {
  readonly library: Library;
  readonly relations: Relations;
  readonly flips: readonly Flip[];
  readonly numbers: ReadonlyMap<Id, AdrLink>;
  /** By file name; all other records are proposed. */
  readonly standings: ReadonlyMap<string, Standing>;
  readonly asOf: Day;
}

function decisionJson(outcome: Outcome, around: Around): JsonObject {
  const link = around.numbers.get(outcome.decision);
  const head = {
    id: outcome.decision,
    title: around.library.decision(outcome.decision).title,
    status: outcome.status,
  };
  const tail = {
    flips: around.flips.filter(flip => flip.decision === outcome.decision).map(flipJson),
    'depends-on': around.relations.get(outcome.decision) ?? [],
    adr: link === undefined ? null : adrJson(link, around),
  };
  if (outcome.status === 'decided') return { ...head, ...decidedJson(outcome, around.library), ...tail };
  return {
    ...head,
    pick: null,
    verdict: null,
    pinned: false,
    reasons: [],
    'ruled-out': outcome.status === 'impossible' ? outcome.ruledOut.map(ruledOutJson) : [],
    because: outcome.status === 'not-needed' ? outcome.because : null,
    conflict:
      outcome.status === 'impossible'
        ? { questions: outcome.conflict.questions, pins: outcome.conflict.pins }
        : null,
    ...tail,
  };
}

function adrJson({ number, title, path }: AdrLink, { standings, asOf }: Around): JsonObject {
  const standing = standings.get(path);
  const adr = { number, title, path, status: standing?.status ?? 'proposed', date: standing?.date ?? asOf };
  const deciders = standing?.deciders ?? [];
  return deciders.length === 0 ? adr : { ...adr, 'decision-makers': deciders };
}

function decidedJson(outcome: Decided, library: Library): JsonObject {
  return {
    pick: outcome.pick,
    label: library.option(outcome.decision, outcome.pick).label,
    verdict: outcome.verdict,
    pinned: outcome.pinned !== null,
    pin: outcome.pinned === null ? null : pinJson(outcome.pinned),
    confidence: { level: outcome.confidence.level, because: outcome.confidence.because },
    'holds-for': { from: outcome.holdsFor.from, to: outcome.holdsFor.to },
    'hinges-on': {
      rules: outcome.hingesOn.rules,
      numbers: outcome.hingesOn.numbers.map(changeJson),
      opinions: outcome.hingesOn.opinions || outcome.hingesOn.heldNumbers.length > 0,
    },
    'runner-up': outcome.runnerUp,
    tie: outcome.tie === null ? null : { with: outcome.tie.with, 'broken-by': outcome.tie.brokenBy },
    'without-drivers': outcome.withoutDrivers,
    avoided: outcome.avoided.map(({ option, stuck }) => ({ option, stuck })),
    'unsettled-by': outcome.unsettledBy,
    'could-be': outcome.couldBe,
    read: outcome.read,
    tally: outcome.tally.map(({ option, strong, plain }) => ({ option, strong, plain })),
    reasons: outcome.reasons.map(reasonJson),
    'ruled-out': outcome.ruledOut.map(ruledOutJson),
    absent: outcome.absent,
  };
}

function pinJson({ pin, instead, against }: NonNullable<Decided['pinned']>): JsonObject {
  return {
    choose: pin.choose,
    because: pin.because,
    owner: pin.owner ?? null,
    approver: pin.approver ?? null,
    expires: pin.expires ?? null,
    instead,
    against: against === null ? null : ruledOutJson(against),
  };
}

function reasonJson(reason: Reason): JsonObject {
  return {
    rule: reason.rule,
    argument: reason.argument,
    driver: reason.driver,
    strength: reason.strength,
    effect: reason.effect,
    options: reason.options,
    because: reason.because,
    when: reason.when,
    facts: reason.facts,
    opinion: reason.opinion,
    lifted: reason.lifted,
    counted: reason.counted,
    assumed: reason.assumed,
  };
}

function ruledOutJson(one: RuledOut): JsonObject {
  return {
    option: one.option,
    kind: one.kind,
    rule: one.rule,
    because: one.because,
    when: one.when,
    facts: one.facts,
    assumed: one.assumed,
  };
}

function flipJson(flip: Flip): JsonObject {
  return { changes: flip.changes.map(changeJson), decision: flip.decision, from: flip.from, to: flip.to };
}

function changeJson(change: Change): JsonObject {
  return { question: change.question, from: change.from, answer: change.answer };
}

function citedFacts(stack: Stack, figures: readonly Figure[]): readonly Id[] {
  const ids = stack.outcomes.flatMap(outcome => {
    if (outcome.status === 'not-needed') return [];
    const reasons = outcome.status === 'decided' ? outcome.reasons : [];
    return [...reasons, ...outcome.ruledOut].flatMap(one => one.facts);
  });
  return [...new Set([...ids, ...figures.flatMap(({ facts }) => facts)])].sort();
}

function factJson(fact: Fact): JsonObject {
  return {
    says: fact.says,
    kind: fact.kind,
    versions: fact.versions,
    url: fact.source.url,
    title: fact.source.title,
    publisher: fact.source.publisher,
    published: fact.source.published,
    checked: fact.checked,
    'review-by': fact.reviewBy,
    'contradicted-by': fact.contradictedBy,
  };
}
