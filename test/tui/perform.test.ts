import { describe, expect, it, vi } from 'vitest';
import type { Action } from '../../src/questionnaire/actions.ts';
import { initialState, type State } from '../../src/questionnaire/state.ts';
import { createPerformer } from '../../src/tui/perform.ts';
import { createStore } from '../../src/tui/run-store.ts';
import type { World } from '../../src/tui/world.ts';
import { answer, BEGIN, context, TODAY } from '../questionnaire/small-run.ts';

/** A world that can do only what a test gives it. */
function open(can: Partial<World>, patience = 0) {
  const faults: unknown[] = [];
  const unexpected = async (): Promise<never> => {
    throw new Error('not expected here');
  };
  const world = {
    saveRun: unexpected,
    forgetRun: unexpected,
    savedRuns: unexpected,
    plan: unexpected,
    ...can,
  } as World;
  const store = createStore(initialState(TODAY), context, effect => performer.perform(effect));
  const performer = createPerformer(world, context, store, fault => faults.push(fault), patience);
  const play = (...actions: readonly Action[]): State => {
    for (const action of actions) store.dispatch(action);
    return store.state();
  };
  return { play, performer, faults, state: store.state };
}

describe('saving', () => {
  it('makes one call at a time, and of what piles up meanwhile only the newest', async () => {
    const started: string[] = [];
    let release: () => void = () => undefined;
    const { play, performer } = open({
      saveRun: run => {
        started.push(JSON.stringify(run.answers));
        return new Promise(resolve => {
          release = resolve;
        });
      },
    });
    play(...BEGIN, answer('cloud', 'aws'), answer('services', 40));
    expect(started).toEqual(['{}']);
    release();
    await Promise.resolve();
    await Promise.resolve();
    expect(started).toEqual(['{}', '{"cloud":"aws","services":40}']);
    release();
    await performer.finish();
    expect(started).toHaveLength(2);
  });

  it('says that it failed and lets the run go on', async () => {
    const { play, performer, state, faults } = open({
      saveRun: async () => {
        throw new Error('no space left on device');
      },
    });
    play(...BEGIN, answer('cloud', 'aws'));
    await performer.finish();
    expect(state().notice?.text).toBe('The run could not be saved: no space left on device');
    expect(faults).toEqual([]);
  });
});

describe('unfinished runs that cannot be read', () => {
  it('are said and do not stop the wizard', async () => {
    const { performer, state } = open({
      savedRuns: async () => {
        throw new Error('permission denied');
      },
    });
    await performer.offerRuns();
    expect(state().notice?.text).toBe('Unfinished runs cannot be read: permission denied');
  });
});

describe('a fault of ours', () => {
  it('is handed on, not swallowed', async () => {
    const fault = new Error('two parts of the output both write README.md');
    const { play, performer, faults } = open({
      saveRun: async () => undefined,
      plan: async () => {
        throw fault;
      },
    });
    play(...BEGIN, answer('cloud', 'aws'), { type: 'write' }, { type: 'accept' }, { type: 'accept' });
    await performer.finish();
    await Promise.resolve();
    expect(faults).toEqual([fault]);
  });
});

describe('what is settled', () => {
  it('is found out once nothing was answered for a while', async () => {
    const { play, state } = open({ saveRun: async () => undefined }, 20);
    play(...BEGIN, answer('cloud', 'aws'), answer('services', 40), answer('operators', 'no'));
    expect(state().settled).toEqual([]);
    await vi.waitFor(() => expect(state().settled).toContain('platform'), 30_000);
  });

  it('stays while answers are added and is forgotten when one changes', () => {
    const { play } = open({ saveRun: async () => undefined }, 1e6);
    const settled = [
      ...BEGIN,
      answer('cloud', 'aws'),
      answer('services', 40),
      { type: 'settled', decisions: ['platform'] },
    ] as const;
    expect(play(...settled, answer('operators', 'no')).settled).toEqual(['platform']);
    expect(play(answer('services', 2)).settled).toEqual([]);
  });
});
