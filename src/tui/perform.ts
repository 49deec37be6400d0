/** Carries out what a run asks for, and reports back as actions. */
import type { Action } from '../questionnaire/actions.ts';
import type { Context } from '../questionnaire/context.ts';
import type { RunResult } from '../questionnaire/effects.ts';
import { resultOf, settledIn } from '../questionnaire/result.ts';
import type { SavedRun } from '../questionnaire/saved-run.ts';
import type { Effect } from '../questionnaire/state.ts';
import type { RunStore } from './run-store.ts';
import type { World } from './world.ts';

export interface Performer {
  readonly perform: (effect: Effect) => void;
  /** Asks for unfinished runs; where they cannot be read, that is said. */
  readonly offerRuns: () => Promise<void>;
  /** Resolves when all that was to be saved is. */
  readonly finish: () => Promise<void>;
}

export function createPerformer(
  world: World,
  context: Context,
  { state, dispatch }: Pick<RunStore, 'state' | 'dispatch'>,
  fail: (fault: unknown) => void,
  /** Milliseconds without another answer before it is found out what is settled; 0: at once. */
  patience: number,
): Performer {
  const keeper = createKeeper(world, message => dispatch({ type: 'trouble', message }));
  const settle = createPatience(patience, () =>
    dispatch({ type: 'settled', decisions: settledIn(state(), context) }),
  );
  const report = (work: Promise<Action>): void => {
    work.then(dispatch, fail);
  };
  return {
    perform: effect => {
      const result = (): RunResult => resultOf(state(), context);
      switch (effect.type) {
        case 'settle':
          return settle.start();
        case 'save-run':
          return keeper.save(effect.run);
        case 'forget-run':
          return keeper.forget(effect.run);
        case 'open':
          return report(world.openAnswers(effect.path).then(answer => ({ type: 'opened', report: answer })));
        case 'save-answers':
          return report(
            world
              .saveAnswers(result(), effect.path)
              .then(answer => ({ type: 'answers-saved', report: answer })),
          );
        case 'plan':
          return report(
            world
              .plan(result(), effect.request)
              .then(answer => ({ type: 'planned', request: effect.request, report: answer })),
          );
        case 'write':
          return report(
            world
              .write(result(), effect.request, progress => dispatch({ type: 'progress', progress }))
              .then(answer => ({ type: 'written', report: answer })),
          );
      }
    },
    offerRuns: () =>
      world.savedRuns().then(
        runs => dispatch({ type: 'offered', runs }),
        error =>
          dispatch({ type: 'trouble', message: `Unfinished runs cannot be read: ${messageOf(error)}` }),
      ),
    finish: () => {
      settle.stop();
      return keeper.finish();
    },
  };
}

/** Work that is put off for as long as it is asked for again. */
function createPatience(milliseconds: number, work: () => void) {
  let timer: NodeJS.Timeout | null = null;
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    stop,
    start: (): void => {
      stop();
      if (milliseconds === 0) work();
      else timer = setTimeout(work, milliseconds);
    },
  };
}

/** One call at a time; while one is under way only the newest state of each run waits for its turn. */
function createKeeper(world: World, trouble: (message: string) => void) {
  const waiting = new Map<number, SavedRun | 'forget'>();
  let under: Promise<void> | null = null;
  const work = async (): Promise<void> => {
    for (let job = [...waiting][0]; job !== undefined; job = [...waiting][0]) {
      const [run, what] = job;
      waiting.delete(run);
      try {
        await (what === 'forget' ? world.forgetRun(run) : world.saveRun(what));
      } catch (error) {
        trouble(`The run could not be saved: ${messageOf(error)}`);
      }
    }
    under = null;
  };
  const later = (run: number, what: SavedRun | 'forget'): void => {
    waiting.set(run, what);
    under ??= work();
  };
  return {
    save: (run: SavedRun): void => later(run.run, run),
    forget: (run: number): void => later(run, 'forget'),
    finish: async (): Promise<void> => {
      await under;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
