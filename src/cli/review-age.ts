/** What has grown old: facts, versions, and records whose day to be looked at again has come. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sameFact } from '../adr/compare-decisions.ts';
import { readStatus } from '../adr/standing.ts';
import type { StoredDecisions } from '../adr/stored-decisions.ts';
import type { Catalogue, Day } from '../content/catalogue.ts';
import type { AdrFolder } from './adr-folder.ts';
import type { DueRecord, EndedSupport, FactFinding } from './review-report.ts';

/** Of the facts that the decisions rested on. */
export function factFindings(then: StoredDecisions, catalogue: Catalogue, asOf: Day): readonly FactFinding[] {
  const today = new Map(catalogue.facts.map(fact => [fact.id, fact]));
  return Object.entries(then.facts).flatMap(([id, old]): readonly FactFinding[] => {
    const fact = today.get(id);
    const was = { id, says: old.says, reviewBy: old['review-by'] };
    if (fact === undefined) return [{ ...was, change: 'removed' }];
    const { says, kind, reviewBy, contradictedBy } = fact;
    const now = { ...old, says, kind, 'contradicted-by': [...contradictedBy] };
    if (!sameFact(old, now)) return [{ id, says, reviewBy, change: 'changed' }];
    return reviewBy < asOf ? [{ id, says, reviewBy, change: 'overdue' }] : [];
  });
}

/** What runs by the decisions and is no longer supported on this day, or is known to be bad by now. */
export function endedSupport(
  then: StoredDecisions,
  now: StoredDecisions,
  asOf: Day,
): readonly EndedSupport[] {
  const { kubernetes, 'kubernetes-supported-until': until } = then.versions;
  const cluster =
    kubernetes !== null && until !== null && until < asOf
      ? [{ of: 'kubernetes', says: `Support for Kubernetes ${kubernetes} ended on ${until}.` }]
      : [];
  const known = new Set(then.versions.notices.map(({ says }) => says));
  const news = now.versions.notices.filter(({ says }) => !known.has(says));
  return [...cluster, ...news.map(({ component, says }) => ({ of: component, says }))];
}

/** Records that still hold and name a day that has come, whoever wrote them. */
export function dueRecords({ root, folder, records }: AdrFolder, asOf: Day): readonly DueRecord[] {
  return records.flatMap(({ number, path }): readonly DueRecord[] => {
    const text = readFileSync(join(root, folder, path), 'utf8');
    const reviewBy = /\bReview by (\d{4}-\d\d-\d\d)\b/.exec(text)?.[1];
    const status = readStatus(text);
    if (reviewBy === undefined || reviewBy > asOf || status === 'superseded' || status === 'rejected')
      return [];
    const title = /^# (?:\d+\. )?(.*?)\s*$/m.exec(text)?.[1] ?? path;
    return [{ number, title, path: folder === '' ? path : `${folder}/${path}`, reviewBy }];
  });
}
