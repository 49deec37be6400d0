/** The shapes of content files as one JSON Schema, for editors that complete and check YAML while it is typed. */
import * as z from 'zod/mini';
import { packFile } from './pack-file.ts';
import {
  contradictionShape,
  decisionExtension,
  decisionFile,
  invariantShape,
  monotoneShape,
  optionShape,
  ruleShape,
  termsFile,
} from './schema-decisions.ts';
import { factShape, factsFile, presetFile, scenarioShape, scenariosFile } from './schema-knowledge.ts';
import { condition } from './schema-parts.ts';
import { questionShapes, topicFile } from './schema-questions.ts';
import {
  actionShape,
  componentShape,
  kubernetesShape,
  providerShape,
  releasesFile,
  toolShape,
} from './schema-releases.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const conditions = z.record(z.string(), condition);
const rules = z.optional(z.array(ruleShape));
const parts = {
  terms: z.optional(conditions),
  options: z.optional(z.record(z.string(), optionShape)),
  rules,
  invariants: z.optional(z.array(invariantShape)),
  contradictions: z.optional(z.array(contradictionShape)),
  monotone: z.optional(z.array(monotoneShape)),
};
const releases = z.extend(releasesFile, {
  kubernetes: z.optional(z.array(kubernetesShape)),
  components: z.optional(z.array(componentShape)),
  providers: z.optional(z.array(providerShape)),
  actions: z.optional(z.array(actionShape)),
  tools: z.optional(z.array(toolShape)),
});

interface FileKind {
  /** A file is of this kind if it has one of these keys, */
  readonly keys: readonly string[];
  /** and not this one. */
  readonly without?: string;
  readonly shape: z.core.$ZodType;
}
const FILES: readonly FileKind[] = [
  {
    keys: ['topic'],
    shape: z.extend(topicFile, { questions: z.array(z.union(Object.values(questionShapes))) }),
  },
  { keys: ['ask', 'exit'], shape: z.extend(decisionFile, parts) },
  { keys: ['decision'], without: 'ask', shape: z.extend(decisionExtension, parts) },
  { keys: ['terms'], without: 'decision', shape: z.extend(termsFile, { terms: conditions }) },
  { keys: ['facts'], shape: z.extend(factsFile, { facts: z.array(factShape) }) },
  { keys: ['answers'], shape: presetFile },
  { keys: ['scenarios'], shape: z.extend(scenariosFile, { scenarios: z.array(scenarioShape) }) },
  { keys: Object.keys(releases.shape), shape: releases },
  { keys: ['pack'], shape: packFile },
];

/** One schema for every file of a pack. References between files are checked when the pack is loaded. */
export function packSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A content file of Chartroom',
    type: 'object',
    anyOf: FILES.map(hasKey),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    allOf: FILES.map(file => ({ if: kindOf(file), then: jsonSchemaOf(file.shape) })),
    $defs: { condition: CONDITION },
  };
}

function kindOf(file: FileKind): JsonSchema {
  return file.without === undefined ? hasKey(file) : { ...hasKey(file), not: { required: [file.without] } };
}

function hasKey({ keys }: FileKind): JsonSchema {
  return { anyOf: keys.map(key => ({ required: [key] })) };
}

function jsonSchemaOf(shape: z.core.$ZodType): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(shape, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== condition) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
      jsonSchema.$ref = '#/$defs/condition';
    },
  });
  return schema;
}

const IDS: JsonSchema = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
};
const SELF: JsonSchema = { $ref: '#/$defs/condition' };
const CONDITION: JsonSchema = {
  description: 'All of these hold. A key is a question, decision.<id>, term, all, any or not.',
  type: 'object',
  properties: {
    all: { type: 'array', items: SELF, minItems: 1 },
    any: { type: 'array', items: SELF, minItems: 1 },
    not: SELF,
    term: IDS,
  },
  patternProperties: { '^decision\\.': IDS },
  additionalProperties: {
    description: 'An answer, a list of answers of which one holds, a number, or a range: <10, >=20, 10..20.',
    anyOf: [
      ...(IDS.anyOf as readonly JsonSchema[]),
      { type: 'integer' },
      { type: 'object', properties: { all: IDS }, required: ['all'], additionalProperties: false },
    ],
  },
};
