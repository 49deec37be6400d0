/** docs/brief.md: one printed page for those who decide about the money: what was decided, how surely, what is open, who carries which risk. */
import { listed } from '../content/sentence.ts';
import type { Decided } from '../engine/outcome.ts';
import { markdownLink, markdownText } from '../files/markdown.ts';
import { type BriefInput, flipLines, shortened, shortLabel } from './brief-flips.ts';
import { inGroups } from './decision-groups.ts';
import { createLibrary, type Library } from './library.ts';
import { asSentence, counted, numberInWords, withoutStop } from './prose.ts';
import { VERDICT_NAME } from './verdict-words.ts';

/** A4 at 10 point with usual margins: lines, and characters of a line. */
export const PAGE = { lines: 58, width: 95 } as const;

/** How many items each list tells before it says how many more there are. */
interface Detail {
  readonly flips: number;
  readonly open: number;
  readonly risks: number;
}
const DETAILS: readonly Detail[] = [
  { flips: 6, open: 6, risks: 8 },
  { flips: 4, open: 4, risks: 6 },
  { flips: 3, open: 3, risks: 4 },
  { flips: 2, open: 2, risks: 3 },
  { flips: 1, open: 1, risks: 2 },
];

/** `folder` is the way from docs/ to the ADR folder. */
export function briefPage(input: BriefInput, folder: string): string {
  const library = createLibrary(input.catalogue);
  let text = '';
  for (const detail of DETAILS) {
    text = page(input, library, folder, detail);
    if (printedLines(text) <= PAGE.lines) break;
  }
  return text;
}

/** Lines of the page as it is printed: links are their text, headings and lists have room above them. */
export function printedLines(markdown: string): number {
  return markdown
    .replace(/\]\([^)\s]*\)/g, '')
    .split('\n')
    .reduce((sum, line) => {
      if (line === '') return sum + 0.5;
      if (line.startsWith('# ')) return sum + 2;
      return (
        sum + Math.ceil(line.replaceAll('\\', '').length / PAGE.width) + (line.startsWith('#') ? 0.5 : 0)
      );
    }, 0);
}

function page(input: BriefInput, library: Library, folder: string, detail: Detail): string {
  return [
    `# ${markdownText(input.project.name)}: what was decided, on one page\n`,
    summary(input, folder),
    '## Decisions\n',
    bullets(decisionLines(input, library, folder)),
    '## What would change them\n',
    bullets(flipLines(input, library, detail.flips)),
    '## Still open\n',
    bullets(openLines(input, library, folder, detail.open)),
    '## Accepted risks\n',
    bullets(riskLines(input, library, folder, detail.risks)),
    '## Hard to change later\n',
    dayZero(input, library),
  ].join('\n');
}

function decidedOf({ stack }: BriefInput): readonly Decided[] {
  return stack.outcomes.filter(outcome => outcome.status === 'decided');
}

function summary(input: BriefInput, folder: string): string {
  const decided = decidedOf(input);
  const sure = decided.map(sureness);
  const counts = [...new Set(sure)]
    .map(name => ({ name, count: sure.filter(one => one === name).length }))
    .sort((a, b) => b.count - a.count)
    .map(({ name, count }) => `${numberInWords(count)} ${IN_SUMMARY[name] ?? name}`);
  const how = counts.length === 0 ? '' : `: ${listed(counts, 'and')}`;
  const impossible = input.stack.outcomes.filter(({ status }) => status === 'impossible').length;
  const conflict =
    impossible === 0
      ? ''
      : ` ${asSentence(`${counted(impossible, 'decision')} cannot be taken as the answers stand`)}`;
  return `${asSentence(`${counted(decided.length, 'decision')} of ${input.stack.asOf}${how}`)}${conflict} Each has a record in ${markdownLink('the index', `${folder}/index.md`)} and takes effect once that is accepted. Clear means that it stands at every weighting of the reasons, narrow that one reason or one number decides.\n`;
}

const IN_SUMMARY: Readonly<Record<string, string>> = {
  [VERDICT_NAME['only-option']]: 'without an alternative',
  [VERDICT_NAME['depends-on-weighting']]: 'depending on the weighting',
  [VERDICT_NAME['toss-up']]: 'level with another option',
};

function sureness({ pinned, verdict }: Decided): string {
  return pinned === null ? VERDICT_NAME[verdict] : 'pinned';
}

/** One line per group. */
function decisionLines(input: BriefInput, library: Library, folder: string): readonly string[] {
  const decided = new Map(decidedOf(input).map(outcome => [outcome.decision, outcome]));
  return inGroups([...decided.keys()]).map(({ title, decisions }) => {
    const picks = decisions.flatMap(id => {
      const outcome = decided.get(id);
      if (outcome === undefined) return [];
      return [
        `${markdownText(library.decision(id).title)}: ${pickLink(input, library, folder, outcome)} (${sureness(outcome)})`,
      ];
    });
    return `${title}. ${picks.join('; ')}.`;
  });
}

function pickLink(input: BriefInput, library: Library, folder: string, { decision, pick }: Decided): string {
  const label = shortLabel(library.option(decision, pick).label);
  const link = input.numbers.get(decision);
  return link === undefined ? markdownText(label) : markdownLink(label, `${folder}/${link.path}`);
}

function openLines(input: BriefInput, library: Library, folder: string, most: number): readonly string[] {
  const open = input.stack.openQuestions;
  const matter = [...open.filter(({ matters }) => matters.length > 0)].sort(
    (a, b) => b.matters.length - a.matters.length,
  );
  if (open.length === 0) return ['Nothing: every question is answered.'];
  if (matter.length === 0)
    return [
      `${asSentence(`${counted(open.length, 'question')} without an answer, none of which can change a decision`)}`,
    ];
  const lines = matter.map(({ question, matters, whoKnows }) => {
    const who = whoKnows === '' ? '' : ` Who knows: ${markdownText(withoutStop(whoKnows))}.`;
    return `${markdownText(library.question(question).ask)} It can change ${counted(matters.length, 'decision')}.${who}`;
  });
  return shortened(
    lines,
    most,
    'question',
    `in ${markdownLink('open questions', `${folder}/open-questions.md`)}`,
  );
}

/** Pins against what a vendor supports or the house allows; a waiver has an end. */
function riskLines(input: BriefInput, library: Library, folder: string, most: number): readonly string[] {
  const lines = decidedOf(input).flatMap(outcome => {
    const { pinned } = outcome;
    if (pinned === null || pinned.against === null) return [];
    const { pin, against } = pinned;
    const who = {
      impossible: `Owner: ${name(pin.owner)}.`,
      unsupported: `Owner: ${name(pin.owner)}.`,
      forbidden: `Approved by ${name(pin.approver)}, until ${pin.expires ?? 'not recorded'}.`,
    }[against.kind];
    const title = markdownText(library.decision(outcome.decision).title);
    return [
      `${title}: ${pickLink(input, library, folder, outcome)} is ${against.kind}: ${markdownText(withoutStop(against.because))}. ${who}`,
    ];
  });
  if (lines.length === 0) return ['None: no pin goes against a hard rule.'];
  return shortened(lines, most, 'risk', 'in the records');
}

function dayZero(input: BriefInput, library: Library): string {
  const open = new Set(input.stack.openQuestions.map(({ question }) => question));
  const decisions = decidedOf(input)
    .map(({ decision }) => library.decision(decision))
    .filter(decision => decision.dayZero)
    .map(({ title }) => markdownText(title));
  const questions = library.catalogue.questions.filter(question => question.dayZero && open.has(question.id));
  const asked =
    questions.length === 0
      ? ''
      : ` To answer before that: ${listed(
          questions.slice(0, 3).map(({ ask }) => markdownText(`"${ask}"`)),
          'and',
        )}.`;
  if (decisions.length === 0) return `Nothing of this is hard to change once workloads run.${asked}\n`;
  return `Agree on these before anything is built: ${listed(decisions, 'and')}.${asked}\n`;
}

function name(person: string | undefined): string {
  return person === undefined || person.trim() === '' ? 'not recorded' : markdownText(person);
}

function bullets(items: readonly string[]): string {
  return `${items.map(item => `* ${item}`).join('\n')}\n`;
}
