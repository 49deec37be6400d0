/** Unfinished runs of the wizard, kept in the user's configuration folder until they are written or dropped. */
import Conf from 'conf';
import type { SavedRun } from '../questionnaire/saved-run.ts';

const MOST_RUNS = 10;

interface Kept {
  readonly savedAt: string;
  readonly run: SavedRun;
}

/** `CHARTROOM_CONFIG_DIR` puts it elsewhere. A file that is damaged starts empty instead of stopping the wizard. */
function store(): Conf<Record<string, Kept>> {
  const cwd = process.env.CHARTROOM_CONFIG_DIR;
  const place = cwd === undefined || cwd === '' ? {} : { cwd };
  return new Conf({
    projectName: 'chartroom',
    projectSuffix: '',
    configName: 'unfinished-runs',
    clearInvalidConfig: true,
    configFileMode: 0o600,
    ...place,
  });
}

export function savedRuns(): readonly Kept[] {
  return Object.values(store().store)
    .filter(kept => typeof kept?.savedAt === 'string' && typeof kept.run === 'object')
    .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
}

export function saveRun(run: SavedRun): void {
  const kept = store();
  kept.set(String(run.run), { savedAt: new Date().toISOString(), run });
  for (const old of savedRuns().slice(MOST_RUNS)) kept.delete(String(old.run.run));
}

export function forgetRun(run: number): void {
  store().delete(String(run));
}
