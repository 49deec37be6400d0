/** Small catalogues for tests, in a few words. */
import type {
  Answer,
  Answers,
  Catalogue,
  Choice,
  Component,
  Condition,
  Decision,
  Driver,
  Fact,
  Id,
  KubernetesRelease,
  NumberQuestion,
  Option,
  Question,
  Rule,
  RuleOutKind,
} from '../../src/content/catalogue.ts';
import type { Input } from '../../src/engine/decide.ts';
import type { Pins } from '../../src/engine/outcome.ts';

export const always: Condition = { op: 'all', of: [] };
export const all = (...of: readonly Condition[]): Condition => ({ op: 'all', of });
export const any = (...of: readonly Condition[]): Condition => ({ op: 'any', of });
export const not = (of: Condition): Condition => ({ op: 'not', of });
export const is = (question: Id, ...values: readonly Id[]): Condition => ({ op: 'answer', question, values });
export const between = (question: Id, from: number, to: number): Condition => ({
  op: 'range',
  question,
  from,
  to,
});
export const picked = (decision: Id, ...options: readonly Id[]): Condition => ({
  op: 'decision',
  decision,
  options,
});

interface Extra {
  readonly askedWhen?: Condition;
  readonly assume?: Answer | null;
  readonly required?: boolean;
}
const common = (id: Id, assume: Answer, extra: Extra) => ({
  id,
  topic: 'topic',
  ask: `What about ${id}?`,
  why: '',
  dayZero: false,
  askedWhen: extra.askedWhen ?? always,
  assume: extra.assume === undefined ? assume : extra.assume,
  required: extra.required ?? false,
  whoKnows: 'somebody',
});
const choicesOf = (ids: readonly Id[]): readonly Choice[] =>
  ids.map(id => ({ id, label: id, stated: `It is ${id}.` }));

export const choice = (id: Id, values: readonly Id[], extra: Extra = {}): Question => ({
  ...common(id, values[0] ?? '', extra),
  kind: 'choice',
  choices: choicesOf(values),
});
export const yesNo = (id: Id, extra: Extra = {}): Question => ({
  ...common(id, 'no', extra),
  kind: 'yes-no',
  choices: choicesOf(['yes', 'no']),
});
export const multi = (id: Id, values: readonly Id[], extra: Extra = {}): Question => ({
  ...common(id, [], extra),
  kind: 'multi',
  choices: choicesOf(values),
  stated: 'They are {answer}.',
  statedNone: 'There are none.',
});
/** Its classes are filled in by {@link catalogueOf}. */
export const number = (id: Id, min: number, max: number, extra: Extra = {}): Question => ({
  ...common(id, min, extra),
  kind: 'number',
  min,
  max,
  stated: '{answer} of them.',
  statedOne: 'One of them.',
  classes: [],
});
export const drivers = (extra: Extra = {}): Question => ({
  ...common('drivers', [], extra),
  kind: 'ranked',
  choices: choicesOf(['cost', 'operability', 'portability', 'security', 'performance', 'time-to-market']),
  atMost: 3,
  stated: '{answer} matter most.',
  statedNone: 'No driver matters most.',
});

type OptionExtra = Partial<Pick<Option, 'effort' | 'oneWay' | 'applies'>>;
type RuleExtra = Partial<Pick<Rule, 'argument' | 'strength' | 'driver' | 'facts' | 'opinion' | 'because'>>;

const rule = (
  when: Condition,
  extra: RuleExtra,
): Omit<Rule, 'id' | 'argument'> & { readonly argument: Id | null } => ({
  when,
  favors: [],
  disfavors: [],
  rulesOut: null,
  argument: extra.argument ?? null,
  strength: extra.strength ?? 'plain',
  driver: extra.driver ?? 'cost',
  because: extra.because ?? 'It is so.',
  facts: extra.facts ?? [],
  opinion: extra.opinion ?? false,
});
type RuleBody = ReturnType<typeof rule>;
type Ids = Id | readonly Id[];
const listOf = (ids: Ids): readonly Id[] => (typeof ids === 'string' ? [ids] : ids);

export const favors = (options: Ids, when: Condition = always, extra: RuleExtra = {}): RuleBody => ({
  ...rule(when, extra),
  favors: listOf(options),
});
export const disfavors = (options: Ids, when: Condition = always, extra: RuleExtra = {}): RuleBody => ({
  ...rule(when, extra),
  disfavors: listOf(options),
});
export const rulesOut = (
  options: Ids,
  when: Condition = always,
  kind: RuleOutKind = 'impossible',
  extra: RuleExtra = {},
): RuleBody => ({ ...rule(when, extra), rulesOut: { options: listOf(options), kind } });
export const strong = { strength: 'strong' } as const;
export const serving = (driver: Driver) => ({ driver }) as const;

/** Options by id; their effort follows the order in which they are written unless it is given. */
export function decision(
  id: Id,
  options: Readonly<Record<Id, OptionExtra>>,
  rules: Readonly<Record<Id, RuleBody>> = {},
  extra: Partial<Pick<Decision, 'applies' | 'dayZero'>> = {},
): Decision {
  return {
    id,
    title: id,
    ask: `Which ${id}?`,
    dayZero: extra.dayZero ?? false,
    exit: 'Change it.',
    applies: extra.applies ?? always,
    notNeededBecause: 'It is not needed.',
    terms: [],
    options: Object.entries(options).map(([optionId, option], position) => ({
      id: optionId,
      label: optionId,
      effort: option.effort ?? position,
      oneWay: option.oneWay ?? false,
      applies: option.applies ?? always,
      pros: [],
      cons: [],
      revisitWhen: [],
    })),
    rules: Object.entries(rules).map(([ruleId, body]) => ({
      ...body,
      id: `${id}/${ruleId}`,
      argument: body.argument ?? `${id}/${ruleId}`,
    })),
    invariants: [],
    monotone: [],
  };
}

export const fact = (
  id: Id,
  extra: Partial<Pick<Fact, 'reviewBy' | 'contradictedBy' | 'kind'>> = {},
): Fact => ({
  id,
  says: 'It is so.',
  kind: extra.kind ?? 'hard',
  versions: {},
  source: { url: 'https://example.com', title: 'Page', publisher: 'Somebody', published: null },
  checked: '2026-11-01',
  reviewBy: extra.reviewBy ?? '2027-11-01',
  contradictedBy: extra.contradictedBy ?? [],
});

interface Parts {
  readonly questions: readonly Question[];
  readonly decisions: readonly Decision[];
  readonly facts?: readonly Fact[];
  readonly components?: readonly Component[];
  readonly kubernetes?: readonly KubernetesRelease[];
  readonly digest?: string;
}

export function catalogueOf(parts: Parts): Catalogue {
  const conditions = [
    ...parts.questions.map(question => question.askedWhen),
    ...parts.decisions.flatMap(({ applies, options, rules }) => [
      applies,
      ...options.map(option => option.applies),
      ...rules.map(({ when }) => when),
    ]),
  ];
  return {
    format: 1,
    digest: parts.digest ?? '000000000000',
    newest: '2026-11-20',
    packs: [],
    topics: [{ id: 'topic', title: 'Topic' }],
    questions: parts.questions.map(question =>
      question.kind === 'number' ? { ...question, classes: classesOf(question, conditions) } : question,
    ),
    decisions: parts.decisions,
    facts: parts.facts ?? [],
    releases: {
      kubernetes: parts.kubernetes ?? [],
      components: parts.components ?? [],
      images: [],
      providers: [],
      actions: [],
      tools: [],
    },
    presets: [],
  };
}

/** The range of a number question, cut wherever some condition begins or ends. */
function classesOf(
  { id, min, max }: NumberQuestion,
  conditions: readonly Condition[],
): NumberQuestion['classes'] {
  const starts = new Set([min]);
  const visit = (condition: Condition): void => {
    if (condition.op === 'all' || condition.op === 'any') condition.of.forEach(visit);
    else if (condition.op === 'not' || condition.op === 'term') visit(condition.of);
    else if (condition.op === 'range' && condition.question === id) {
      starts.add(Math.max(min, condition.from));
      if (condition.to < max) starts.add(condition.to + 1);
    }
  };
  conditions.forEach(visit);
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((from, position) => ({ from, to: (sorted[position + 1] ?? max + 1) - 1 }));
}

export const input = (
  answers: Readonly<Record<Id, Answer>> = {},
  pins: Readonly<Record<Id, Id>> = {},
): Input => ({
  answers: answersOf(answers),
  pins: pinsOf(pins),
  asOf: '2026-11-20',
});
export const answersOf = (answers: Readonly<Record<Id, Answer>>): Answers => new Map(Object.entries(answers));
export const pinsOf = (pins: Readonly<Record<Id, Id>>): Pins =>
  new Map(Object.entries(pins).map(([id, choose]) => [id, { choose, because: 'The team knows it.' }]));
