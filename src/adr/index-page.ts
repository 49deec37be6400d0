/** The index of the records: what was decided, how surely, what was not needed, and how it hangs together. */
import { listed } from '../content/sentence.ts';
import { markdownCell, markdownLink, markdownRow, markdownText } from '../files/markdown.ts';
import { decisionDiagram, decisionLines } from './decision-graph.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { adrId } from './number.ts';
import { asSentence, counted, numberInWords } from './prose.ts';
import type { AdrRecord } from './record.ts';
import type { Relations } from './relations.ts';
import { VERDICT_NAME } from './verdict-words.ts';

export function indexPage(
  input: AdrInput,
  library: Library,
  relations: Relations,
  records: readonly AdrRecord[],
): string {
  const { stack, project } = input;
  return [
    `# Architecture decisions of ${markdownText(project.name)}\n`,
    `${asSentence(`${counted(records.length, 'record')} of ${stack.asOf}`)} ` +
      'A record takes effect once it is accepted; the table says which are.\n',
    ...decisions(input, library, records),
    ...past(input),
    ...notNeeded(input, library),
    ...impossible(input, library),
    ...graph(input, relations),
    ...versions(input),
    ...openQuestions(input),
    '## For machines\n',
    'The same in full, with rules, evidence and what would change each pick:\n',
    bullets([
      markdownLink('decisions.json', 'decisions.json'),
      markdownLink('index.json (JSON-ADR)', 'index.json'),
    ]),
  ].join('\n');
}

function decisions(input: AdrInput, library: Library, records: readonly AdrRecord[]): readonly string[] {
  if (records.length === 0) return [];
  return [
    '## Decisions\n',
    decisionTable(input, library, records),
    '## In one sentence each\n',
    bullets(records.map(record => `${adrId(record.link)}: ${withoutReferences(record.outcome.yStatement)}`)),
  ];
}

function graph(input: AdrInput, relations: Relations): readonly string[] {
  if (relations.size === 0) return [];
  return [
    '## How the decisions build on each other\n',
    decisionDiagram(input, relations),
    'The same in words:\n',
    bullets(decisionLines(input, relations)),
  ];
}

function decisionTable(input: AdrInput, library: Library, records: readonly AdrRecord[]): string {
  const rows = records.map(record => {
    const outcome = input.stack.outcomes.find(one => one.decision === record.decision);
    const link = markdownLink(adrId(record.link), record.link.path);
    if (outcome?.status !== 'decided') {
      return [link, markdownCell('Platform defaults'), record.options[0] ?? '-', record.status, '-', '-'];
    }
    const pinned = outcome.pinned === null ? '' : ', pinned';
    return [
      link,
      markdownCell(library.decision(record.decision).title),
      markdownCell(library.option(record.decision, outcome.pick).label),
      record.status,
      markdownCell(VERDICT_NAME[outcome.verdict] + pinned),
      outcome.confidence.level,
    ];
  });
  const head = ['Record', 'Decision', 'Pick', 'Status', 'Verdict', 'Confidence'];
  return `${[head, head.map(() => '---'), ...rows].map(markdownRow).join('\n')}\n`;
}

function past({ past: records = [] }: AdrInput): readonly string[] {
  if (records.length === 0) return [];
  const lines = records.map(({ link, standing }) => {
    const { status, date, successor } = standing;
    const by = successor === null ? '' : ` by ${adrId(successor)}`;
    const needed = status === 'proposed' || status === 'accepted' ? ' and no longer needed' : '';
    return `${adrId(link)} of ${date}, ${status}${by}${needed}: ${markdownLink(link.title, link.path)}`;
  });
  return ['## No longer in force\n', bullets(lines)];
}

function notNeeded(input: AdrInput, library: Library): readonly string[] {
  const lines = input.stack.outcomes.flatMap(outcome =>
    outcome.status === 'not-needed'
      ? [
          `${markdownText(library.decision(outcome.decision).title)}: ${markdownText(asSentence(outcome.because))}`,
        ]
      : [],
  );
  return lines.length === 0 ? [] : ['## Not needed\n', bullets(lines)];
}

function impossible(input: AdrInput, library: Library): readonly string[] {
  const lines = input.stack.outcomes.flatMap(outcome => {
    if (outcome.status !== 'impossible') return [];
    const asks = outcome.conflict.questions.map(id => `"${markdownText(library.question(id).ask)}"`);
    const pins = outcome.conflict.pins.map(id => `the pin for "${markdownText(library.decision(id).title)}"`);
    return [
      `${markdownText(library.decision(outcome.decision).title)}: these cannot hold together: ${listed([...asks, ...pins], 'and')}.`,
    ];
  });
  return lines.length === 0 ? [] : ['## No option left\n', bullets(lines)];
}

function versions(input: AdrInput): readonly string[] {
  const { kubernetes, notices } = input.stack.versions;
  if (kubernetes === null) return [];
  const until = kubernetes.supportedUntil === null ? '' : `, supported until ${kubernetes.supportedUntil}`;
  return [
    '## Versions\n',
    bullets([
      `${markdownText(`Kubernetes ${kubernetes.minor}`)}${until}: ${markdownText(asSentence(kubernetes.because))}`,
      ...notices.map(notice => markdownText(asSentence(notice.says))),
    ]),
  ];
}

function openQuestions(input: AdrInput): readonly string[] {
  const open = input.stack.openQuestions;
  if (open.length === 0) return ['## Open questions\n', 'None: every answer that was asked for is given.\n'];
  const matter = open.filter(question => question.matters.length > 0).length;
  return [
    '## Open questions\n',
    `${asSentence(`${counted(open.length, 'question')} ${open.length === 1 ? 'is' : 'are'} still open`)} ` +
      `${asSentence(`${numberInWords(matter)} of them can still change a pick`)} ` +
      `Details: ${markdownLink('open questions', 'open-questions.md')}\n`,
  ];
}

/** The ids of drivers mean something within their record only. */
function withoutReferences(text: string): string {
  return text.replace(/ \(D\d+\)/g, '');
}

function bullets(items: readonly string[]): string {
  return `${items.map(item => `* ${item}`).join('\n')}\n`;
}
