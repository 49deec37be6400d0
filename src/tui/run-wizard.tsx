/** Runs the wizard from first frame to exit code. Ink is loaded only here, after the colour settings are in place. */

import { lookAhead } from '../questionnaire/look-ahead.ts';
import { initialState, type State } from '../questionnaire/state.ts';
import { farewell } from './farewell.ts';
import { glyphsFor } from './glyphs.ts';
import { withoutWipes } from './output-guard.ts';
import { createPause } from './pause.ts';
import { createPerformer } from './perform.ts';
import { createStore } from './run-store.ts';
import { contextOf, type WizardSetup } from './setup.ts';
import type { World } from './world.ts';

/** Shorter than a pause in thought, longer than the time between two keys. */
const PATIENCE = 150;

export async function runWizard(world: World, setup: WizardSetup): Promise<number> {
  settleColours(world.env);
  // Before anything is shown: keys pressed while Ink loads are neither echoed nor lost, and Enter stays Enter.
  world.stdin.setRawMode(true);
  try {
    const state = await untilLeft(world, setup);
    for (const line of farewell(state)) world.stdout.write(`${line}\n`);
    return state.left?.exitCode ?? 130;
  } finally {
    world.stdin.setRawMode(false);
  }
}

async function untilLeft(world: World, setup: WizardSetup): Promise<State> {
  const [{ render }, { App }] = await Promise.all([import('ink'), import('./components/app.tsx')]);
  const context = contextOf(world, setup);
  let fault: { readonly error: unknown } | null = null;
  const store = createStore(initialState(world.today, setup.pace), context, effect =>
    performer.perform(effect),
  );
  const performer = createPerformer(
    world,
    context,
    store,
    error => {
      fault ??= { error };
      app.unmount();
    },
    PATIENCE,
  );
  const pause = createPause(PATIENCE, () => lookAhead(store.state(), context));
  store.subscribe(pause.restart);
  const app = render(<App store={store} context={context} glyphs={glyphsFor(world.env)} />, {
    stdin: world.stdin,
    stdout: withoutWipes(world.stdout),
    stderr: world.stderr,
    interactive: true,
    exitOnCtrlC: false,
    incrementalRendering: true,
    alternateScreen: true,
    isScreenReaderEnabled: false,
  });
  try {
    void performer.offerRuns();
    await app.waitUntilExit();
  } finally {
    pause.stop();
    app.unmount();
    await performer.finish();
  }
  if (fault !== null) throw (fault as { error: unknown }).error;
  return store.state();
}

/** chalk reads `FORCE_COLOR` when Ink is loaded, but not `NO_COLOR` (https://no-color.org). */
function settleColours(env: World['env']): void {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '' && env.FORCE_COLOR === undefined)
    env.FORCE_COLOR = '0';
}
