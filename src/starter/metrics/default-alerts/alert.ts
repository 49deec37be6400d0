/** An alert that the chart brings along, and how it is judged for one platform. */

export type Severity = 'critical' | 'warning' | 'info' | 'none';

/** What of a platform decides whether an alert can mean anything. */
export interface Situation {
  /** Whether somebody else runs etcd, scheduler and controllers. */
  readonly controlPlane: 'managed' | 'own';
  /** Whether nodes are added for pods that do not fit. */
  readonly nodes: 'growing' | 'fixed';
  /** Whether an agent may read the files and the network of its node. */
  readonly host: 'allowed' | 'refused';
  readonly machines: 'virtual' | 'own';
}

/** What is other than in the chart. */
export interface Change {
  readonly severity?: Severity;
  /** For how long it has to hold. */
  readonly for?: string;
}

export type Judgement =
  | { readonly verdict: 'kept'; readonly because: string }
  | { readonly verdict: 'changed'; readonly because: string; readonly change: Change }
  | { readonly verdict: 'muted'; readonly because: string };

export interface DefaultAlert {
  readonly alert: string;
  /** As the chart has it: some alerts come in two. */
  readonly severities: readonly Severity[];
  /** What to look at first; empty where it is muted everywhere. */
  readonly step: string;
  readonly judge: (situation: Situation) => Judgement;
}

export interface AlertGroup {
  /** As the values of the chart call it. */
  readonly group: string;
  readonly title: string;
  readonly alerts: readonly DefaultAlert[];
}

type Judge = DefaultAlert['judge'];
const SEVERITIES = { c: 'critical', w: 'warning', i: 'info', n: 'none' } as const;
type Letters = readonly (keyof typeof SEVERITIES)[];

function made(alert: string, severities: Letters, step: string, judge: Judge): DefaultAlert {
  return { alert, severities: severities.map(letter => SEVERITIES[letter]), step, judge };
}

/** `because`: what it is good for here. */
export function kept(alert: string, severities: Letters, because: string, step: string): DefaultAlert {
  return made(alert, severities, step, () => ({ verdict: 'kept', because }));
}

export function muted(alert: string, severities: Letters, because: string): DefaultAlert {
  return made(alert, severities, '', () => ({ verdict: 'muted', because }));
}

/** Kept unless something of the platform says otherwise; what is said first wins. */
export function unless(
  alert: DefaultAlert,
  ...exceptions: readonly ((situation: Situation) => Judgement | null)[]
): DefaultAlert {
  return {
    ...alert,
    judge: situation =>
      exceptions.map(exception => exception(situation)).find(each => each !== null) ?? alert.judge(situation),
  };
}

export const mutedWhere =
  (holds: (situation: Situation) => boolean, because: string) =>
  (situation: Situation): Judgement | null =>
    holds(situation) ? { verdict: 'muted', because } : null;

export const changedWhere =
  (holds: (situation: Situation) => boolean, change: Change, because: string) =>
  (situation: Situation): Judgement | null =>
    holds(situation) ? { verdict: 'changed', change, because } : null;
