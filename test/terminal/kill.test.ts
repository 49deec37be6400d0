/** The wizard, killed while somebody answers: what was answered on the screen is there again, and nothing is damaged. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { emptyDirectory, openChartroom } from './programs.ts';

const LONG = process.env.CHARTROOM_LONG === '1';
const KILLS = LONG ? 200 : 3;
vi.setConfig({ testTimeout: LONG ? 3_600_000 : 300_000 });

/** On AWS, not cut off, five services, then whatever comes first. */
const KEYS = ['1', 'shop\r', '\r', '\r', '\u001b[B\r', '5\r', '\r', '\r'];
const BETWEEN = 60;

interface Saved {
  readonly answers: Readonly<Record<string, unknown>>;
}

function savedIn(directory: string): readonly Saved[] {
  const file = join(directory, 'config/unfinished-runs.json');
  if (!existsSync(file)) return [];
  const runs = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, { readonly run: Saved }>>;
  return Object.values(runs).map(({ run }) => run);
}

const pause = (milliseconds: number) => new Promise(done => setTimeout(done, milliseconds));

describe('kill -9 of the wizard', () => {
  it(`loses no answer that the screen has gone on from (${KILLS} times)`, async () => {
    let answered = 0;
    for (let count = 0; count < KILLS; count++) {
      const cwd = emptyDirectory();
      const first = openChartroom({ columns: 80, rows: 24, cwd });
      await first.until('from the first question');
      const moment = ((count + Math.random()) / KILLS) * (KEYS.length + 2) * BETWEEN;
      const typing = (async () => {
        for (const keys of KEYS) {
          first.type(keys);
          await pause(BETWEEN);
        }
      })();
      await pause(moment);
      // At least once after an answer, however long the machine takes for it.
      if (count === KILLS - 1 && answered === 0) await first.until(/Question [2-9] of/);
      first.kill('SIGKILL');
      await Promise.all([first.exitCode, typing]);
      const passed = Number(/Question (\d+) of/.exec(first.text())?.[1] ?? '1') - 1;
      const [saved, ...others] = savedIn(cwd);
      expect(others).toEqual([]);
      expect(Object.keys(saved?.answers ?? {}).length).toBeGreaterThanOrEqual(passed);
      answered += passed;

      if (count % 10 > 0) continue;
      const second = openChartroom({ columns: 80, rows: 24, cwd });
      await second.until('from the first question');
      if (passed > 0) await second.until(/\(shop\), \d+ answer/);
      second.kill('SIGKILL');
      await second.exitCode;
    }
    expect(answered).toBeGreaterThan(0);
  });
});
