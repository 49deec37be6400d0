/** Every record of every run meets every row of the quality table; a generic record from elsewhere meets none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { briefPage, PAGE, printedLines } from '../../src/adr/brief.ts';
import { writeAdrs } from '../../src/adr/write.ts';
import { figuresOf } from '../../src/engine/arithmetic/figures.ts';
import type { FileTree } from '../../src/files/tree.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { isDecisions, isJsonAdr, schemaErrors } from './json-schemas.ts';
import { type ParsedRecord, parseRecord, section } from './parse-record.ts';
import { ROWS } from './quality.ts';
import { tagOf, type World } from './quality-terms.ts';
import { type AdrRun, PERSONAS, RUNS } from './runs.ts';

function recordsOf(run: AdrRun): readonly ParsedRecord[] {
  return [...run.tree].flatMap(([file, text]) => (/^\d{4}-/.test(file) ? [parseRecord(file, text)] : []));
}

interface Matrix {
  adrs: number;
  findings: number;
}
const matrix: Matrix = { adrs: 0, findings: 0 };
/** Mermaid takes long to read a diagram; these have the most decisions, and none of them. */
const WITH_DIAGRAM = RUNS.filter(
  run =>
    !PERSONAS.includes(run) ||
    run.name === 'all-pinned' ||
    run.numbers.size === Math.max(...RUNS.map(({ numbers }) => numbers.size)),
);

afterAll(() => {
  const { adrs, findings } = matrix;
  process.stdout.write(
    `Persona matrix: ${PERSONAS.length} personas and ${RUNS.length - PERSONAS.length} examples, ${adrs} ADRs, ${findings} findings.\n`,
  );
});

describe.each(RUNS.map(run => [run.name, run] as const))('the records of %s', (_name, run) => {
  const records = recordsOf(run);
  const world: World = {
    records,
    people: run.project.deciders ?? [],
    stack: run.stack,
    catalogue: run.catalogue,
  };
  const brief = briefPage(run, 'adr');
  const pages: FileTree = new Map([
    ['docs/brief.md', brief],
    ...[...run.tree].map(([path, text]) => [`docs/adr/${path}`, text] as const),
  ]);

  test('are one per decision taken and one for the defaults', () => {
    const decided = run.stack.outcomes.filter(outcome => outcome.status === 'decided');
    expect(records.map(record => record.file)).toEqual([...run.numbers.values()].map(link => link.path));
    expect(records.length).toBe(decided.length + 1);
    matrix.adrs += records.length;
  });
  test.each(Object.entries(ROWS))('meet row %s', async (_row, findingsOf) => {
    const findings: string[] = [];
    for (const record of records) {
      for (const finding of await findingsOf(record, world)) findings.push(`${record.file}: ${finding}`);
    }
    matrix.findings += findings.length;
    expect(findings).toEqual([]);
  });
  test('and all pages beside them are clean Markdown with living links', async () => {
    const findings = await checkMarkdown(pages);
    matrix.findings += findings.length;
    expect(findings).toEqual([]);
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
  test('are told to the board on one page: every decision, every pin against a rule with its owner', () => {
    expect(printedLines(brief)).toBeLessThanOrEqual(PAGE.lines);
    const index = run.tree.get('index.md') ?? '';
    for (const outcome of run.stack.outcomes) {
      if (outcome.status !== 'decided') continue;
      const path = run.numbers.get(outcome.decision)?.path ?? 'no record';
      expect(brief).toContain(`](adr/${path})`);
      expect(index).toContain(`](${path})`);
      const pin = outcome.pinned?.against == null ? null : outcome.pinned.pin;
      if (pin !== null) expect(brief).toContain(pin.owner ?? pin.approver ?? 'not recorded');
    }
    expect(index.match(/^\* ADR-\d{4}: In the context of /gm)).toHaveLength(records.length);
  });
});

test('diagrams of many decisions are read by Mermaid', async () => {
  for (const run of WITH_DIAGRAM) expect(await checkMermaid(run.tree), run.name).toEqual([]);
});

test('row X2: the same bytes, whatever the order of answers, facts and numbers', () => {
  for (const { name, stack, catalogue, project, flips, numbers, tree } of RUNS.slice(0, 6)) {
    const again = writeAdrs({
      stack: { ...stack, answers: new Map([...stack.answers].reverse()) },
      catalogue: { ...catalogue, facts: [...catalogue.facts].reverse() },
      project,
      flips,
      numbers: new Map([...numbers].reverse()),
      checks: [],
      figures: figuresOf(stack, project.network),
    });
    const pages = (files: FileTree): readonly unknown[] =>
      [...files].filter(([path]) => path.endsWith('.md'));
    expect(pages(again), name).toEqual(pages(tree));
  }
});

test('row S3: two teams get different context, drivers and consequences for the same decision', () => {
  const [bank, plant] = ['regulated-bank-azure.yaml', 'airgap-plant.yaml'].map(name =>
    RUNS.find(run => run.name === name),
  );
  if (bank === undefined || plant === undefined) throw new Error('a persona is missing');
  const shared = recordsOf(bank).flatMap(one =>
    recordsOf(plant)
      .filter(other => other.frontMatter.number !== undefined && tagOf(other) === tagOf(one))
      .map(other => [one, other] as const),
  );
  expect(shared.length).toBeGreaterThan(3);
  for (const [one, other] of shared) {
    for (const part of ['Context and Problem Statement', 'Decision Drivers']) {
      expect(section(one, part), `${one.file}, ${part}`).not.toBe(section(other, part));
    }
  }
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
