/** The drivers of the platform defaults: the qualities that the defaults serve, the user's ranked ones first. */
import { DRIVERS, type Driver, type Id } from '../content/catalogue.ts';
import { markdownCode } from '../files/markdown.ts';
import type { DefaultRow } from './default-row.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { asSentence, driverName, ordinal } from './prose.ts';

/** Answers that a default of this quality follows from, most telling first. */
const TRACES: Readonly<Record<Driver, readonly Id[]>> = {
  operability: ['on-call', 'criticality-tiers', 'platform-team', 'services'],
  security: ['compliance', 'tenants', 'data-residency', 'cloud'],
  performance: ['largest-unit', 'workload-kinds', 'services'],
  cost: ['traffic', 'teams', 'environments', 'services'],
  portability: ['cloud'],
  'time-to-market': ['teams'],
};

export interface DefaultDriver {
  readonly id: string;
  readonly quality: Driver;
  readonly rank: number;
  readonly rows: readonly DefaultRow[];
}

export function defaultDrivers(
  rows: readonly DefaultRow[],
  ranked: readonly Driver[],
): readonly DefaultDriver[] {
  const rank = (quality: Driver): number => {
    const place = ranked.indexOf(quality);
    return place < 0 ? ranked.length + DRIVERS.indexOf(quality) : place;
  };
  return [...new Set(rows.map(row => row.quality))]
    .sort((a, b) => rank(a) - rank(b))
    .map((quality, index) => ({
      id: `D${index + 1}`,
      quality,
      rank: ranked.indexOf(quality),
      rows: rows.filter(row => row.quality === quality),
    }));
}

export function defaultDriverText(driver: DefaultDriver, input: AdrInput, library: Library): string {
  const rank = driver.rank < 0 ? '' : `, ranked ${ordinal(driver.rank)} by the team`;
  const trace = TRACES[driver.quality].find(
    id => input.stack.answers.has(id) && library.catalogue.questions.some(question => question.id === id),
  );
  const from =
    trace === undefined
      ? 'From no answer; it holds for every platform.'
      : `From answer ${markdownCode(trace)}.`;
  const measures = driver.rows.flatMap(({ measure }) => (measure === '' ? [] : [asSentence(measure)]));
  return `${driverName(driver.quality)}${rank}. Measured: ${measures.join(' ')} ${from}`;
}

/** The driver's id in brackets, or its name where no default serves it. */
export function cite(drivers: readonly DefaultDriver[], quality: Driver): string {
  return ` (${drivers.find(driver => driver.quality === quality)?.id ?? driverName(quality)})`;
}
