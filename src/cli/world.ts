/** What the wizard asks of the world. Each part is loaded when it is first used: the first frame needs none of them. */
import type { Catalogue, Day } from '../content/catalogue.ts';
import type { Engine } from '../engine/model.ts';
import type { World } from '../tui/world.ts';

export function createWorld(catalogue: Catalogue, engine: () => Engine, today: Day): World {
  let loaded: typeof import('./unfinished-runs.ts') | null = null;
  const runs = async () => {
    loaded = await import('./unfinished-runs.ts');
    return loaded;
  };
  const files = () => import('./wizard-files.ts');
  return {
    today,
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    suggestDirectory: projectName => `./${projectName}-platform`,
    savedRuns: async () => (await runs()).savedRuns(),
    // Once it is loaded an answer is on the disk before the screen goes on, so no kill comes between the two.
    saveRun: async run => (loaded ?? (await runs())).saveRun(run),
    forgetRun: async run => (await runs()).forgetRun(run),
    openAnswers: async path => (await files()).openAnswers(catalogue, path),
    saveAnswers: async (result, path) => (await files()).saveAnswers(result, path),
    plan: async (result, request) => (await files()).planReport(catalogue, engine(), result, request),
    write: async (result, request, onProgress) =>
      (await files()).writeRun(catalogue, engine(), result, request, onProgress),
  };
}
