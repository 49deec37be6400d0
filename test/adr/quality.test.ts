/** Every record of every run meets every row of the quality table; a generic record from elsewhere meets none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeAdrs } from '../../src/adr/write.ts';
import type { FileTree } from '../../src/files/tree.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { isDecisions, isJsonAdr, schemaErrors } from './json-schemas.ts';
import { type ParsedRecord, parseRecord } from './parse-record.ts';
import { ROWS } from './quality.ts';
import type { World } from './quality-terms.ts';
import { type AdrRun, RUNS } from './runs.ts';

function recordsOf(run: AdrRun): readonly ParsedRecord[] {
  return [...run.tree].flatMap(([file, text]) => (/^\d{4}-/.test(file) ? [parseRecord(file, text)] : []));
}

describe.each(RUNS.map(run => [run.name, run] as const))('the records of %s', (_name, run) => {
  const records = recordsOf(run);
  const world: World = {
    records,
    people: run.project.deciders ?? [],
    stack: run.stack,
    catalogue: run.catalogue,
  };

  test('are one per decision taken and one for the defaults', () => {
    const decided = run.stack.outcomes.filter(outcome => outcome.status === 'decided');
    expect(records.map(record => record.file)).toEqual([...run.numbers.values()].map(link => link.path));
    expect(records.length).toBe(decided.length + 1);
  });
  test.each(Object.entries(ROWS))('meet row %s', async (_row, findingsOf) => {
    for (const record of records) expect(await findingsOf(record, world), record.file).toEqual([]);
  });
  test('and all pages beside them are clean Markdown with living links and diagrams', async () => {
    expect(await checkMarkdown(run.tree)).toEqual([]);
    expect(await checkMermaid(run.tree)).toEqual([]);
  });
  test('come with data that meets its schemas and holds every decision and every record', () => {
    const data = JSON.parse(run.tree.get('decisions.json') ?? '');
    expect(schemaErrors(isDecisions, data)).toEqual([]);
    const ids = data.decisions.map((decision: { id: string }) => decision.id);
    expect(ids.sort()).toEqual(run.catalogue.decisions.map(decision => decision.id).sort());
    const index = JSON.parse(run.tree.get('index.json') ?? '');
    expect(schemaErrors(isJsonAdr, index)).toEqual([]);
    expect(index.adrs.map((adr: { path: string }) => adr.path)).toEqual(records.map(record => record.file));
  });
  test('meet row X2: the same bytes, whatever the order of answers, facts and numbers', () => {
    const { stack, catalogue, project, flips, numbers } = run;
    const again = writeAdrs({
      stack: { ...stack, answers: new Map([...stack.answers].reverse()) },
      catalogue: { ...catalogue, facts: [...catalogue.facts].reverse() },
      project,
      flips,
      numbers: new Map([...numbers].reverse()),
      checks: [],
    });
    const pages = (tree: FileTree): readonly unknown[] => [...tree].filter(([path]) => path.endsWith('.md'));
    expect(pages(again)).toEqual(pages(run.tree));
  });
});

describe('a generic record about Kubernetes', () => {
  const file = '0006-kubernetes.md';
  const text = readFileSync(join(import.meta.dirname, '../fixtures/adr/generic-kubernetes.md'), 'utf8');
  const generic = parseRecord(file, text);
  const copy = parseRecord('0008-service-mesh.md', text.replace('number: 7', 'number: 8'));
  const [run] = RUNS;
  if (run === undefined) throw new Error('there are no examples');
  const world: World = {
    records: [generic, copy],
    people: [],
    stack: run.stack,
    catalogue: run.catalogue,
  };

  test.each(Object.entries(ROWS))('fails row %s', async (_row, findingsOf) => {
    expect(await findingsOf(generic, world)).not.toEqual([]);
  });
  test('fails markdownlint', async () => {
    expect(await checkMarkdown(new Map([[file, text]]))).not.toEqual([]);
  });
});
