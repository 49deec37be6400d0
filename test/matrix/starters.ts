/** The starters of drawn stacks. */
import { type AdrLink, numberAdrs, PLATFORM_DEFAULTS } from '../../src/adr/number.ts';
import type { Id } from '../../src/content/catalogue.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Engine } from '../../src/engine/model.ts';
import { generateStarter, type Starter } from '../../src/starter/generate.ts';
import { manifestsOf } from '../checks/yaml-files.ts';
import { type DrawnStack, pinsOf } from './draw.ts';

export interface NamedStarter extends Starter {
  readonly name: string;
}

export interface Generated {
  readonly starters: readonly NamedStarter[];
  /** Stacks whose starter could not be generated at all: a fault of ours each. */
  readonly faults: readonly string[];
}

export function startersOf(engine: Engine, stacks: readonly DrawnStack[]): Generated {
  const starters: NamedStarter[] = [];
  const faults = new Map<string, string>();
  for (const [index, drawn] of stacks.entries()) {
    try {
      starters.push(starterOfDrawn(engine, drawn, index));
    } catch (fault) {
      faults.set(String(fault), `${String(fault)} (as ${nameOf(drawn, index)})`);
    }
  }
  return { starters, faults: [...faults.values()] };
}

const nameOf = ({ picks }: DrawnStack, index: number): string => `${index} [${picks.join(' ')}]`;

/** Named after what it is decided by, so that a finding leads to its stack. */
function starterOfDrawn(engine: Engine, drawn: DrawnStack, index: number): NamedStarter {
  const stack = decide(engine, { answers: drawn.answers, pins: pinsOf(engine, drawn), asOf: '2026-11-20' });
  const numbers = sameEverywhere(numberAdrs(stack, engine.catalogue), engine);
  const project = { name: 'matrix', ...(index % 2 === 0 ? DETAILS : {}) };
  const starter = generateStarter({
    stack,
    catalogue: engine.catalogue,
    project,
    adrOf: decision => numbers.get(decision) ?? null,
  });
  const records = ['index.md', ...[...numbers.values()].map(({ path }) => path)].map(
    path => [`docs/adr/${path}`, '# Record\n'] as const,
  );
  return {
    ...starter,
    // Pages link to records, which this does not write.
    files: new Map([...starter.files, ...records]),
    name: nameOf(drawn, index),
  };
}

/** A decision has the number and the name of its record in every stack, so that stacks share the pages that link to it. */
function sameEverywhere(numbers: ReadonlyMap<Id, AdrLink>, engine: Engine): ReadonlyMap<Id, AdrLink> {
  const order = [...engine.catalogue.decisions.map(({ id }) => id), PLATFORM_DEFAULTS];
  return new Map(
    [...numbers.keys()].map(id => {
      const number = order.indexOf(id) + 1;
      return [id, { number, title: id, path: `${String(number).padStart(4, '0')}-${id}.md` }];
    }),
  );
}

export interface Counted {
  readonly stacks: number;
  readonly built: number;
  readonly whole: number;
  readonly files: number;
  readonly objects: number;
}

export function counted(starters: readonly NamedStarter[]): Counted {
  const sum = (of: (starter: NamedStarter) => number) =>
    starters.reduce((total, starter) => total + of(starter), 0);
  return {
    stacks: starters.length,
    built: starters.filter(({ files }) => [...files.keys()].some(path => path.startsWith('clusters/')))
      .length,
    whole: starters.filter(({ notGenerated }) => notGenerated.length === 0).length,
    files: sum(({ files }) => files.size),
    objects: sum(({ files }) => manifestsOf(files).length),
  };
}

/** `105 stacks (48 with a cluster, 12 with every part generated), 5983 files, 371 objects, 0 errors`. */
export function summary(
  { stacks, built, whole, files, objects }: Counted,
  findings: readonly string[],
): string {
  const parts = `${built} with a cluster, ${whole} with every part generated`;
  return `${stacks} stacks (${parts}), ${files} files, ${objects} objects, ${findings.length} errors`;
}

const DETAILS = {
  organisation: 'acme',
  domain: 'matrix.example.com',
  repository: 'https://github.com/acme/platform',
  teams: ['checkout', 'search'],
  alertReceiver: 'platform-oncall@example.com',
};
