/** What differs between the decisions of an earlier run and those of today, and which rule, fact, answer or version did it. */
import type { StoredDecision, StoredDecisions, StoredFact } from './stored-decisions.ts';

type HowChanged = 'added' | 'removed' | 'changed';
export type Because =
  | { readonly kind: 'rule' | 'fact'; readonly id: string; readonly change: HowChanged }
  | { readonly kind: 'answer'; readonly id: string; readonly change: HowChanged }
  /** An earlier decision came out otherwise. */
  | { readonly kind: 'decision'; readonly id: string; readonly change: 'changed' }
  | { readonly kind: 'pin'; readonly id: string; readonly change: HowChanged };

export interface ChangedDecision {
  readonly id: string;
  readonly title: string;
  readonly adr: StoredDecision['adr'];
  /** Null where there is no pick, or no such decision. */
  readonly from: string | null;
  readonly to: string | null;
  readonly labels: { readonly from: string | null; readonly to: string | null };
  readonly verdicts: { readonly from: string | null; readonly to: string | null };
  readonly because: readonly Because[];
}
export interface ChangedAnswer {
  readonly question: string;
  readonly from: unknown;
  readonly to: unknown;
}
export interface ChangedVersion {
  readonly of: string;
  readonly from: string | null;
  readonly to: string | null;
}
export interface DecisionChanges {
  readonly answers: readonly ChangedAnswer[];
  readonly decisions: readonly ChangedDecision[];
  readonly versions: readonly ChangedVersion[];
}

export function compareDecisions(then: StoredDecisions, now: StoredDecisions): DecisionChanges {
  const answers = changedAnswers(then, now);
  const ids = [...new Set([...then.decisions, ...now.decisions].map(({ id }) => id))];
  const pairs = ids.map(id => ({ id, old: decisionOf(then, id), today: decisionOf(now, id) }));
  const moved = new Set(pairs.filter(({ old, today }) => pickOf(old) !== pickOf(today)).map(({ id }) => id));
  const decisions = pairs.flatMap(({ id, old, today }): readonly ChangedDecision[] => {
    const verdicts = { from: old?.verdict ?? null, to: today?.verdict ?? null };
    if (!moved.has(id) && verdicts.from === verdicts.to) return [];
    const because = [
      ...firedDifferently(old, today),
      ...factsChanged(then, now, [old, today]),
      ...pinChange(id, old, today),
      ...((today ?? old)?.['depends-on']
        .filter(one => moved.has(one))
        .map((one): Because => ({ kind: 'decision', id: one, change: 'changed' })) ?? []),
    ];
    const known = today ?? old;
    return [
      {
        id,
        title: known?.title ?? id,
        adr: old?.adr ?? null,
        from: pickOf(old),
        to: pickOf(today),
        labels: { from: old?.label ?? null, to: today?.label ?? null },
        verdicts,
        because: because.length > 0 ? because : answers.map(({ question: one }) => answerCause(one)),
      },
    ];
  });
  return { answers, decisions, versions: changedVersions(then, now) };
}

export function sameFact(one: StoredFact, other: StoredFact): boolean {
  const essence = ({ says, kind, 'contradicted-by': against }: StoredFact): string =>
    JSON.stringify([says, kind, against]);
  return essence(one) === essence(other);
}

const decisionOf = ({ decisions }: StoredDecisions, wanted: string): StoredDecision | undefined =>
  decisions.find(({ id }) => id === wanted);
const pickOf = (decision: StoredDecision | undefined): string | null => decision?.pick ?? null;
const answerCause = (id: string): Because => ({ kind: 'answer', id, change: 'changed' });

/** Only what somebody answered: assumptions are part of the knowledge. */
function changedAnswers(then: StoredDecisions, now: StoredDecisions): readonly ChangedAnswer[] {
  const given = ({ answers, assumed }: StoredDecisions): ReadonlyMap<string, unknown> =>
    new Map(Object.entries(answers).filter(([id]) => !assumed.includes(id)));
  const [old, today] = [given(then), given(now)];
  const ids = [...new Set([...old.keys(), ...today.keys()])];
  return ids.flatMap(question => {
    const [from, to] = [old.get(question) ?? null, today.get(question) ?? null];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ question, from, to }];
  });
}

function firedDifferently(
  old: StoredDecision | undefined,
  today: StoredDecision | undefined,
): readonly Because[] {
  const [before, after] = [firedRules(old), firedRules(today)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id): readonly Because[] => {
    const [one, other] = [before.get(id), after.get(id)];
    if (one === other) return [];
    return [
      { kind: 'rule', id, change: one === undefined ? 'added' : other === undefined ? 'removed' : 'changed' },
    ];
  });
}

/** Rule to what it did. */
function firedRules(decision: StoredDecision | undefined): ReadonlyMap<string, string> {
  const effects = new Map<string, string>();
  const put = (rule: string, effect: unknown): void => {
    effects.set(rule, (effects.get(rule) ?? '') + JSON.stringify(effect));
  };
  for (const { rule, strength, effect, options } of decision?.reasons.filter(one => one.counted) ?? []) {
    put(rule, [strength, effect, options]);
  }
  for (const { rule, option, kind } of decision?.['ruled-out'] ?? []) put(rule, [option, kind]);
  return effects;
}

function factsChanged(
  then: StoredDecisions,
  now: StoredDecisions,
  decisions: readonly (StoredDecision | undefined)[],
): readonly Because[] {
  const cited = decisions.flatMap(one =>
    [...(one?.reasons ?? []), ...(one?.['ruled-out'] ?? [])].flatMap(({ facts }) => facts),
  );
  return [...new Set(cited)].flatMap((id): readonly Because[] => {
    const [old, today] = [then.facts[id], now.facts[id]];
    if (old === undefined || today === undefined || sameFact(old, today)) return [];
    return [{ kind: 'fact', id, change: 'changed' }];
  });
}

function pinChange(
  id: string,
  old: StoredDecision | undefined,
  today: StoredDecision | undefined,
): readonly Because[] {
  if (old === undefined || today === undefined || old.pinned === today.pinned) return [];
  return [{ kind: 'pin', id, change: today.pinned ? 'added' : 'removed' }];
}

function changedVersions(then: StoredDecisions, now: StoredDecisions): readonly ChangedVersion[] {
  const all = ({ versions }: StoredDecisions): ReadonlyMap<string, string> =>
    new Map([
      ...(versions.kubernetes === null ? [] : [['kubernetes', versions.kubernetes] as const]),
      ...(versions['gateway-api'] === null ? [] : [['gateway-api', versions['gateway-api']] as const]),
      ...Object.entries(versions.components),
    ]);
  const [old, today] = [all(then), all(now)];
  return [...new Set([...old.keys(), ...today.keys()])].flatMap(of => {
    const [from, to] = [old.get(of) ?? null, today.get(of) ?? null];
    return from === to ? [] : [{ of, from, to }];
  });
}
