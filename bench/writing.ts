/** The largest golden tree on disk: worked out and written with plan, lock and one rename, beside a bare loop over the same bytes. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseAnswers } from '../src/answers/parse.ts';
import { decideAll } from '../src/cli/decide-all.ts';
import { produceRepository } from '../src/cli/produce.ts';
import { loadCatalogue } from '../src/content/load.ts';
import { createEngine } from '../src/engine/compile.ts';
import { planWrite } from '../src/files/plan.ts';
import { readDirectory } from '../src/files/read-directory.ts';
import { writePlan } from '../src/files/write.ts';
import { median, memory } from './processes.ts';
import { LARGEST } from './start-up.ts';

export interface Writing {
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds. */
  readonly loop: number;
  readonly safely: number;
  readonly generated: number;
}

export async function writing(rounds: number): Promise<Writing> {
  const root = resolve(import.meta.dirname, '..');
  const { catalogue } = loadCatalogue([{ name: 'chartroom', version: 'bench', root }]);
  if (catalogue === null) throw new Error('the content does not load');
  const { file } = parseAnswers(readFileSync(LARGEST, 'utf8'), LARGEST, catalogue);
  if (file === null) throw new Error(`${LARGEST} does not load`);
  const engine = createEngine(catalogue);
  const decision = decideAll(engine, { answers: file.answers, pins: file.pins, asOf: '2026-11-20' });
  const produce = () => produceRepository(catalogue, file.project, decision, 'everything').files;
  const tree = produce();
  const times = { loop: [] as number[], safely: [] as number[], generated: [] as number[] };
  const time = async (into: number[], work: (directory: string) => unknown, round: number): Promise<void> => {
    const scratch = mkdtempSync(join(memory, 'chartroom-bench-'));
    const start = performance.now();
    await work(join(scratch, 'out'));
    if (round >= 0) into.push(performance.now() - start);
    rmSync(scratch, { recursive: true });
  };
  for (let round = -3; round < rounds; round++) {
    await time(times.loop, directory => loop(tree, directory), round);
    await time(times.safely, directory => safely(tree, directory), round);
    await time(times.generated, directory => safely(produce(), directory), round);
  }
  return {
    files: tree.size,
    bytes: [...tree.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    loop: median(times.loop),
    safely: median(times.safely),
    generated: median(times.generated),
  };
}

function loop(tree: ReadonlyMap<string, string>, directory: string): void {
  for (const [path, text] of tree) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

async function safely(tree: ReadonlyMap<string, string>, directory: string): Promise<void> {
  const reading = readDirectory(directory, tree.keys());
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const head = { chartroom: '0', knowledge: '0', asOf: '2026-11-20' };
  const plan = planWrite(tree, reading.state, { head, existing: 'refuse' });
  if (plan.status !== 'ready') throw new Error(JSON.stringify(plan));
  const { status } = await writePlan(plan);
  if (status !== 'written') throw new Error(status);
}
