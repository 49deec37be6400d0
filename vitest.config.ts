import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // The GitHub workflow parser imports JSON without attributes; Node alone refuses that, vite does not.
    server: { deps: { inline: [/@actions\//] } },
    // Files share what they import, which saves a third of the processor time; no test may change it for the next.
    isolate: false,
    // By itself vitest leaves one processor idle, which on two of them doubles the wait.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
