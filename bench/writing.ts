/** The largest golden tree on disk: worked out and written with plan, lock and one rename, beside a bare loop over all bytes that then lie there. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseAnswers } from '../src/answers/parse.ts';
import { decideAll } from '../src/cli/decide-all.ts';
import { isData } from '../src/cli/output-paths.ts';
import { produceRepository } from '../src/cli/produce.ts';
import { loadCatalogue } from '../src/content/load.ts';
import { createEngine } from '../src/engine/compile.ts';
import { BASE_PATH } from '../src/files/base.ts';
import { LOCK_PATH } from '../src/files/lock.ts';
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
  const all = await allBytes(tree);
  const times = { loop: [] as number[], safely: [] as number[], generated: [] as number[] };
  const time = async (into: number[], work: (directory: string) => unknown, round: number): Promise<void> => {
    const scratch = mkdtempSync(join(memory, 'chartroom-bench-'));
    const start = performance.now();
    await work(join(scratch, 'out'));
    if (round >= 0) into.push(performance.now() - start);
    rmSync(scratch, { recursive: true });
  };
  for (let round = -3; round < rounds; round++) {
    await time(times.loop, directory => loop(all, directory), round);
    await time(times.safely, directory => safely(tree, directory), round);
    await time(times.generated, directory => safely(produce(), directory), round);
  }
  return {
    files: all.size,
    bytes: [...all.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    loop: median(times.loop),
    safely: median(times.safely),
    generated: median(times.generated),
  };
}

/** With what our own folder keeps for the next run. */
async function allBytes(tree: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const scratch = mkdtempSync(join(memory, 'chartroom-bench-'));
  await safely(tree, join(scratch, 'out'));
  const all = new Map(tree);
  for (const path of [BASE_PATH, LOCK_PATH]) all.set(path, readFileSync(join(scratch, 'out', path), 'utf8'));
  rmSync(scratch, { recursive: true });
  return all;
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
  const plan = planWrite(tree, reading.state, { head, existing: 'refuse', isData });
  if (plan.status !== 'ready') throw new Error(JSON.stringify(plan));
  const { status } = await writePlan(plan);
  if (status !== 'written') throw new Error(status);
}
