import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/questionnaire/actions.ts';
import { conflictOn, conflictTexts, fixRows } from '../../src/questionnaire/conflict.ts';
import { outcomeOf } from '../../src/questionnaire/result.ts';
import { askedQuestionsOf } from '../../src/questionnaire/rows.ts';
import type { State } from '../../src/questionnaire/state.ts';
import { update } from '../../src/questionnaire/update.ts';
import { answer, BEGIN, context, play } from './small-run.ts';

/** Windows containers on another cloud than AWS, and operators that need Kubernetes: no network plug-in is left. */
const STUCK: readonly Action[] = [
  ...BEGIN,
  answer('cloud', 'gcp'),
  answer('services', 40),
  answer('operators', 'yes'),
  answer('compliance', []),
  answer('windows', 'yes'),
];
const PINNED: readonly Action[] = [
  ...BEGIN,
  answer('cloud', 'aws'),
  { type: 'review' },
  { type: 'accept' },
  { type: 'pin' },
  { type: 'pick', row: 0 },
  { type: 'type', text: 'House standard.' },
  { type: 'accept' },
  answer('operators', 'yes'),
];

function shownConflict(state: State) {
  if (state.overlay?.kind !== 'conflict') throw new Error('no conflict is shown');
  const conflict = conflictOn(state, context, state.overlay.decision);
  if (conflict === null) throw new Error('the conflict is gone');
  return conflict;
}

describe('answers that cannot hold together', () => {
  it('are shown at the answer that causes it, with what it takes to resolve it', () => {
    const state = play(...STUCK);
    const conflict = shownConflict(state);
    expect(conflictTexts(conflict, state, context)).toEqual([
      'Network plug-in: no option is left. These cannot hold together:',
      '- Where will it run? Google Cloud',
      '- Is the Kubernetes API itself needed? Yes',
      '- Do some containers need Windows nodes? Yes',
    ]);
    expect(fixRows(conflict, context).map(row => row.label)).toContain(
      'Answer "Do some containers need Windows nodes?" with No',
    );
  });

  it.each([STUCK, PINNED])('are resolved by each of the changes that are offered (%#)', (...actions) => {
    const state = play(...actions);
    const conflict = shownConflict(state);
    expect(conflict.fixes.length).toBeGreaterThan(1);
    for (const [row, fix] of conflict.fixes.entries()) {
      const resolved = update(state, { type: 'pick', row }, context);
      for (const change of fix.changes) expect(resolved.answers[change.question]).toEqual(change.answer);
      expect(resolved.overlay).toBeNull();
      expect(conflictOn(resolved, context, conflict.decision)).toBeNull();
      expect(resolved.effects).toMatchObject([{ type: 'save-run' }, { type: 'settle' }]);
    }
  });

  it('are shown once and can be left for the review', () => {
    const state = play(...STUCK, { type: 'move-to', end: 'last' }, { type: 'accept' });
    expect(state.overlay).toBeNull();
    expect(outcomeOf(state, context, 'cni')?.status).toBe('impossible');
    expect(update(state, answer('mtls', 'none'), context).overlay).toBeNull();
  });
});

describe('a pin that an answer makes impossible', () => {
  it('is named, and can be taken away where that is shown', () => {
    const state = play(...PINNED);
    const conflict = shownConflict(state);
    expect(conflictTexts(conflict, state, context)[0]).toBe(
      'Platform: Managed containers is pinned and impossible. These cannot hold together:',
    );
    const row = fixRows(conflict, context).findIndex(
      ({ label }) => label === 'Take the pin on Platform away',
    );
    expect(update(state, { type: 'pick', row }, context).pins).toEqual({});
  });
});

describe('an answer that makes its own question fall away', () => {
  it('still counts, and is listed in the review to be changed', () => {
    const state = play(
      ...BEGIN,
      answer('cloud', 'gcp'),
      answer('services', 40),
      answer('operators', 'no'),
      answer('compliance', []),
      answer('windows', 'yes'),
    );
    expect(outcomeOf(state, context, 'platform')).toMatchObject({ pick: 'serverless' });
    expect(askedQuestionsOf(state, context)).not.toContain('windows');
    const listed = update(update(state, { type: 'review' }, context), { type: 'section' }, context);
    const opened = update(
      update(listed, { type: 'move-to', end: 'last' }, context),
      { type: 'accept' },
      context,
    );
    expect(opened.screen).toEqual({ at: 'question', question: 'windows' });
    const changed = update(opened, { type: 'pick', row: 1 }, context);
    expect(outcomeOf(changed, context, 'platform')).toMatchObject({ pick: 'kubernetes' });
  });
});
