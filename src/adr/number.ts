/** Gives every record its number, title and file name. */
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Stack } from '../engine/outcome.ts';
import { OUR_STYLE, recordName } from './record-file-names.ts';

export interface AdrLink {
  readonly number: number;
  /** The heading of the record, as plain text. */
  readonly title: string;
  /** The file's name within the ADR folder. */
  readonly path: string;
}

/** The record of what is not a choice but a default. */
export const PLATFORM_DEFAULTS = 'platform-defaults';
export const DEFAULTS_OPTION = 'Safe from the first day';
const LONGEST_TITLE = 80;

/** One record per decision taken, in the order in which they build on each other, and one for the platform defaults. */
export function numberAdrs(stack: Stack, catalogue: Catalogue, first = 1): ReadonlyMap<Id, AdrLink> {
  return new Map(
    [...recordTitles(stack, catalogue)].map(([id, title], index) => {
      const number = first + index;
      return [id, { number, title, path: recordName(OUR_STYLE, number, slug(title)) }];
    }),
  );
}

/** What the records are called, in the order of their numbers. */
export function recordTitles(stack: Stack, catalogue: Catalogue): ReadonlyMap<Id, string> {
  const titles = new Map<Id, string>();
  for (const decision of catalogue.decisions) {
    const outcome = stack.outcomes.find(one => one.decision === decision.id);
    if (outcome?.status !== 'decided') continue;
    const option = decision.options.find(one => one.id === outcome.pick);
    titles.set(decision.id, adrTitle(decision.title, option?.label ?? outcome.pick));
  }
  if (titles.size > 0) titles.set(PLATFORM_DEFAULTS, adrTitle('Platform defaults', DEFAULTS_OPTION));
  return titles;
}

/** `Pod network: Cilium`; what is too long loses what the label says in brackets, then the decision's title. */
export function adrTitle(decision: string, label: string): string {
  const name = oneLine(label);
  const short = name.replace(/\s*\([^()]*\)$/, '');
  const titles = [`${oneLine(decision)}: ${name}`, `${oneLine(decision)}: ${short}`, name, short];
  const fitting = titles.find(title => title.length <= LONGEST_TITLE);
  return fitting ?? short.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '');
}

/** Lower-case ASCII words joined by hyphens. */
export function slug(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'\u2019]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** `ADR-0007`. */
export function adrId(link: Pick<AdrLink, 'number'>): string {
  return `ADR-${fourDigits(link.number)}`;
}

function fourDigits(number: number): string {
  return String(number).padStart(4, '0');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
