/** A catalogue with one question of each kind and two decisions, for tests that must not depend on the shipped advice. */
import type {
  Catalogue,
  Choice,
  Condition,
  Decision,
  Option,
  Question,
} from '../../src/content/catalogue.ts';

const always: Condition = { op: 'all', of: [] };
const choice = (id: string, label: string): Choice => ({ id, label, stated: `It is ${label}.` });
const base = (id: string, ask: string, why: string) =>
  ({
    id,
    topic: 'estate',
    ask,
    why,
    dayZero: false,
    askedWhen: always,
    required: false,
    whoKnows: 'The platform team.',
  }) as const;

const questions: readonly Question[] = [
  {
    ...base('cloud', 'Which cloud do the workloads run on?', 'Every later choice depends on it.'),
    required: true,
    dayZero: true,
    kind: 'choice',
    assume: null,
    choices: [
      choice('aws', 'AWS'),
      choice('azure', 'Azure'),
      choice('gcp', 'Google Cloud'),
      choice('on-prem', 'Own data centre'),
    ],
  },
  {
    ...base(
      'services',
      'How many services will run in a year?',
      'Few services rarely repay what a cluster costs to run.',
    ),
    kind: 'number',
    assume: 10,
    min: 1,
    max: 500,
    stated: '{answer} services will run within a year.',
    statedOne: 'One service will run within a year.',
    classes: [{ from: 1, to: 500 }],
  },
  {
    ...base(
      'windows',
      'Do some containers need Windows nodes?',
      'Not every network plugin serves Windows nodes.',
    ),
    topic: 'workloads',
    kind: 'yes-no',
    assume: 'no',
    choices: [choice('yes', 'Yes'), choice('no', 'No')],
  },
  {
    ...base('compliance', 'Which compliance regimes apply?', 'Some ask for encryption between services.'),
    topic: 'workloads',
    kind: 'multi',
    assume: [],
    choices: [choice('pci-dss', 'PCI DSS'), choice('hipaa', 'HIPAA'), choice('iso-27001', 'ISO 27001')],
    stated: 'The workloads fall under {answer}.',
    statedNone: 'No compliance regime applies.',
  },
  {
    ...base('drivers', 'What matters most?', 'Reasons that serve these count twice.'),
    topic: 'workloads',
    kind: 'ranked',
    atMost: 2,
    assume: [],
    choices: [choice('cost', 'Cost'), choice('security', 'Security'), choice('operability', 'Operability')],
    stated: 'What matters most: {answer}.',
    statedNone: 'Nothing matters more than the rest.',
  },
];

const option = (id: string, effort: number): Option => ({
  id,
  label: id,
  effort,
  oneWay: false,
  applies: always,
  pros: [],
  cons: [],
  revisitWhen: [],
});
const decision = (id: string, title: string, options: readonly string[]): Decision => ({
  id,
  title,
  ask: `${title}?`,
  dayZero: false,
  exit: 'It can be changed later.',
  applies: always,
  notNeededBecause: 'Nothing runs on a cluster.',
  terms: [],
  options: options.map(option),
  rules: [],
  invariants: [],
  monotone: [],
});

export const SMALL: Catalogue = {
  format: 1,
  digest: '0123456789ab',
  newest: '2026-11-20',
  packs: [{ name: 'small', version: '1.0.0' }],
  topics: [
    { id: 'estate', title: 'Estate' },
    { id: 'workloads', title: 'Workloads' },
  ],
  questions,
  decisions: [
    decision('cni', 'Container network', ['cilium', 'calico']),
    decision('mesh', 'Service mesh', ['none', 'linkerd', 'istio-ambient']),
  ],
  facts: [],
  releases: { kubernetes: [], components: [], images: [], providers: [], actions: [], tools: [] },
  presets: [
    {
      id: 'small-team',
      title: 'A small team',
      because: 'Three services and one team.',
      answers: { services: 3, windows: 'no', compliance: [] },
    },
  ],
};
