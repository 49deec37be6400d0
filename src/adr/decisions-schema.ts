/** The JSON Schema of `decisions.json` and `decide --json`. Open to further fields: fields are added, never renamed. */
import { DRIVERS } from '../content/catalogue.ts';
import { VERDICT_NAME } from './verdict-words.ts';
import type { Json, JsonObject } from './versions-json.ts';

const text: JsonObject = { type: 'string' };
const day: JsonObject = { type: 'string', format: 'date' };
const flag: JsonObject = { type: 'boolean' };
const whole: JsonObject = { type: 'integer' };
const ids: JsonObject = { type: 'array', items: text };
const answer: JsonObject = { anyOf: [text, { type: 'number' }, ids] };

export const DECISIONS_SCHEMA: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Decisions of a Chartroom run',
  description: 'What `chartroom decide --json` prints and what decisions.json beside the ADRs holds.',
  ...open(
    { plan: ref('plan') },
    {
      chartroom: { const: 1 },
      'as-of': day,
      knowledge: described(text, 'Names the state of the questions, rules and facts that decided.'),
      packs: list(object({ name: text, version: text })),
      answers: described(map(answer), 'As used: unsure ones replaced by what was assumed.'),
      assumed: described(ids, 'Questions whose answer was assumed.'),
      decisions: list(ref('decision')),
      versions: ref('versions'),
      'open-questions': list(ref('open-question')),
      figures: described(list(ref('figure')), 'What the picks come to in numbers.'),
      facts: map(ref('fact')),
    },
  ),
  $defs: {
    decision: {
      ...object({
        id: text,
        title: text,
        status: { enum: ['decided', 'not-needed', 'impossible'] },
        pick: nullable(text),
        verdict: nullable({ enum: Object.keys(VERDICT_NAME) }),
        pinned: flag,
        reasons: list(ref('reason')),
        'ruled-out': list(ref('ruled-out')),
        flips: described(list(ref('flip')), 'Single answers that would move the pick.'),
        'depends-on': ids,
        adr: nullable(object({ number: whole, title: text, path: text, status: text, date: day })),
      }),
      oneOf: [
        { properties: { status: { const: 'decided' } }, ...ref('decided') },
        required({
          status: { enum: ['not-needed', 'impossible'] },
          pick: { const: null },
          verdict: { const: null },
          because: nullable(text),
          conflict: nullable(object({ questions: ids, pins: ids })),
        }),
      ],
    },
    decided: object({
      label: text,
      pin: nullable(
        object({
          choose: text,
          because: text,
          owner: nullable(text),
          approver: nullable(text),
          expires: nullable(day),
          instead: described(nullable(text), 'The advice; null where the pin agrees.'),
          against: nullable(ref('ruled-out')),
        }),
      ),
      confidence: object({ level: { enum: ['low', 'medium', 'high'] }, because: text }),
      'holds-for': described(
        object({ from: { type: 'number', minimum: 1 }, to: nullable({ type: 'number' }) }),
        'How many plain reasons a strong one may be worth; null is without limit.',
      ),
      'hinges-on': object({ rules: ids, numbers: list(ref('change')), opinions: flag }),
      'runner-up': nullable(text),
      tie: nullable(object({ with: ids, 'broken-by': { enum: ['driver', 'reversible', 'effort'] } })),
      'without-drivers': nullable(text),
      avoided: list(object({ option: text, stuck: text })),
      'unsettled-by': ids,
      'could-be': ids,
      read: ids,
      tally: list(object({ option: text, strong: whole, plain: whole })),
      absent: ids,
    }),
    reason: object({
      rule: text,
      argument: text,
      driver: { enum: DRIVERS },
      strength: { enum: ['strong', 'plain'] },
      effect: { enum: ['favors', 'disfavors'] },
      options: ids,
      because: text,
      when: text,
      facts: ids,
      opinion: flag,
      lifted: flag,
      counted: flag,
      assumed: flag,
    }),
    'ruled-out': object({
      option: text,
      kind: { enum: ['impossible', 'unsupported', 'forbidden'] },
      rule: text,
      because: text,
      when: text,
      facts: ids,
      assumed: flag,
    }),
    change: object({ question: text, from: nullable(answer), answer }),
    flip: object({ changes: list(ref('change')), decision: text, from: nullable(text), to: nullable(text) }),
    'open-question': object({ question: text, assumed: answer, matters: ids, 'who-knows': text }),
    figure: object({ decision: text, says: text, formula: text, facts: ids }),
    versions: object({
      kubernetes: nullable(text),
      'kubernetes-supported-until': nullable(day),
      'kubernetes-months-left': nullable({ type: 'number' }),
      'kubernetes-because': nullable(text),
      'binding-components': ids,
      'outside-components': ids,
      'gateway-api': nullable(text),
      components: map(text),
      notices: list(
        object({ component: text, kind: { enum: ['known-bad', 'end-of-life'] }, says: text, issue: text }),
      ),
    }),
    plan: described(
      object({
        status: { enum: ['ready', 'refused'] },
        written: flag,
        files: list(ref('planned-file')),
        problems: list(object({ code: text, file: text, message: text, help: text })),
        notes: list(text),
      }),
      'With --out: what is written, or would be with --dry-run.',
    ),
    'planned-file': open(
      {
        because: described(text, 'Why a file of yours is kept.'),
        beside: described(nullable(text), 'Where ours went instead.'),
        conflicts: whole,
        added: whole,
        removed: whole,
        diff: described(list(text), 'The lines of a unified diff.'),
      },
      {
        path: text,
        change: { enum: ['create', 'update', 'merge', 'remove', 'unchanged', 'kept'] },
        'needs-you': described(flag, 'Whether somebody has to bring two texts together.'),
      },
    ),
    fact: object({
      says: text,
      kind: { enum: ['hard', 'preference', 'threshold', 'day-zero', 'opinion'] },
      versions: map(text),
      url: text,
      title: text,
      publisher: text,
      published: nullable(day),
      checked: day,
      'review-by': day,
      'contradicted-by': ids,
    }),
  },
};

function object(properties: JsonObject): JsonObject {
  return { type: 'object', ...required(properties) };
}

/** An object some of whose properties may be absent. */
function open(optional: JsonObject, properties: JsonObject): JsonObject {
  return { ...object(properties), properties: { ...properties, ...optional } };
}

function required(properties: JsonObject): JsonObject {
  return { properties, required: Object.keys(properties) };
}

function list(items: Json): JsonObject {
  return { type: 'array', items };
}

function map(values: Json): JsonObject {
  return { type: 'object', additionalProperties: values };
}

function nullable(schema: Json): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

function ref(name: string): JsonObject {
  return { $ref: `#/$defs/${name}` };
}

function described(schema: JsonObject, description: string): JsonObject {
  return { ...schema, description };
}
