/** Holds the state of the run outside of React, so that the drawn wizard and the linear prompts share one life. */
import type { Action } from '../questionnaire/actions.ts';
import type { Context } from '../questionnaire/context.ts';
import type { Effect, State } from '../questionnaire/state.ts';
import { update } from '../questionnaire/update.ts';

export interface RunStore {
  readonly state: () => State;
  readonly dispatch: (action: Action) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Effects are handed out once, in order, after the state that asked for them is in place. */
export function createStore(initial: State, context: Context, perform: (effect: Effect) => void): RunStore {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    state: () => current,
    dispatch: action => {
      const next = update(current, action, context);
      if (next === current) return;
      current = next;
      for (const effect of next.effects) perform(effect);
      for (const listener of listeners) listener();
    },
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
