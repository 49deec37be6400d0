/** What the machine-readable twins must meet: our own schema, and JSON-ADR 1.0.0 in the form of the bulk export. */

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { DECISIONS_SCHEMA } from '../../src/adr/decisions-schema.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
export const isDecisions = ajv.compile(DECISIONS_SCHEMA);

/** JSON-ADR 1.0.0, the bulk export: nothing beside these keys is allowed. */
const texts = { type: 'array', items: { type: 'string' } };
export const isJsonAdr = ajv.compile({
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

/** What the data breaks; empty where it is valid. */
export function schemaErrors(validate: ValidateFunction, data: unknown): readonly string[] {
  validate(data);
  return (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`);
}
