/** JSON Schema (draft 2020-12) of the answers file, for completion and checking in editors. */
import type { Catalogue, Choice, Decision, Question } from '../content/catalogue.ts';
import { UNSURE } from '../content/catalogue.ts';
import { FORMAT } from './answers-file.ts';

export type JsonSchema = { readonly [key: string]: unknown };

/** Accepts every file that reads without a mistake; refuses all that can be said without looking at two values at once. */
export function answersSchema(catalogue: Catalogue): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Answers for Chartroom',
    description: `Knowledge ${catalogue.digest} of ${catalogue.newest}.`,
    ...object({
      chartroom: { description: 'The format of this file.', const: FORMAT },
      'as-of': { description: 'The day that everything dated in the output refers to.', ...orNothing(DAY) },
      project: orNothing(PROJECT),
      answers: orNothing(
        object(
          Object.fromEntries(catalogue.questions.map(question => [question.id, questionSchema(question)])),
        ),
      ),
      pins: orNothing({
        description: 'Your own choice for a decision, against or beside the advice.',
        ...object(
          Object.fromEntries(catalogue.decisions.map(decision => [decision.id, pinSchema(decision)])),
        ),
      }),
    }),
    required: ['chartroom'],
  };
}

function questionSchema(question: Question): JsonSchema {
  const description = `${question.ask}\n\n${question.why}`;
  switch (question.kind) {
    case 'number':
      return {
        description: `${description}\n\nA whole number from ${question.min} to ${question.max}, or unsure.`,
        anyOf: [{ type: 'integer', minimum: question.min, maximum: question.max }, { const: UNSURE }],
      };
    case 'choice':
    case 'yes-no':
      return {
        description: `${description}\n\n${listed(question.choices)}`,
        enum: [...ids(question.choices), UNSURE],
      };
    case 'multi':
    case 'ranked':
      return {
        description: `${description}\n\n${listed(question.choices)}`,
        anyOf: [
          {
            type: 'array',
            uniqueItems: true,
            ...(question.kind === 'ranked' && { maxItems: question.atMost }),
            items: { enum: ids(question.choices) },
          },
          { const: UNSURE },
        ],
      };
  }
}

function pinSchema({ title, ask, options }: Decision): JsonSchema {
  return {
    description: `${title}: ${ask}`,
    ...object({
      choose: {
        description: options.map(({ id, label }) => `${id}: ${label}`).join('\n'),
        enum: options.map(({ id }) => id),
      },
      because: { description: 'Your reason, in one sentence.', ...TEXT },
      owner: { description: 'Who carries the risk where the advice calls the choice unsupported.', ...TEXT },
      approver: { description: 'Who allowed it where the advice calls the choice forbidden.', ...TEXT },
      expires: { description: 'Until when it is allowed.', ...DAY },
    }),
    required: ['choose', 'because'],
  };
}

const DAY = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' };
const TEXT = { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' };
const LABEL = { type: 'string', pattern: '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$' };
const CIDR = { type: 'string', pattern: '^[0-9.]+/[0-9]+$' };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', uniqueItems: true, items });

const PROJECT: JsonSchema = {
  description: 'Names, used in the output only. What is left out becomes a placeholder.',
  ...object({
    name: { description: 'Lower-case letters, digits and hyphens, at most 40.', ...LABEL },
    organisation: { description: 'As in the address of its repositories.', ...TEXT },
    domain: { description: 'Such as shop.example.com.', ...TEXT },
    repository: {
      description: 'The https address of the Git repository that the output will live in.',
      type: 'string',
      pattern: '^https://',
    },
    regions: { description: 'As the provider writes them.', ...list(LABEL) },
    teams: { description: 'Each gets a namespace of its name.', ...list(LABEL) },
    'oidc-groups': {
      description: 'Groups of your identity provider.',
      ...object({ platform: TEXT, developers: TEXT }),
    },
    deciders: { description: 'Who decides; named in the records.', ...list(TEXT) },
    'alert-receiver': { description: 'An e-mail address or an https address.', ...TEXT },
    network: {
      description: 'IPv4 ranges that do not overlap.',
      ...object({ vpc: CIDR, pods: CIDR, services: CIDR }),
    },
  }),
};

function object(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', additionalProperties: false, properties };
}

/** A key without a value yet, as in the template. */
function orNothing({ type, ...schema }: JsonSchema): JsonSchema {
  return { ...schema, type: [type, 'null'] };
}

function ids(choices: readonly Choice[]): readonly string[] {
  return choices.map(({ id }) => id);
}
function listed(choices: readonly Choice[]): string {
  return choices.map(({ id, label }) => `${id}: ${label}`).join('\n');
}
