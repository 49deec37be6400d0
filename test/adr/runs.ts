/** Whole runs over the shipped content: the examples, and teams that differ from them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AdrLink, numberAdrs } from '../../src/adr/number.ts';
import { writeAdrs } from '../../src/adr/write.ts';
import { parseAnswers } from '../../src/answers/parse.ts';
import type { Answer, Catalogue, Id } from '../../src/content/catalogue.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import type { Project } from '../../src/content/project.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { flips } from '../../src/engine/flips.ts';
import type { Flip, Pin, Stack } from '../../src/engine/outcome.ts';
import type { FileTree } from '../../src/files/tree.ts';

export interface AdrRun {
  readonly name: string;
  readonly stack: Stack;
  readonly catalogue: Catalogue;
  readonly project: Project;
  readonly flips: readonly Flip[];
  readonly numbers: ReadonlyMap<Id, AdrLink>;
  readonly tree: FileTree;
}

const root = resolve(import.meta.dirname, '../..');
const loaded = loadCatalogue([{ name: 'chartroom', version: '0', root }]);
if (loaded.catalogue === null) throw new Error(JSON.stringify(loaded.diagnostics[0]));
export const shipped: Catalogue = loaded.catalogue;
const engine = createEngine(shipped);

/** Answers that a team gives; what is missing is unsure. */
const PERSONAS: Readonly<Record<string, { answers: Record<Id, Answer>; pins?: Record<Id, Pin> }>> = {
  'nothing known but the cloud': { answers: { cloud: 'aws' } },
  'one person': {
    answers: {
      cloud: 'azure',
      services: 1,
      teams: 1,
      'platform-team': 1,
      'kubernetes-skill': 'none',
      drivers: ['time-to-market', 'cost'],
    },
  },
  'two hundred services': {
    answers: {
      cloud: 'gcp',
      services: 200,
      teams: 40,
      'platform-team': 12,
      'kubernetes-skill': 'strong',
      tenants: 'customers',
      regions: 4,
      'criticality-tiers': 3,
      drivers: ['operability'],
    },
  },
  'windows containers': {
    answers: { cloud: 'azure', services: 25, teams: 5, windows: 'yes', 'platform-team': 4 },
  },
  'a pin beside the advice': {
    answers: { cloud: 'aws', services: 30, teams: 6, 'needs-kubernetes-api': 'yes' },
    pins: { mesh: { choose: 'istio-ambient', because: 'Group standard since 2026.' } },
  },
  'a pin against a hard rule': {
    answers: { cloud: 'gcp', services: 30, teams: 6, 'needs-kubernetes-api': 'yes' },
    pins: {
      platform: { choose: 'serverless', because: 'The board wants no cluster.', owner: 'Head of platform' },
    },
  },
  'udp and agents': {
    answers: {
      cloud: 'gcp',
      services: 12,
      teams: 3,
      protocols: ['http', 'udp'],
      'workload-kinds': ['api', 'agent'],
      drivers: ['security', 'performance'],
    },
  },
  'idle services': {
    answers: {
      cloud: 'azure',
      services: 6,
      teams: 1,
      traffic: 'idle-mostly',
      'fits-serverless': 'all',
      drivers: ['cost'],
    },
  },
};

export function runOf(
  name: string,
  answers: Readonly<Record<Id, Answer>>,
  pins: Readonly<Record<Id, Pin>> = {},
  project: Project = { name: 'shop', organisation: 'acme' },
): AdrRun {
  const input = {
    answers: new Map(Object.entries(answers)),
    pins: new Map(Object.entries(pins)),
    asOf: '2026-11-20',
  };
  const stack = decide(engine, input);
  const found = flips(engine, input, 1);
  const numbers = numberAdrs(stack, shipped);
  const tree = writeAdrs({ stack, catalogue: shipped, project, flips: found, numbers, checks: [] });
  return { name, stack, catalogue: shipped, project, flips: found, numbers, tree };
}

function exampleRun(file: string): AdrRun {
  const parsed = parseAnswers(readFileSync(join(root, 'examples', file), 'utf8'), file, shipped).file;
  if (parsed === null) throw new Error(`examples/${file} has mistakes`);
  return runOf(file, Object.fromEntries(parsed.answers), Object.fromEntries(parsed.pins), parsed.project);
}

export const RUNS: readonly AdrRun[] = [
  ...readdirSync(join(root, 'examples'))
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .map(exampleRun),
  ...Object.entries(PERSONAS).map(([name, { answers, pins }]) => runOf(name, answers, pins)),
];
