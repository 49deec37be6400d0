import { defineConfig } from 'vitest/config';
import { compiledOnce } from './test/compiled-once.ts';
import { LateMatrix } from './test/late-matrix.ts';

export default defineConfig({
  plugins: [
    compiledOnce,
    {
      name: 'without-development-builds',
      // Node is told of the condition `development`, with which micromark runs a build full of assertions: half the speed.
      configResolved: ({ ssr }) => {
        const { conditions } = ssr.resolve ?? {};
        conditions?.splice(0, conditions.length, ...conditions.filter(one => !one.startsWith('development')));
      },
    },
  ],
  test: {
    globalSetup: ['test/temporary.ts'],
    setupFiles: ['test/setup.ts'],
    sequence: { sequencer: LateMatrix },
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // The GitHub workflow parser imports JSON without attributes; Node alone refuses that, vite does not.
    server: { deps: { inline: [/@actions\//] } },
    // Files share what they import, which saves a third of the processor time; no test may change it for the next.
    isolate: false,
    // By itself vitest leaves one processor idle, which on two of them doubles the wait.
    maxWorkers: '100%',
    // Most of what a test makes is gone at once: a larger nursery saves a tenth of the processor time. Each processor has its
    // worker, so threads that collect garbage beside it only cost, a twenty-fifth.
    execArgv: ['--max-semi-space-size=64', '--single-threaded-gc'],
    // Without a terminal Ink starts a program for every frame to learn the size of one; these say it.
    env: { COLUMNS: '100', LINES: '24' },
    // For what hangs; a busy machine takes ten times as long as a quiet one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
