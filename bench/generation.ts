/**
 * How long the starter of a stack takes in memory, of all examples the one with the most bytes: soon after the start, and
 * once V8 has compiled all that is hot, as in a run over many stacks.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { numberAdrs } from '../src/adr/number.ts';
import { parseAnswers } from '../src/answers/parse.ts';
import { loadCatalogue } from '../src/content/load.ts';
import { createEngine } from '../src/engine/compile.ts';
import { decide } from '../src/engine/decide.ts';
import { generateStarter } from '../src/starter/generate.ts';
import type { StarterInput } from '../src/starter/part.ts';
import { median } from './processes.ts';

const ROOT = resolve(import.meta.dirname, '..');
const EXAMPLES = join(ROOT, 'examples');
/** Milliseconds: a preview in the wizard is there before it is missed. */
const BAR = 50;
const SETTLED = 200;

export interface Generation {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  /** Until it is there, from the sixth time on. */
  readonly milliseconds: number;
  /** The same after `SETTLED` times. */
  readonly settled: number;
  /** Of all threads: those that compile and collect garbage work beside the one that is waited for. */
  readonly processor: number;
  readonly budget: number;
}

export function generation(rounds: number): Generation {
  const { catalogue } = loadCatalogue([{ name: 'chartroom', version: 'bench', root: ROOT }]);
  if (catalogue === null) throw new Error('the content does not load');
  const engine = createEngine(catalogue);
  const inputOf = (name: string): StarterInput => {
    const path = join(EXAMPLES, name);
    const { file } = parseAnswers(readFileSync(path, 'utf8'), path, catalogue);
    if (file === null) throw new Error(`${path} does not load`);
    const stack = decide(engine, { answers: file.answers, pins: file.pins, asOf: '2026-11-20' });
    const numbers = numberAdrs(stack, catalogue);
    return { stack, catalogue, project: file.project, adrOf: id => numbers.get(id) ?? null };
  };
  const sized = readdirSync(EXAMPLES)
    .filter(name => name.endsWith('.yaml'))
    .map(name => {
      const input = inputOf(name);
      const { files } = generateStarter(input);
      const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      return { name: name.replace('.yaml', ''), input, files: files.size, bytes };
    })
    .sort((one, other) => other.bytes - one.bytes);
  const [largest] = sized;
  if (largest === undefined) throw new Error('there is no example');
  const { input, ...size } = largest;
  const time = () => {
    const [before, start] = [process.cpuUsage(), performance.now()];
    generateStarter(input);
    const milliseconds = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    return { milliseconds, processor: (user + system) / 1000 };
  };
  const times = Array.from({ length: SETTLED + rounds }, time);
  const soon = times.slice(5, 5 + rounds);
  return {
    ...size,
    milliseconds: median(soon.map(({ milliseconds }) => milliseconds)),
    settled: median(times.slice(SETTLED).map(({ milliseconds }) => milliseconds)),
    processor: median(soon.map(({ processor }) => processor)),
    budget: BAR,
  };
}
