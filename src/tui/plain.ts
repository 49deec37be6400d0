/** The wizard as linear prompts: no drawing, nothing redrawn, one line typed per answer. Also works with piped input. */
import { createInterface } from 'node:readline';
import type { Context } from '../questionnaire/context.ts';
import { labelOf } from '../questionnaire/preview.ts';
import { inputOf } from '../questionnaire/result.ts';
import { initialState, type State } from '../questionnaire/state.ts';
import { farewell } from './farewell.ts';
import { modeOf } from './mode.ts';
import { createPerformer } from './perform.ts';
import { promptOf } from './plain-prompts.ts';
import { createStore, type RunStore } from './run-store.ts';
import { contextOf, type WizardSetup } from './setup.ts';
import type { World } from './world.ts';

export async function runPlain(world: World, setup: WizardSetup): Promise<number> {
  const context = contextOf(world, setup);
  const say = (text: string): void => {
    if (text !== '') world.stdout.write(`${text}\n`);
  };
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
      store.dispatch({ type: 'interrupt' });
    },
    0,
  );
  const input = createLines(world, () => store.dispatch({ type: 'interrupt' }));
  try {
    await performer.offerRuns();
    say(store.state().notice?.text ?? '');
    await converse(store, context, input, say);
  } finally {
    input.close();
    await performer.finish();
  }
  if (fault !== null) throw (fault as { error: unknown }).error;
  const state = store.state();
  if (state.left?.how === 'interrupted' && world.stdout.isTTY === true) world.stdout.write('\n');
  for (const line of farewell(state)) say(line);
  return state.left?.exitCode ?? 130;
}

async function converse(
  store: RunStore,
  context: Context,
  input: Lines,
  say: (text: string) => void,
): Promise<void> {
  while (store.state().left === null) {
    const before = store.state();
    const prompt = promptOf(before, context);
    for (const text of prompt.says) say(text);
    if (prompt.asks === null && modeOf(before, context) === 'busy') {
      await changeOf(store);
      continue;
    }
    const reading = prompt.asks === null ? prompt.read('') : await ask(prompt, input, say);
    for (const action of 'actions' in reading ? reading.actions : []) store.dispatch(action);
    const after = store.state();
    if (after.notice !== null) say(after.notice.text);
    for (const move of movesBetween(before, after, context)) say(move);
  }
}

/** Asks until the line means something; the end of the input means leaving. */
async function ask(prompt: ReturnType<typeof promptOf>, input: Lines, say: (text: string) => void) {
  for (;;) {
    say(`${prompt.asks}:`);
    const line = await input.next();
    if (line === null) return { actions: [{ type: 'interrupt' }] } as const;
    const reading = prompt.read(line);
    if ('actions' in reading) return reading;
    say(reading.say);
  }
}

function movesBetween(before: State, after: State, context: Context): readonly string[] {
  if (before.answers === after.answers || before.run !== after.run) return [];
  const then = context.advisor.picks(inputOf(before, context));
  return [...context.advisor.picks(inputOf(after, context))].flatMap(([decision, option]) => {
    if (then.get(decision) === option) return [];
    const title = context.catalogue.decisions.find(({ id }) => id === decision)?.title ?? decision;
    return [`Now leading for ${title}: ${labelOf(context, decision, option) ?? 'not needed'}.`];
  });
}

function changeOf(store: RunStore): Promise<void> {
  return new Promise(resolve => {
    const stop = store.subscribe(() => {
      stop();
      resolve();
    });
  });
}

interface Lines {
  readonly next: () => Promise<string | null>;
  readonly close: () => void;
}

/** Lines in their order, however fast they arrive; null once the input has ended. */
function createLines(world: World, interrupt: () => void): Lines {
  const { stdin, stdout } = world;
  const terminal = stdin.isTTY === true && stdout.isTTY === true;
  const reader = createInterface({ input: stdin, output: stdout, terminal, prompt: terminal ? '> ' : '' });
  const ready: string[] = [];
  let ended = false;
  let wake: (() => void) | null = null;
  const awake = (): void => {
    wake?.();
    wake = null;
  };
  reader.on('line', line => {
    ready.push(line);
    awake();
  });
  reader.on('close', () => {
    ended = true;
    awake();
  });
  reader.on('SIGINT', () => {
    interrupt();
    reader.close();
  });
  return {
    next: async () => {
      if (!ended) reader.prompt();
      while (ready.length === 0 && !ended) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      return ready.shift() ?? null;
    },
    close: () => reader.close(),
  };
}
