/** The wizard on the small catalogue with a world of a few lines: runs in the pseudo terminal of the tests. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createEngine } from '../../src/engine/compile.ts';

import { runPlain } from '../../src/tui/plain.ts';
import { runWizard } from '../../src/tui/run-wizard.tsx';
import type { World } from '../../src/tui/world.ts';
import { SMALL } from '../questionnaire/small-catalogue.ts';

const store = resolve('runs.json');
const read = (): Record<string, unknown> =>
  existsSync(store) ? (JSON.parse(readFileSync(store, 'utf8')) as Record<string, unknown>) : {};
const files = ['README.md', 'docs/adr/0001-platform.md', '.chartroom/answers.yaml'];

const world: World = {
  today: '2026-11-20',
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  suggestDirectory: name => `./${name}-platform`,
  savedRuns: async () => Object.values(read()).map(run => ({ savedAt: '2026-11-20 10:00', run })),
  saveRun: async run => writeFileSync(store, JSON.stringify({ ...read(), [run.run]: run })),
  forgetRun: async run => {
    const { [String(run)]: _, ...rest } = read();
    writeFileSync(store, JSON.stringify(rest));
  },
  openAnswers: async path => ({ status: 'refused', path, problems: [`${path}: missing-file: no such file`] }),
  saveAnswers: async (_, path) => ({ status: 'saved', path }),
  plan: async (_, { directory }) => ({
    status: 'ready',
    directory: resolve(directory),
    files: files.map(path => ({ path, change: 'create' })),
    notes: [],
  }),
  write: async (result, { directory }, onProgress) => {
    for (const [index, path] of files.entries()) {
      const target = join(directory, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(
        target,
        JSON.stringify({ ...result, answers: [...result.answers], pins: [...result.pins] }),
      );
      onProgress({ done: index + 1, total: files.length, path });
    }
    return {
      status: 'written',
      directory: resolve(directory),
      files,
      answersFile: join(directory, '.chartroom/answers.yaml'),
      nextCommands: [`cd ${directory}`, 'git init', 'less docs/adr/0001-platform.md'],
      notes: [],
      exitCode: 0,
    };
  },
};

const pace = process.argv.includes('--quick') ? 'quick' : 'whole';
const engine = createEngine(SMALL);
const setup = { engine: () => engine, catalogue: SMALL, pace } as const;
const run = process.argv.includes('--plain') ? runPlain : runWizard;
process.exitCode = await run(world, setup);
