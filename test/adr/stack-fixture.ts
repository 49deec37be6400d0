/** One run over the small catalogue: 40 services of six teams on AWS, with one question open and one pin. */
import type { Decided, Flip, Reason, RuledOut, Stack } from '../../src/engine/outcome.ts';
import { catalogue } from './catalogue-fixture.ts';

function reason(rule: string, change: Partial<Reason> = {}): Reason {
  const found = catalogue.decisions.flatMap(decision => decision.rules).find(one => one.id === rule);
  if (found === undefined) throw new Error(rule);
  const favors = found.favors.length > 0;
  return {
    rule,
    argument: found.argument,
    driver: found.driver,
    strength: found.strength,
    opinion: found.opinion,
    lifted: false,
    counted: true,
    assumed: false,
    effect: favors ? 'favors' : 'disfavors',
    options: favors ? found.favors : found.disfavors,
    because: found.because,
    when: `the condition of ${rule} holds`,
    facts: found.facts,
    ...change,
  };
}

export function ruledOut(rule: string, option: string): RuledOut {
  const { because, when, facts } = reason(rule);
  return { option, kind: 'impossible', assumed: false, rule, because, when, facts };
}

export function decided(decision: string, pick: string, change: Partial<Decided> = {}): Decided {
  return {
    status: 'decided',
    decision,
    pick,
    verdict: 'clear',
    tally: [],
    reasons: [],
    ruledOut: [],
    absent: [],
    holdsFor: { from: 1, to: null },
    hingesOn: { rules: [], numbers: [], heldNumbers: [], opinions: false },
    runnerUp: null,
    tie: null,
    withoutDrivers: null,
    avoided: [],
    unsettledBy: [],
    couldBe: [pick],
    read: [],
    pinned: null,
    confidence: { level: 'high', because: 'The verdict is clear and every answer is given.' },
    ...change,
  };
}

export const platform = decided('platform', 'kubernetes', {
  verdict: 'depends-on-weighting',
  holdsFor: { from: 4 / 3, to: null },
  tally: [
    { option: 'kubernetes', strong: 1, plain: 0 },
    { option: 'serverless', strong: 0, plain: 2 },
  ],
  reasons: [reason('platform/many-services'), reason('platform/idle-cost', { lifted: true })],
  runnerUp: 'serverless',
  withoutDrivers: null,
  read: ['services', 'teams', 'cloud'],
  confidence: { level: 'medium', because: 'The pick depends on the weight of one strong reason.' },
});
export const cni = decided('cni', 'aws-vpc-cni', {
  verdict: 'not-settled',
  tally: [
    { option: 'aws-vpc-cni', strong: 1, plain: 0 },
    { option: 'cilium', strong: 0, plain: 1 },
    { option: 'calico', strong: 0, plain: 0 },
  ],
  reasons: [reason('cni/vendor-support'), reason('cni/deep-policies', { assumed: true })],
  runnerUp: 'cilium',
  read: ['cloud', 'policy-depth', 'windows'],
  unsettledBy: ['policy-depth'],
  couldBe: ['aws-vpc-cni', 'cilium'],
  confidence: { level: 'low', because: 'One answer that can change the pick is open.' },
});
export const mesh = decided('mesh', 'none', {
  tally: [
    { option: 'none', strong: 0, plain: 1 },
    { option: 'linkerd', strong: 0, plain: 0 },
  ],
  reasons: [reason('mesh/no-need')],
  runnerUp: 'linkerd',
  read: ['service-mtls', 'services'],
});

export const stack: Stack = {
  asOf: '2026-11-20',
  knowledge: catalogue.digest,
  outcomes: [platform, cni, mesh],
  versions: {
    kubernetes: {
      minor: '1.35',
      supportedUntil: '2027-03-27',
      monthsLeft: 4,
      bindingComponents: [],
      outside: [],
      because: 'Every component of this stack declares 1.35.',
    },
    gatewayApi: '1.5.1',
    components: { cilium: '1.20.0' },
    notices: [],
  },
  openQuestions: [
    { question: 'policy-depth', assumed: 'l3-l4', matters: ['cni'], whoKnows: 'Security' },
    { question: 'windows', assumed: 'no', matters: [], whoKnows: 'Application teams' },
  ],
  answers: new Map<string, string | number | readonly string[]>([
    ['cloud', 'aws'],
    ['services', 40],
    ['teams', 6],
    ['windows', 'no'],
    ['policy-depth', 'l3-l4'],
    ['service-mtls', 'none'],
    ['drivers', ['cost', 'security']],
  ]),
  assumed: ['policy-depth', 'windows'],
};

export const flips: readonly Flip[] = [
  {
    decision: 'platform',
    from: 'kubernetes',
    to: 'serverless',
    changes: [{ question: 'services', from: 40, answer: 19 }],
  },
  {
    decision: 'cni',
    from: 'aws-vpc-cni',
    to: 'cilium',
    changes: [{ question: 'policy-depth', from: null, answer: 'l7-or-dns' }],
  },
  {
    decision: 'cni',
    from: 'aws-vpc-cni',
    to: null,
    changes: [{ question: 'services', from: 40, answer: 9 }],
  },
];
