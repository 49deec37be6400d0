/** A small catalogue, as realistic as the shipped one: three decisions that build on each other. */
import type {
  Argument,
  Catalogue,
  Choice,
  Condition,
  Decision,
  Driver,
  Fact,
  Option,
  Question,
  Rule,
} from '../../src/content/catalogue.ts';

const ALWAYS: Condition = { op: 'all', of: [] };
export const answered = (question: string, ...values: readonly string[]): Condition => ({
  op: 'answer',
  question,
  values,
});
const decided = (decision: string, ...options: readonly string[]): Condition => ({
  op: 'decision',
  decision,
  options,
});

const base = { dayZero: false, askedWhen: ALWAYS, required: false } as const;
const choice = (id: string, label: string, stated: string): Choice => ({ id, label, stated });

const questions: readonly Question[] = [
  {
    ...base,
    id: 'cloud',
    topic: 'estate',
    kind: 'choice',
    ask: 'Where do the workloads run?',
    why: 'Every later decision depends on it.',
    assume: null,
    required: true,
    whoKnows: 'Whoever signs the contract',
    choices: [
      choice('aws', 'AWS', 'The workloads run on AWS.'),
      choice('gcp', 'Google Cloud', 'The workloads run on Google Cloud.'),
    ],
  },
  {
    ...base,
    id: 'services',
    topic: 'estate',
    kind: 'number',
    ask: 'How many services will run within a year?',
    why: 'Few services rarely repay what a cluster costs to run.',
    assume: 10,
    whoKnows: 'Product and engineering leads',
    min: 1,
    max: 500,
    stated: '{answer} services will run within a year.',
    statedOne: 'One service will run within a year.',
    classes: [
      { from: 1, to: 9 },
      { from: 10, to: 19 },
      { from: 20, to: 500 },
    ],
  },
  {
    ...base,
    id: 'teams',
    topic: 'people',
    kind: 'number',
    ask: 'How many teams will deploy to it?',
    why: 'A platform pays off by being shared.',
    assume: 1,
    whoKnows: 'Engineering leads',
    min: 1,
    max: 100,
    stated: '{answer} teams will deploy to it.',
    statedOne: 'One team will deploy to it.',
    classes: [
      { from: 1, to: 2 },
      { from: 3, to: 100 },
    ],
  },
  {
    ...base,
    id: 'windows',
    topic: 'workloads',
    kind: 'yes-no',
    ask: 'Do some containers need Windows nodes?',
    why: 'Windows nodes rule out several options.',
    assume: 'no',
    whoKnows: 'Application teams',
    choices: [
      choice('yes', 'Yes', 'Some containers need Windows nodes.'),
      choice('no', 'No', 'No container needs Windows nodes.'),
    ],
  },
  {
    ...base,
    id: 'policy-depth',
    topic: 'network',
    kind: 'choice',
    ask: 'How deep must network policies reach?',
    why: 'Policies on paths or DNS names need more than the standard policy.',
    assume: 'l3-l4',
    whoKnows: 'Security',
    choices: [
      choice('l3-l4', 'Addresses and ports', 'Network policies must reach addresses and ports.'),
      choice('l7-or-dns', 'Paths or DNS names', 'Network policies must reach paths or DNS names.'),
    ],
  },
  {
    ...base,
    id: 'service-mtls',
    topic: 'between-services',
    kind: 'choice',
    ask: 'Must services prove their identity to one another?',
    why: 'This is the usual reason for a mesh.',
    assume: 'none',
    whoKnows: 'Security or compliance',
    choices: [
      choice('none', 'No', 'Services need not prove their identity to one another.'),
      choice('mandated', 'Mandated', 'Mutual TLS between services is mandated.'),
    ],
  },
  {
    ...base,
    id: 'drivers',
    topic: 'priorities',
    kind: 'ranked',
    ask: 'What matters most?',
    why: 'Ranked qualities lift the reasons that serve them.',
    assume: [],
    whoKnows: 'Engineering leads',
    atMost: 3,
    choices: ['cost', 'operability', 'security', 'portability'].map(id => choice(id, id, '')),
    stated: 'What matters most, in this order: {answer}.',
    statedNone: 'No quality was ranked above the others.',
  },
];

const facts: readonly Fact[] = [
  fact(
    'PLAT-12',
    'Kubernetes recommends to look at managed services first.',
    'Kubernetes',
    '2026-02-01',
    '2027-02-20',
  ),
  fact(
    'PLAT-01',
    'AWS recommends Fargate unless Kubernetes is asked for.',
    'AWS',
    '2026-08-20',
    '2027-01-20',
  ),
  fact('CNI-11', 'AWS supports only the Amazon VPC CNI on EC2 nodes.', 'AWS', '2026-05-04', '2027-03-01'),
  fact('CNI-13', 'Cilium runs on Linux nodes only.', 'Cilium', null, '2027-04-01'),
  fact('MESH-01', 'A mesh is worth it for mandated workload identity.', 'Istio', '2026-06-01', '2027-05-01'),
];

function fact(id: string, says: string, publisher: string, published: string | null, reviewBy: string): Fact {
  return {
    id,
    says,
    kind: 'preference',
    versions: {},
    source: { url: `https://example.com/${id.toLowerCase()}`, title: `About ${id}`, publisher, published },
    checked: '2026-11-20',
    reviewBy,
    contradictedBy: [],
  };
}

const pro = (driver: Driver, text: string, ...cites: readonly string[]): Argument => ({
  driver,
  text,
  facts: cites,
  mitigation: null,
});
const con = (
  driver: Driver,
  text: string,
  mitigation: string | null,
  ...cites: readonly string[]
): Argument => ({
  driver,
  text,
  facts: cites,
  mitigation,
});
const option = (
  id: string,
  label: string,
  effort: number,
  pros: readonly Argument[],
  cons: readonly Argument[],
  revisitWhen: readonly string[],
): Option => ({ id, label, effort, oneWay: false, applies: ALWAYS, pros, cons, revisitWhen });
const rule = (
  id: string,
  when: Condition,
  driver: Driver,
  because: string,
  facts: readonly string[],
  effect: Partial<Pick<Rule, 'favors' | 'disfavors' | 'rulesOut' | 'strength'>>,
): Rule => ({
  id,
  when,
  favors: [],
  disfavors: [],
  rulesOut: null,
  argument: id,
  strength: 'plain',
  driver,
  because,
  facts,
  opinion: facts.length === 0,
  ...effect,
});

const decisions: readonly Decision[] = [
  {
    id: 'platform',
    title: 'Platform',
    ask: 'What carries the workloads: a serverless container service, Kubernetes or both?',
    dayZero: true,
    exit: 'Containers move between the platforms; manifests and pipelines have to be written again.',
    applies: ALWAYS,
    notNeededBecause: '',
    terms: [],
    options: [
      option(
        'serverless',
        'Managed serverless containers',
        0,
        [
          pro('operability', 'nobody has to patch, upgrade or watch nodes', 'PLAT-01'),
          pro('cost', 'idle services cost little or nothing'),
        ],
        [
          con(
            'portability',
            'its deployment model is the provider’s own',
            'Keep the containers free of its API.',
          ),
        ],
        ['Two teams ask for the Kubernetes API.'],
      ),
      option(
        'kubernetes',
        'Kubernetes',
        2,
        [
          pro('portability', 'the same manifests run on every provider'),
          pro('operability', 'many teams share one way to deploy, watch and secure workloads'),
        ],
        [
          con(
            'operability',
            'a cluster wants upgrades every four months',
            'Plan three minors a year.',
            'PLAT-12',
          ),
          con('cost', 'control plane and idle nodes cost money before the first request', null),
        ],
        ['Fewer than ten services are left on the cluster.'],
      ),
    ],
    rules: [
      rule(
        'platform/many-services',
        { op: 'all', of: [range('services', 20, 500), range('teams', 3, 100)] },
        'operability',
        'Many services of several teams repay what a shared platform costs to run.',
        ['PLAT-12'],
        { favors: ['kubernetes'], strength: 'strong' },
      ),
      rule(
        'platform/idle-cost',
        range('services', 1, 500),
        'cost',
        'A cluster costs money while nothing runs on it.',
        ['PLAT-01'],
        { favors: ['serverless'] },
      ),
    ],
    invariants: [],
    monotone: [],
  },
  {
    id: 'cni',
    title: 'Pod network',
    ask: 'Which network connects the pods and enforces their policies?',
    dayZero: true,
    exit: 'Replace the nodes group by group on a second data plane.',
    applies: decided('platform', 'kubernetes'),
    notNeededBecause: 'Nothing runs on a cluster.',
    terms: [],
    options: [
      option(
        'aws-vpc-cni',
        'Amazon VPC CNI',
        0,
        [
          pro('operability', 'AWS supports it together with the nodes', 'CNI-11'),
          pro('performance', 'pods have addresses of the network, without an overlay'),
        ],
        [con('security', 'its policies end at addresses and ports', 'Filter DNS names at the egress.')],
        ['A policy must name a DNS domain.'],
      ),
      option(
        'cilium',
        'Cilium',
        1,
        [
          pro('security', 'policies reach paths and DNS names'),
          pro('operability', 'Hubble shows every flow'),
        ],
        [con('operability', 'AWS does not support it on EC2 nodes', 'Buy a support contract.', 'CNI-11')],
        ['The support contract ends.'],
      ),
      option('calico', 'Calico', 2, [pro('portability', 'it runs on every provider')], [], []),
    ],
    rules: [
      rule(
        'cni/vendor-support',
        answered('cloud', 'aws'),
        'operability',
        'AWS supports only the Amazon VPC CNI on its nodes.',
        ['CNI-11'],
        { favors: ['aws-vpc-cni'], strength: 'strong' },
      ),
      rule(
        'cni/deep-policies',
        answered('policy-depth', 'l7-or-dns'),
        'security',
        'Policies on paths or DNS names are what Cilium adds.',
        ['CNI-13'],
        { favors: ['cilium'] },
      ),
      rule(
        'cni/no-windows',
        answered('windows', 'yes'),
        'operability',
        'Cilium has no data plane on Windows nodes.',
        ['CNI-13'],
        { rulesOut: { options: ['cilium'], kind: 'impossible' } },
      ),
    ],
    invariants: [],
    monotone: [],
  },
  {
    id: 'mesh',
    title: 'Service mesh',
    ask: 'Do the services need a mesh between them, and which?',
    dayZero: false,
    exit: 'Take the injection labels away, namespace by namespace.',
    applies: decided('platform', 'kubernetes'),
    notNeededBecause: 'Nothing runs on a cluster.',
    terms: [],
    options: [
      option(
        'none',
        'No mesh',
        0,
        [
          pro('operability', 'there is no further control plane to upgrade'),
          pro('cost', 'no proxy takes memory'),
        ],
        [con('security', 'workloads do not prove their identity to one another', null, 'MESH-01')],
        ['An auditor asks for mutual TLS between services.'],
      ),
      option(
        'linkerd',
        'Linkerd',
        1,
        [pro('security', 'every call carries a workload identity', 'MESH-01')],
        [con('operability', 'a proxy runs beside every pod', 'Set its memory limit.')],
        ['The licence changes.'],
      ),
    ],
    rules: [
      rule(
        'mesh/mtls-mandated',
        answered('service-mtls', 'mandated'),
        'security',
        'Workload identity between services is required, and encryption between nodes does not give it.',
        ['MESH-01'],
        { favors: ['linkerd'], disfavors: ['none'], strength: 'strong' },
      ),
      rule(
        'mesh/no-need',
        answered('service-mtls', 'none'),
        'operability',
        'Nothing that a mesh adds is asked for.',
        [],
        { favors: ['none'] },
      ),
    ],
    invariants: [],
    monotone: [],
  },
];

function range(question: string, from: number, to: number): Condition {
  return { op: 'range', question, from, to };
}

export const catalogue: Catalogue = {
  format: 1,
  digest: '0123456789ab',
  newest: '2026-11-20',
  packs: [{ name: 'chartroom', version: '1' }],
  topics: [
    { id: 'estate', title: 'Estate' },
    { id: 'people', title: 'People' },
  ],
  questions,
  decisions,
  facts,
  releases: { kubernetes: [], components: [], images: [], providers: [], actions: [], tools: [] },
  presets: [],
};
