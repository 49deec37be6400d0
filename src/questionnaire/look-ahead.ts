/** What the next key is likely to need. Worked out in a pause and remembered by the advisor, so that no key waits for it. */
import type { Context } from './context.ts';
import { inputOf, stackOf } from './result.ts';
import type { State } from './state.ts';
import { update } from './update.ts';

/** Pieces of work in the order of need, each short enough for a key to wait for. */
export function lookAhead(state: State, context: Context): readonly (() => void)[] {
  if (state.left !== null) return [];
  if (state.run === 0) return [() => void context.advisor.asked(new Map(), new Map())];
  const input = inputOf(state, context);
  const accepting =
    state.screen.at === 'question' ? [() => void update(state, { type: 'accept' }, context)] : [];
  return [
    ...accepting,
    () => void stackOf(state, context),
    ...context.catalogue.decisions.map(
      ({ id }) =>
        () =>
          void context.advisor.flips(input, id),
    ),
  ];
}
