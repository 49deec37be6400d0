/** What the wizard needs of the world around it. The command line passes it in; tests pass a small one of their own. */
import type { Day } from '../content/catalogue.ts';
import type {
  OpenReport,
  PlanReport,
  Progress,
  RunResult,
  SaveReport,
  WriteReport,
  WriteRequest,
} from '../questionnaire/effects.ts';
import type { SavedRun } from '../questionnaire/saved-run.ts';

export interface World {
  /** The day that dated output refers to: `--as-of`, else today (UTC). */
  readonly today: Day;
  /** Changed by the wizard before Ink is loaded: chalk reads colour settings from here. */
  readonly env: Record<string, string | undefined>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;

  /** Where to write by default, for instance `./shop-platform`; it need not exist. */
  suggestDirectory(projectName: string): string;

  /** Unfinished runs, newest first; asked after the first frame. Unreadable ones are left out. */
  savedRuns(): Promise<readonly { readonly savedAt: string; readonly run: unknown }[]>;
  /** Keeps the run under its number. Durable once resolved; calls arrive one after the other. */
  saveRun(run: SavedRun): Promise<void>;
  forgetRun(run: number): Promise<void>;

  /** Reads and checks an answers file. Never rejects for what the user can cause. */
  openAnswers(path: string): Promise<OpenReport>;
  /** Writes an answers file alone; refuses to overwrite one that exists. */
  saveAnswers(result: RunResult, path: string): Promise<SaveReport>;

  /** Writes nothing. */
  plan(result: RunResult, request: WriteRequest): Promise<PlanReport>;
  /** Plans again and writes. `onProgress` is called often; it is cheap. */
  write(
    result: RunResult,
    request: WriteRequest,
    onProgress: (progress: Progress) => void,
  ): Promise<WriteReport>;
}
