/** The machine-readable twins: valid by their schemas, complete, and the same bytes for the same answers. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { decisionsJson } from '../../src/adr/decisions-json.ts';
import { DECISIONS_SCHEMA } from '../../src/adr/decisions-schema.ts';
import { writeAdrs } from '../../src/adr/write.ts';
import { catalogue } from './catalogue-fixture.ts';
import { RUNS } from './runs.ts';
import { flips, stack } from './stack-fixture.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
const isDecisions = ajv.compile(DECISIONS_SCHEMA);

/** JSON-ADR 1.0.0, the bulk export: nothing beside these keys is allowed. */
const texts = { type: 'array', items: { type: 'string' } };
const isJsonAdr = ajv.compile({
  type: 'object',
  required: ['version', 'adrs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    version: { const: '1.0.0' },
    adrs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['number', 'title', 'status', 'date'],
        additionalProperties: false,
        properties: {
          number: { type: 'integer', minimum: 1 },
          title: { type: 'string', minLength: 1 },
          status: { type: 'string' },
          date: { type: 'string', format: 'date' },
          deciders: texts,
          tags: texts,
          context: { type: 'string' },
          decision_drivers: texts,
          considered_options: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name'],
              additionalProperties: false,
              properties: {
                name: { type: 'string', minLength: 1 },
                description: { type: 'string' },
                pros: texts,
                cons: texts,
              },
            },
          },
          decision: { type: 'string' },
          consequences: {
            type: 'object',
            additionalProperties: false,
            properties: { positive: texts, negative: texts, risks: texts },
          },
          confirmation: { type: 'string' },
          links: {
            type: 'array',
            items: {
              type: 'object',
              required: ['type', 'target'],
              additionalProperties: false,
              properties: {
                type: { type: 'string' },
                target: { type: 'integer', minimum: 1 },
                description: { type: 'string' },
              },
            },
          },
          custom_sections: { type: 'object', additionalProperties: { type: 'string' } },
          path: { type: 'string' },
        },
      },
    },
  },
});

describe.each(RUNS.map(run => [run.name, run] as const))('the data of %s', (_name, run) => {
  test('meets its schema and holds every decision', () => {
    const data = JSON.parse(run.tree.get('decisions.json') ?? '');
    isDecisions(data);
    expect(isDecisions.errors ?? []).toEqual([]);
    expect(data).toEqual(
      JSON.parse(JSON.stringify(decisionsJson(run.stack, run.catalogue, run.flips, run.numbers))),
    );
    expect(data.decisions.map((decision: { id: string }) => decision.id).sort()).toEqual(
      run.catalogue.decisions.map(decision => decision.id).sort(),
    );
  });
  test('is JSON-ADR too, one entry per record', () => {
    const data = JSON.parse(run.tree.get('index.json') ?? '');
    isJsonAdr(data);
    expect(isJsonAdr.errors ?? []).toEqual([]);
    expect(data.adrs.map((adr: { path: string }) => adr.path)).toEqual(
      [...run.tree.keys()].filter(path => /^\d{4}-/.test(path)).sort(),
    );
  });
  test('comes out the same from a second run, whatever the order of answers, facts and checks', () => {
    const { catalogue: shipped, project, flips: found, numbers } = run;
    const again = writeAdrs({
      stack: { ...run.stack, answers: new Map([...run.stack.answers].reverse()) },
      catalogue: { ...shipped, facts: [...shipped.facts].reverse() },
      project,
      flips: found,
      numbers: new Map([...numbers].reverse()),
      checks: [],
    });
    const markdown = ([path]: readonly [string, string]): boolean => path.endsWith('.md');
    expect([...again].filter(markdown)).toEqual([...run.tree].filter(markdown));
  });
});

test('the schema knows every key that is written, and refuses what lacks one', () => {
  const data = JSON.parse(JSON.stringify(decisionsJson(stack, catalogue, flips)));
  expect(isDecisions(data)).toBe(true);
  for (const key of Object.keys(data)) {
    const { [key]: _gone, ...rest } = data;
    expect(isDecisions(rest), key).toBe(false);
  }
  for (const key of Object.keys(data.decisions[0])) {
    const { [key]: _gone, ...rest } = data.decisions[0];
    expect(isDecisions({ ...data, decisions: [rest] }), key).toBe(false);
  }
});
test('keys that outside programs read are where the documentation says', () => {
  const data = JSON.parse(JSON.stringify(decisionsJson(stack, catalogue, flips)));
  expect(data).toMatchObject({
    chartroom: 1,
    versions: { kubernetes: '1.35' },
    'open-questions': [
      { question: 'policy-depth', assumed: 'l3-l4', matters: ['cni'] },
      { question: 'windows' },
    ],
  });
  expect(data.decisions[0]).toMatchObject({
    id: 'platform',
    status: 'decided',
    pick: 'kubernetes',
    verdict: 'depends-on-weighting',
    pinned: false,
    reasons: [
      { rule: 'platform/many-services', driver: 'operability', strength: 'strong', effect: 'favors' },
      {},
    ],
    'ruled-out': [],
    flips: [
      {
        decision: 'platform',
        from: 'kubernetes',
        to: 'serverless',
        changes: [{ question: 'services', from: 40, answer: 19 }],
      },
    ],
    adr: null,
  });
});
