/** What a serverless service ends at: the rules refuse it before, and the generator refuses it again, by the same fact. */
import { describe, expect, test } from 'vitest';
import type { Answer, Answers, Id } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Outcome } from '../../src/engine/outcome.ts';
import { generateStarter } from '../../src/starter/generate.ts';
import { LIMITS } from '../../src/starter/serverless.ts';
import { cloudRunInput } from './cloud-run-input.ts';

const { catalogue } = cloudRunInput();
const engine = createEngine(catalogue);
const CLOUD: Readonly<Record<Id, string>> = { 'cloud-run': 'gcp', 'container-apps': 'azure' };
const FITTING: Readonly<Record<Id, Answer>> = {
  'air-gap': 'no',
  services: 3,
  teams: 1,
  'needs-kubernetes-api': 'no',
  'workload-kinds': ['web'],
  protocols: ['http'],
  'fits-serverless': 'all',
  'largest-unit': 'small',
  'max-duration': 'minutes',
  windows: 'no',
  architecture: 'amd64',
};
/** What some profiles hold, in some regions: advised against, and not generated. */
const BY_PROFILE = ['CPU and memory of a replica', 'GPU profiles'];
/** One answer beyond each limit, by its name. */
const BEYOND: Readonly<Record<string, Readonly<Record<Id, Answer>>>> = {
  'operating system': { windows: 'yes' },
  architecture: { architecture: 'arm64' },
  'CPU and memory of a task': { 'largest-unit': 'very-large' },
  'CPU and memory of a container': { 'largest-unit': 'large' },
  'CPU and memory of a replica': { 'largest-unit': 'very-large' },
  'duration of a request': { 'max-duration': 'hours' },
  'request timeout': { 'max-duration': 'hours' },
  'duration of a run': { 'max-duration': 'days', 'workload-kinds': ['web', 'batch'] },
  GPU: { 'workload-kinds': ['web', 'gpu'] },
  'GPU profiles': { 'workload-kinds': ['web', 'gpu'] },
  'access to nodes': { 'workload-kinds': ['web', 'agent'] },
  protocols: { protocols: ['http', 'udp'] },
  'ingress protocols': { protocols: ['http', 'udp'] },
  'local state': { 'workload-kinds': ['web', 'stateful'] },
};
const answersFor = (service: Id, more: Readonly<Record<Id, Answer>>): Answers =>
  new Map(Object.entries({ ...FITTING, cloud: CLOUD[service] ?? 'aws', ...more }));

function pinned(service: Id, answers: Answers) {
  const because = 'House standard.';
  const pins = new Map([
    ['platform', { choose: 'serverless', because }],
    ['serverless-service', { choose: service, because }],
  ]);
  return decide(engine, { answers, pins, asOf: '2026-11-20' });
}

const rows = Object.entries(LIMITS).flatMap(([service, limits]) =>
  limits.map(limit => [service, limit.name, limit] as const),
);

const stackBeyond = (service: Id, name: string) => pinned(service, answersFor(service, BEYOND[name] ?? {}));

describe('the rules call it impossible, by the same fact', () => {
  test.each(rows.filter(([, name]) => !BY_PROFILE.includes(name)))('%s: %s', (service, name, { fact }) => {
    const against = stackBeyond(service, name).outcomes.flatMap((outcome: Outcome) =>
      outcome.status === 'decided' && outcome.pinned?.against != null ? [outcome.pinned.against] : [],
    );
    const facts = against.filter(({ kind }) => kind === 'impossible').flatMap(each => each.facts);
    expect(facts).toContain(fact);
  });
});

describe('the generator refuses it by name and fact, and writes no more than a page that says so', () => {
  test.each(rows)('%s: %s', (service, name, { fact, says }) => {
    const starter = generateStarter({ ...cloudRunInput(), stack: stackBeyond(service, name) });
    expect(starter.refused).toBe(true);
    const said = starter.notGenerated.map(({ because }) => because).join('\n');
    expect(said).toContain(`Beyond the limit "${name}" (${fact}): ${says}`);
    expect([...starter.files.keys()].filter(path => path.startsWith('infra/'))).toEqual([]);
  });
});

test('every fact that a limit names is there, and every limit has answers that pass it', () => {
  const known = new Set(catalogue.facts.map(({ id }) => id));
  for (const [, name, { fact }] of rows) {
    expect(known).toContain(fact);
    expect(BEYOND).toHaveProperty([name]);
  }
});

test('within the limits each service is written', () => {
  for (const service of Object.keys(LIMITS)) {
    const starter = generateStarter({ ...cloudRunInput(), stack: pinned(service, answersFor(service, {})) });
    expect(starter.refused, service).toBe(false);
  }
});
