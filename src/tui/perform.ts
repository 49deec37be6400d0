/** Carries out what a run asks for, and reports back as actions. */
import type { Action } from '../questionnaire/actions.ts';
import type { Context } from '../questionnaire/context.ts';
import { resultOf } from '../questionnaire/result.ts';
import type { SavedRun } from '../questionnaire/saved-run.ts';
import type { Effect, State } from '../questionnaire/state.ts';
import type { World } from './world.ts';

export interface Performer {
  readonly perform: (effect: Effect, state: State) => void;
  /** Resolves when all that was to be saved is. */
  readonly finish: () => Promise<void>;
}

export function createPerformer(
  world: World,
  context: Context,
  dispatch: (action: Action) => void,
  fail: (fault: unknown) => void,
): Performer {
  const keeper = createKeeper(world, message => dispatch({ type: 'trouble', message }));
  const report = (work: Promise<Action>): void => {
    work.then(dispatch, fail);
  };
  return {
    perform: (effect, state) => {
      switch (effect.type) {
        case 'save-run':
          return keeper.save(effect.run);
        case 'forget-run':
          return keeper.forget(effect.run);
        case 'open':
          return report(world.openAnswers(effect.path).then(answer => ({ type: 'opened', report: answer })));
        case 'save-answers':
          return report(
            world
              .saveAnswers(resultOf(state, context), effect.path)
              .then(answer => ({ type: 'answers-saved', report: answer })),
          );
        case 'plan':
          return report(
            world
              .plan(resultOf(state, context), effect.request)
              .then(answer => ({ type: 'planned', request: effect.request, report: answer })),
          );
        case 'write':
          return report(
            world
              .write(resultOf(state, context), effect.request, progress =>
                dispatch({ type: 'progress', progress }),
              )
              .then(answer => ({ type: 'written', report: answer })),
          );
      }
    },
    finish: keeper.finish,
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
        trouble(`The run could not be saved: ${error instanceof Error ? error.message : String(error)}`);
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
