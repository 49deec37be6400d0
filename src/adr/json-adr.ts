/** All records as one bulk export of JSON-ADR 1.0.0, the interchange format of the `adrs` tool. Texts are Markdown. */
import type { AdrInput } from './input.ts';
import type { AdrLink } from './number.ts';
import type { AdrRecord } from './record.ts';
import type { Json } from './versions-json.ts';

const SCHEMA = 'https://raw.githubusercontent.com/joshrotenberg/adrs/main/schema/json-adr/v1.json';

/** Without `generated_at`, so that the same answers give the same bytes. */
export function jsonAdr(
  records: readonly AdrRecord[],
  predecessors: AdrInput['predecessors'] = new Map(),
  past: NonNullable<AdrInput['past']> = [],
): Json {
  const current = records.map(record => recordJson(record, predecessors.get(record.decision)));
  return { $schema: SCHEMA, version: '1.0.0', adrs: [...past.map(pastJson), ...current] };
}

/** What holds no longer: the record itself says the rest. */
function pastJson({ link, standing }: NonNullable<AdrInput['past']>[number]): Json {
  const { status, date, deciders, successor } = standing;
  return {
    number: link.number,
    title: link.title,
    status,
    date,
    ...(deciders.length === 0 ? {} : { deciders }),
    links: successor === null ? [] : [{ type: 'superseded-by', target: successor.number }],
    path: link.path,
  };
}

function recordJson(record: AdrRecord, predecessor: AdrLink | undefined): Json {
  const { outcome } = record;
  return {
    number: record.link.number,
    title: record.link.title,
    status: record.status,
    date: record.date,
    ...(record.deciders.length === 0 ? {} : { deciders: record.deciders }),
    tags: record.tags,
    context: [...record.context, ...record.assumptions, record.question].join('\n'),
    decision_drivers: record.drivers,
    considered_options: [
      ...record.optionRecords.map(option => ({
        name: option.title,
        ...(option.notChosen === null ? {} : { description: option.notChosen }),
        pros: option.good.map(withoutLead),
        cons: option.bad.map(withoutLead),
      })),
      ...record.ruledOut.map(option => ({ name: option.title, description: option.lines.join(' ') })),
    ],
    decision: [
      outcome.chosen,
      outcome.weWill,
      ...outcome.notices,
      outcome.yStatement,
      ...outcome.judgement,
    ].join('\n'),
    consequences: { positive: record.good.map(withoutLead), negative: record.bad.map(withoutLead) },
    confirmation: record.confirmation.join('\n'),
    links: [
      ...record.related.map(related => ({
        type: 'relates-to',
        target: related.link.number,
        description: related.kind === 'builds-on' ? 'builds on' : 'is the basis of',
      })),
      ...(predecessor === undefined ? [] : [{ type: 'supersedes', target: predecessor.number }]),
    ],
    custom_sections: {
      Evidence: record.evidence.join('\n'),
      'More Information': record.more.join('\n'),
    },
    path: record.link.path,
  };
}

function withoutLead(text: string): string {
  return text.replace(/^(?:Good|Bad), because /, '');
}
