/** A catalogue small enough to know by heart: seven questions of every kind, three decisions. */
import type {
  Catalogue,
  Choice,
  Condition,
  Decision,
  Option,
  Question,
  Rule,
} from '../../src/content/catalogue.ts';

const ALWAYS: Condition = { op: 'all', of: [] };
const on = (question: string, ...values: string[]): Condition => ({ op: 'answer', question, values });
const decided = (decision: string, ...options: string[]): Condition => ({
  op: 'decision',
  decision,
  options,
});
const choice = (id: string, label: string): Choice => ({ id, label, stated: `It is ${label}.` });

const base = {
  dayZero: false,
  askedWhen: ALWAYS,
  required: false,
  whoKnows: 'Platform team',
} as const;
const yesNo = {
  kind: 'yes-no',
  choices: [
    { id: 'yes', label: 'Yes', stated: 'Yes.' },
    { id: 'no', label: 'No', stated: 'No.' },
  ],
} as const;

const questions: readonly Question[] = [
  {
    ...base,
    id: 'cloud',
    topic: 'estate',
    ask: 'Where will it run?',
    why: 'Every managed service belongs to one provider.',
    kind: 'choice',
    choices: [choice('aws', 'AWS'), choice('azure', 'Azure'), choice('gcp', 'Google Cloud')],
    assume: null,
    required: true,
    dayZero: true,
  },
  {
    ...base,
    id: 'services',
    topic: 'estate',
    ask: 'How many services will run in a year?',
    why: 'Few services rarely repay what a cluster costs to run.',
    kind: 'number',
    min: 1,
    max: 500,
    assume: 5,
    stated: '{answer} services.',
    statedOne: 'One service.',
    classes: [
      { from: 1, to: 9 },
      { from: 10, to: 500 },
    ],
  },
  {
    ...base,
    ...yesNo,
    id: 'operators',
    topic: 'estate',
    ask: 'Is the Kubernetes API itself needed?',
    why: 'Operators need it.',
    assume: 'no',
  },
  {
    ...base,
    id: 'compliance',
    topic: 'rules',
    ask: 'Which regimes apply?',
    why: 'They ask for evidence.',
    kind: 'multi',
    choices: [choice('pci-dss', 'PCI DSS'), choice('hipaa', 'HIPAA'), choice('iso', 'ISO 27001')],
    assume: [],
    stated: 'Under {answer}.',
    statedNone: 'Under none.',
  },
  {
    ...base,
    ...yesNo,
    id: 'windows',
    topic: 'cluster',
    ask: 'Do some containers need Windows nodes?',
    why: 'Not every network plug-in runs there.',
    assume: 'no',
    askedWhen: decided('platform', 'kubernetes'),
  },
  {
    ...base,
    id: 'mtls',
    topic: 'cluster',
    ask: 'Must services prove their identity to one another?',
    why: 'This is the usual reason for a mesh.',
    kind: 'choice',
    choices: [choice('none', 'No need'), choice('wanted', 'Wanted'), choice('mandated', 'Mandated')],
    assume: 'none',
    askedWhen: decided('platform', 'kubernetes'),
  },
  {
    ...base,
    id: 'drivers',
    topic: 'priorities',
    ask: 'What matters most?',
    why: 'It decides between options that are close.',
    kind: 'ranked',
    choices: [choice('cost', 'Cost'), choice('security', 'Security'), choice('operability', 'Operability')],
    atMost: 2,
    assume: [],
    stated: '{answer} matter most.',
    statedNone: 'Nothing was ranked.',
  },
];

const option = (id: string, label: string, effort: number): Option => ({
  id,
  label,
  effort,
  oneWay: false,
  applies: ALWAYS,
  pros: [],
  cons: [],
  revisitWhen: [],
});
const rule = (id: string, when: Condition, more: Partial<Rule>): Rule => ({
  id,
  when,
  favors: [],
  disfavors: [],
  rulesOut: null,
  argument: id,
  strength: 'plain',
  driver: 'operability',
  because: `Since ${id} holds.`,
  facts: [],
  opinion: false,
  ...more,
});
const decision = (id: string, title: string, more: Partial<Decision>): Decision => ({
  id,
  title,
  ask: `Which ${title.toLowerCase()}?`,
  dayZero: false,
  exit: 'It can be replaced later.',
  applies: decided('platform', 'kubernetes'),
  notNeededBecause: 'Nothing runs on a cluster.',
  terms: [],
  options: [],
  rules: [],
  invariants: [],
  monotone: [],
  ...more,
});

const decisions: readonly Decision[] = [
  decision('platform', 'Platform', {
    applies: ALWAYS,
    dayZero: true,
    options: [option('serverless', 'Managed containers', 0), option('kubernetes', 'Kubernetes', 1)],
    rules: [
      rule(
        'platform/many',
        { op: 'range', question: 'services', from: 10, to: 500 },
        {
          favors: ['kubernetes'],
          strength: 'strong',
          facts: ['F-01'],
        },
      ),
      rule('platform/few', { op: 'range', question: 'services', from: 1, to: 9 }, { favors: ['serverless'] }),
      rule('platform/api', on('operators', 'yes'), {
        rulesOut: { options: ['serverless'], kind: 'impossible' },
        facts: ['F-01'],
      }),
    ],
  }),
  decision('cni', 'Network plug-in', {
    options: [
      { ...option('aws-vpc-cni', 'AWS VPC CNI', 0), applies: on('cloud', 'aws') },
      option('cilium', 'Cilium', 1),
    ],
    rules: [
      rule('cni/aws', on('cloud', 'aws'), { favors: ['aws-vpc-cni'] }),
      rule('cni/others', on('cloud', 'gcp', 'azure'), { favors: ['cilium'] }),
      rule('cni/windows', on('windows', 'yes'), {
        rulesOut: { options: ['cilium'], kind: 'unsupported' },
        facts: ['F-01'],
      }),
    ],
  }),
  decision('mesh', 'Service mesh', {
    options: [
      option('none', 'No mesh', 0),
      option('linkerd', 'Linkerd', 1),
      option('istio-ambient', 'Istio ambient', 2),
    ],
    rules: [
      rule('mesh/simple', on('mtls', 'none'), { favors: ['none'] }),
      rule('mesh/mandated', on('mtls', 'mandated'), {
        disfavors: ['none'],
        strength: 'strong',
        facts: ['F-01'],
      }),
      rule('mesh/house', on('compliance', 'pci-dss'), {
        rulesOut: { options: ['linkerd'], kind: 'forbidden' },
        facts: ['F-01'],
      }),
    ],
  }),
];

export const SMALL: Catalogue = {
  format: 1,
  digest: 'abcdef012345',
  newest: '2026-11-20',
  packs: [],
  topics: [
    { id: 'estate', title: 'Estate' },
    { id: 'rules', title: 'Rules' },
    { id: 'cluster', title: 'Cluster' },
    { id: 'priorities', title: 'Priorities' },
  ],
  questions,
  decisions,
  facts: [
    {
      id: 'F-01',
      says: 'A fact that is cited.',
      kind: 'hard',
      versions: {},
      source: {
        url: 'https://example.com/fact',
        title: 'A page',
        publisher: 'Example',
        published: '2026-01-02',
      },
      checked: '2026-11-20',
      reviewBy: '2027-05-20',
      contradictedBy: [],
    },
  ],
  releases: { kubernetes: [], components: [], images: [], providers: [], actions: [], tools: [] },
  presets: [
    {
      id: 'startup',
      title: 'Startup',
      because: 'Few services, one team.',
      answers: { cloud: 'gcp', services: 3, operators: 'no' },
    },
  ],
};
