/** The record of what is not a choice but a default, and of every deviation from it. */

import type { Day, Id } from '../content/catalogue.ts';
import { statedAnswer } from '../content/prose.ts';
import { listed } from '../content/sentence.ts';
import { markdownCode, markdownText } from '../files/markdown.ts';
import { byPerson, confirmationLines } from './confirmation.ts';
import { cite, type DefaultDriver, defaultDrivers, defaultDriverText } from './default-drivers.ts';
import type { DefaultRow } from './default-row.ts';
import { defaultRows } from './default-rows.ts';
import { MOST_WORDS } from './detail.ts';
import { rankedDrivers } from './drivers.ts';
import { factLine } from './evidence.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { madr } from './madr.ts';
import { DEFAULTS_OPTION, PLATFORM_DEFAULTS } from './number.ts';
import { asSentence, aYearAfter, driverGoal, driverName, numberInWords, wordsOfRecord } from './prose.ts';
import type { AdrRecord, RelatedRecord } from './record.ts';

const ON_DEMAND = 'Added when a need shows';
const CONTEXT: readonly Id[] = [
  'cloud',
  'services',
  'teams',
  'environments',
  'regions',
  'on-call',
  'tenants',
];

/** None where nothing was decided. The longest telling that two pages hold. */
export function platformDefaults(
  input: AdrInput,
  library: Library,
  related: readonly RelatedRecord[],
): readonly AdrRecord[] {
  const rows = defaultRows(input.stack);
  const brief = rows.map((row, index) => ({
    ...row,
    facts: row.facts.slice(0, 1),
    measure: rows.slice(0, index).some(one => one.quality === row.quality) ? '' : row.measure,
  }));
  const tellings = [
    recordOf(input, library, related, rows, 'statements'),
    recordOf(input, library, related, rows, 'sources'),
    recordOf(input, library, related, brief, 'sources'),
  ].filter(record => record !== null);
  const fitting = tellings.find(record => wordsOfRecord(madr(record)) <= MOST_WORDS) ?? tellings.at(-1);
  return fitting === undefined ? [] : [fitting];
}

function recordOf(
  input: AdrInput,
  library: Library,
  related: readonly RelatedRecord[],
  rows: readonly DefaultRow[],
  says: 'statements' | 'sources',
): AdrRecord | null {
  const link = input.numbers.get(PLATFORM_DEFAULTS);
  if (link === undefined) return null;
  const drivers = defaultDrivers(rows, rankedDrivers(input, library));
  const facts = [...new Set(rows.flatMap(row => row.facts))].filter(id =>
    library.catalogue.facts.some(fact => fact.id === id),
  );
  const evidence = new Map(facts.map((id, index) => [id, `E${index + 1}`]));
  const cluster = rows.some(row => row.name === 'Nodes');
  const review = reviewOf(input, library, facts);
  return {
    decision: PLATFORM_DEFAULTS,
    link,
    status: 'proposed',
    date: input.stack.asOf,
    deciders: input.project.deciders ?? [],
    tags: [PLATFORM_DEFAULTS],
    related,
    context: contextLines(input, library),
    assumptions: [],
    question: 'Which settings does every workload get without a choice, and where do we deviate from them?',
    drivers: drivers.map(driver => `${driver.id}, ${defaultDriverText(driver, input, library)}`),
    conflicts: [],
    options: [DEFAULTS_OPTION, ON_DEMAND],
    outcome: outcome(input, rows, drivers, evidence),
    good: [
      `Good, because nothing has to be tightened under workloads that run already${cite(drivers, 'security')}.`,
      `Good, because the first incident finds alerts, limits and a runbook in place${cite(drivers, 'operability')}.`,
    ],
    bad: badConsequences(drivers, cluster),
    confirmation: confirmationLines(
      input,
      PLATFORM_DEFAULTS,
      byPerson(`the platform of ${markdownText(input.project.name)}`, review.day),
    ),
    optionRecords: optionRecords(drivers, cluster),
    ruledOut: [],
    evidence: evidenceLines(input, library, evidence, says),
    more: moreLines(input, review.says),
  };
}

/** Where the record is long, its sources are named without what they say: the defaults say it. */
function evidenceLines(
  input: AdrInput,
  library: Library,
  evidence: ReadonlyMap<Id, string>,
  says: 'statements' | 'sources',
): readonly string[] {
  if (evidence.size === 0) {
    return ['These are defaults of the platform; no claim about a product decides them.'];
  }
  return [...evidence].map(([id, number]) =>
    says === 'statements'
      ? factLine(number, library.fact(id), input.stack.asOf)
      : factLine(number, library.fact(id), input.stack.asOf, ''),
  );
}

function contextLines(input: AdrInput, library: Library): readonly string[] {
  const { stack } = input;
  return CONTEXT.flatMap(id => {
    const question = library.catalogue.questions.find(one => one.id === id);
    const answer = stack.answers.get(id);
    if (question === undefined || answer === undefined || stack.assumed.includes(id)) return [];
    return [markdownText(asSentence(statedAnswer(question, answer)))];
  });
}

function outcome(
  input: AdrInput,
  rows: readonly DefaultRow[],
  drivers: readonly DefaultDriver[],
  evidence: ReadonlyMap<Id, string>,
): AdrRecord['outcome'] {
  const deviating = rows.filter(row => row.deviations.length > 0).length;
  const name = markdownText(input.project.name);
  const level = deviating === 0 ? 'high' : 'medium';
  const why =
    deviating === 0
      ? 'no answer makes this platform deviate'
      : `${numberInWords(deviating)} of the ${numberInWords(rows.length)} defaults ${deviating === 1 ? 'needs a note' : 'need notes'} for this platform`;
  return {
    chosen:
      `Chosen option: "${DEFAULTS_OPTION}", because what is loose at the start is hard to tighten later${cite(drivers, 'security')}, ` +
      `and because an incident does not wait for alerts${cite(drivers, 'operability')}.`,
    weWill: `We will apply these defaults to every workload of ${name} and record each deviation here.`,
    notices: [],
    yStatement:
      `In the context of the platform of ${name}, facing ${listed(
        drivers.slice(0, 2).map(driver => driverName(driver.quality)),
        'and',
      )}, ` +
      `we decided for defaults that are safe from the first day and neglected adding them when a need shows, ` +
      `to achieve ${driverGoal(drivers[0]?.quality ?? 'operability')}, accepting that the first workload takes longer to deploy.`,
    judgement: [
      ...rows.map(row => rowLine(row, evidence)),
      'Verdict: a default, not a comparison; no weighting changes it.',
      `Confidence: ${level}, because ${why}.`,
    ],
  };
}

function rowLine(row: DefaultRow, evidence: ReadonlyMap<Id, string>): string {
  const cited = row.facts.map(id => evidence.get(id)).filter(id => id !== undefined);
  const facts = cited.length === 0 ? '' : ` (${cited.join(', ')})`;
  const says = row.says.replace(/\.$/, `${facts}.`);
  return [`${row.name}: ${says}`, ...row.deviations.map(text => markdownText(asSentence(text)))].join(' ');
}

function badConsequences(drivers: readonly DefaultDriver[], cluster: boolean): readonly string[] {
  return [
    `Bad, because the first workload takes longer to deploy${cite(drivers, 'time-to-market')}. Mitigation: The sample workload meets every default and can be copied.`,
    ...(cluster
      ? [
          `Bad, because three nodes are paid for before the load needs them${cite(drivers, 'cost')}. Mitigation: The nodes start small.`,
        ]
      : []),
  ];
}

function optionRecords(drivers: readonly DefaultDriver[], cluster: boolean): AdrRecord['optionRecords'] {
  return [
    {
      title: DEFAULTS_OPTION,
      good: [
        `Good, because every team starts from the same ground${cite(drivers, 'security')}.`,
        `Good, because a check can see a missing default${cite(drivers, 'operability')}.`,
      ],
      bad: [
        `Bad, because the first workload takes longer to deploy${cite(drivers, 'time-to-market')}.`,
        ...(cluster
          ? [`Bad, because nodes are paid for before the load needs them${cite(drivers, 'cost')}.`]
          : []),
      ],
      notChosen: null,
    },
    {
      title: ON_DEMAND,
      good: [`Good, because less is paid for at first${cite(drivers, 'cost')}.`],
      bad: [`Bad, because each tightening can break what runs${cite(drivers, 'security')}.`],
      notChosen: `Not chosen because the need shows in an incident, which is too late for operability${cite(drivers, 'operability')}.`,
    },
  ];
}

interface Review {
  readonly day: Day;
  readonly says: string;
}

function reviewOf(input: AdrInput, library: Library, facts: readonly Id[]): Review {
  const [fact] = facts.map(id => library.fact(id).reviewBy).sort();
  const until = input.stack.versions.kubernetes?.supportedUntil ?? null;
  if (until !== null && (fact === undefined || until < fact)) {
    const minor = input.stack.versions.kubernetes?.minor;
    return { day: until, says: `Review by ${until}, when support for Kubernetes ${minor} ends.` };
  }
  if (fact !== undefined) return { day: fact, says: `Review by ${fact}, when the first fact is due.` };
  const day = aYearAfter(input.stack.asOf);
  return { day, says: `Review by ${day}, a year after it was written.` };
}

function moreLines(input: AdrInput, review: string): readonly string[] {
  return [
    review,
    'Revisit when: More than two workloads deviate from the same default.',
    'Revisit when: A user noticed the loss of one node or instance.',
    'Way out: Each default can be changed alone.',
    `Written from the answers of ${input.stack.asOf} and the knowledge ${markdownCode(input.stack.knowledge)}.`,
    '[ ] Agreed by the decision makers, with names and date.',
  ];
}
