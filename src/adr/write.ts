/** All files of the ADR folder. */
import { writeJson } from '../files/json.ts';
import type { FileTree } from '../files/tree.ts';
import { decisionRecord } from './decision-record.ts';
import { decisionsJson } from './decisions-json.ts';
import { indexPage } from './index-page.ts';
import type { AdrInput } from './input.ts';
import { jsonAdr } from './json-adr.ts';
import { createLibrary } from './library.ts';
import { madr } from './madr.ts';
import { relatedRecords } from './more-information.ts';
import { PLATFORM_DEFAULTS } from './number.ts';
import { nygard } from './nygard.ts';
import { openQuestionsPage } from './open-questions.ts';
import { patchAll } from './patch-all.ts';
import { patchPredecessor } from './patch-standing.ts';
import { platformDefaults } from './platform-defaults.ts';
import type { AdrRecord } from './record.ts';
import { relationsOfRecords } from './relations.ts';

export type AdrFormat = 'madr' | 'nygard';

/** Paths are within the ADR folder. Same input, same bytes. */
export function writeAdrs(input: AdrInput, format: AdrFormat = 'madr'): FileTree {
  const library = createLibrary(input.catalogue);
  const relations = relationsOfRecords(input.stack, library);
  const records: readonly AdrRecord[] = [
    ...input.stack.outcomes.flatMap(outcome =>
      outcome.status === 'decided' && input.numbers.has(outcome.decision)
        ? [decisionRecord(input, library, relations, outcome)]
        : [],
    ),
    ...platformDefaults(input, library, relatedRecords(input, relations, PLATFORM_DEFAULTS)),
  ].sort((a, b) => a.link.number - b.link.number);
  const form = format === 'nygard' ? nygard : madr;
  const openQuestions = openQuestionsPage(input, library);
  const tree = new Map([
    ...records.map((record): [string, string] => [
      record.link.path,
      withPredecessor(form(record), record, input),
    ]),
    ['index.md', indexPage(input, library, relations, records)],
    ...(openQuestions === null ? [] : [['open-questions.md', openQuestions] as const]),
    [
      'decisions.json',
      writeJson(
        decisionsJson(input.stack, input.catalogue, input.flips, {
          numbers: input.numbers,
          figures: input.figures ?? [],
        }),
      ),
    ],
    ['index.json', writeJson(jsonAdr(records, input.predecessors, input.past))],
    ['.markdownlint-cli2.yaml', MARKDOWNLINT],
  ]);
  return withStandings(tree, records, input.standings ?? new Map());
}

function withPredecessor(text: string, { decision }: AdrRecord, { predecessors }: AdrInput): string {
  const old = predecessors?.get(decision);
  return old === undefined ? text : patchPredecessor(text, old);
}

/** The same bytes that `chartroom status` makes of a tree in which all is proposed. */
function withStandings(
  tree: FileTree,
  records: readonly AdrRecord[],
  standings: NonNullable<AdrInput['standings']>,
): FileTree {
  const patched = new Map(tree);
  for (const { link } of records) {
    const standing = standings.get(link.path);
    if (standing === undefined || standing.status === 'proposed') continue;
    for (const [path, text] of patchAll(patched, link, standing)) patched.set(path, text);
  }
  return patched;
}

/** MADR's own settings: one sentence per line, so lines are long, and the option's name repeats as a heading. */
const MARKDOWNLINT = 'config:\n  default: true\n  MD013: false\n  MD024: false\n';
