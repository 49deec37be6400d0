/** Every record of every run meets every row of the quality table; a generic record from elsewhere meets none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { type ParsedRecord, parseRecord } from './parse-record.ts';
import { ROWS, type World } from './quality.ts';
import { type AdrRun, RUNS } from './runs.ts';

function recordsOf(run: AdrRun): readonly ParsedRecord[] {
  return [...run.tree].flatMap(([file, text]) => (/^\d{4}-/.test(file) ? [parseRecord(file, text)] : []));
}

describe.each(RUNS.map(run => [run.name, run] as const))('the records of %s', (_name, run) => {
  const records = recordsOf(run);
  const world: World = { records, stack: run.stack, catalogue: run.catalogue };

  test('are one per decision taken and one for the defaults', () => {
    const decided = run.stack.outcomes.filter(outcome => outcome.status === 'decided');
    expect(records.map(record => record.file)).toEqual([...run.numbers.values()].map(link => link.path));
    expect(records.length).toBe(decided.length + 1);
  });
  test.each(Object.entries(ROWS))('meet row %s', (_row, findingsOf) => {
    const findings = records.flatMap(record =>
      findingsOf(record, world).map(finding => `${record.file}: ${finding}`),
    );
    expect(findings).toEqual([]);
  });
  test('and all pages beside them are clean Markdown with living links and diagrams', async () => {
    expect(await checkMarkdown(run.tree)).toEqual([]);
    expect(await checkMermaid(run.tree)).toEqual([]);
  });
});

describe('a generic record about Kubernetes', () => {
  const file = '0006-kubernetes.md';
  const text = readFileSync(join(import.meta.dirname, '../fixtures/adr/generic-kubernetes.md'), 'utf8');
  const generic = parseRecord(file, text);
  const copy = parseRecord('0008-service-mesh.md', text.replace('number: 7', 'number: 8'));
  const [run] = RUNS;
  if (run === undefined) throw new Error('there are no examples');
  const world: World = { records: [generic, copy], stack: run.stack, catalogue: run.catalogue };

  test.each(Object.entries(ROWS))('fails row %s', (_row, findingsOf) => {
    expect(findingsOf(generic, world)).not.toEqual([]);
  });
  test('fails markdownlint', async () => {
    expect(await checkMarkdown(new Map([[file, text]]))).not.toEqual([]);
  });
});
