/** docs/options.md: every option with what speaks for it, what speaks against it, what rules it out, and the facts behind. */
import type { Catalogue, Condition, Decision, Fact, Id, Option, Rule } from '../src/content/catalogue.ts';
import { conditionInWords } from '../src/content/prose.ts';
import {
  markdownCell,
  markdownCode,
  markdownLink,
  markdownRow,
  markdownText,
} from '../src/files/markdown.ts';

export function optionsPage(catalogue: Catalogue): string {
  const { decisions, facts } = catalogue;
  const options = decisions.reduce((count, decision) => count + decision.options.length, 0);
  const rules = decisions.reduce((count, decision) => count + decision.rules.length, 0);
  return [
    '# Every option: when it wins, what rules it out, its facts',
    `Written by \`npm run docs\` from \`recommendations/\`: ${decisions.length} decisions, ${options} options, ${rules} rules and ${facts.length} facts. How the reasons are weighed is told in [verdicts.md](verdicts.md).`,
    'A *strong* reason is worth three plain ones. Each row but the last of an option is one rule, or the condition under which the option is there at all.',
    ...decisions.flatMap(decision => decisionSection(decision, catalogue)),
    '## Facts',
    factTable(facts),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function decisionSection(decision: Decision, catalogue: Catalogue): readonly string[] {
  const needed = isAlways(decision.applies)
    ? 'It is always needed.'
    : `It is needed if ${markdownText(conditionInWords(decision.applies, catalogue))}.`;
  const rows = decision.options.flatMap(option => optionRows(decision, option, catalogue));
  return [
    `## ${markdownText(decision.title)}`,
    `${markdownText(decision.ask)} ${needed}`,
    table(['option', 'what', 'when', 'because', 'facts'], rows),
  ];
}

interface Statement {
  readonly what: string;
  readonly when: Condition;
  readonly because: string;
  readonly facts: readonly Id[];
}

function optionRows(decision: Decision, option: Option, catalogue: Catalogue): readonly string[][] {
  const rules = [...decision.rules].sort((a, b) => orderOf(a, option.id) - orderOf(b, option.id));
  const statements: readonly Statement[] = [
    ...(isAlways(option.applies) ? [] : [{ what: 'is there', when: option.applies, because: '', facts: [] }]),
    ...rules.flatMap(rule => {
      const what = effectOn(rule, option.id);
      return what === null ? [] : [{ what, when: rule.when, because: rule.because, facts: rule.facts }];
    }),
  ];
  const own = [...new Set([...option.pros, ...option.cons].flatMap(argument => argument.facts))];
  const name = `${markdownText(option.label)} (${markdownCode(option.id)})`;
  return [
    ...statements.map(({ what, when, because, facts }) => [
      name,
      what,
      isAlways(when) ? 'always' : markdownCell(conditionInWords(when, catalogue)),
      markdownCell(because),
      factLinks(facts),
    ]),
    [name, 'pros and cons', '-', `${option.pros.length} for, ${option.cons.length} against`, factLinks(own)],
  ];
}

const isAlways = (condition: Condition): boolean => condition.op === 'all' && condition.of.length === 0;

function effectOn(rule: Rule, option: Id): string | null {
  const strength = rule.strength === 'strong' ? 'strong' : rule.opinion ? 'plain, opinion' : 'plain';
  if (rule.favors.includes(option)) return `for, ${strength}`;
  if (rule.disfavors.includes(option)) return `against, ${strength}`;
  return rule.rulesOut?.options.includes(option) === true ? `ruled out, ${rule.rulesOut.kind}` : null;
}

/** Strong before plain, for before against, hard rules last. */
function orderOf(rule: Rule, option: Id): number {
  const side = rule.favors.includes(option) ? 0 : rule.disfavors.includes(option) ? 2 : 4;
  return side + (rule.strength === 'strong' ? 0 : 1);
}

const factLinks = (facts: readonly Id[]): string =>
  facts.length === 0 ? '-' : facts.map(id => `[${id}](#${anchorOf(id)})`).join(', ');

const anchorOf = (id: Id): string => id.toLowerCase();

function factTable(facts: readonly Fact[]): string {
  return facts
    .map(fact => {
      const { url, title, publisher, published } = fact.source;
      const dates = `${published === null ? 'undated' : `published ${published}`}, checked ${fact.checked}, review by ${fact.reviewBy}`;
      const against =
        fact.contradictedBy.length === 0 ? '' : ` Contradicted by ${factLinks(fact.contradictedBy)}.`;
      return `### ${fact.id}\n\n${markdownText(fact.says)}${against}\n\n${markdownText(publisher)}, ${fact.kind}, ${dates}: ${markdownLink(title, url)}`;
    })
    .join('\n\n');
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [markdownRow(head), markdownRow(head.map(() => '---')), ...rows.map(markdownRow)].join('\n');
