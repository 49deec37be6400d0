/** Any content that an answers file of the small catalogue can have. */
import fc from 'fast-check';
import type { AnswersContent, Pin } from '../../src/answers/answers-file.ts';
import type { Answer } from '../../src/content/catalogue.ts';
import type { Project } from '../../src/content/project.ts';
import { SMALL } from './small-catalogue.ts';

/** Free text as the project details and pins take it: one line, no control or direction characters, anything else. */
const PIECES = [
  '"',
  "'",
  '`',
  '\\',
  '|',
  '${x}',
  '{{ x }}',
  '${{ x }}',
  '#',
  ' #',
  ': ',
  ':',
  ',',
  '[',
  ']',
  '{',
  '}',
  '&a',
  '*a',
  '!t',
  '%',
  '@',
  '- ',
  '? ',
  '> ',
  '<b>',
  '~',
  'null',
  'true',
  'yes',
  '1',
  '0x1',
  '2026-11-20',
  'Ada',
  'é',
  '漢',
  '\u{1f600}',
  ' ',
  'word',
];
const freeText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { minLength: 1, maxLength: 8 })
  .map(pieces => pieces.join(''))
  .filter(text => text.trim() !== '' && !/[\u0000-\u001f\u007f-\u009f]/.test(text));

const day = fc.constantFrom('2026-11-20', '2027-02-28', '2028-02-29');
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

const project: fc.Arbitrary<Project> = fc
  .record({
    name: fc.constantFrom('shop', 'a', 'no', 'null', 'x-1'),
    organisation: optional(fc.constantFrom('acme', 'Acme-Inc', '1')),
    domain: optional(fc.constant('shop.example.com')),
    regions: optional(fc.uniqueArray(fc.constantFrom('eu-central-1', 'eu-west-1'))),
    teams: optional(fc.uniqueArray(fc.constantFrom('payments', 'on', 'search'))),
    oidcGroups: optional(
      fc
        .record({
          platform: optional(fc.constant('platform: admins')),
          developers: optional(fc.constant('dev')),
        })
        .map(present),
    ),
    deciders: optional(
      fc.uniqueArray(
        freeText.filter(text => text.length <= 100),
        { maxLength: 3 },
      ),
    ),
    network: optional(
      fc
        .record({ vpc: optional(fc.constant('10.0.0.0/16')), pods: optional(fc.constant('100.64.0.0/16')) })
        .map(present),
    ),
  })
  .map(value => present(value) as Project);

const answerOf = (id: string): fc.Arbitrary<Answer> => {
  const question = SMALL.questions.find(each => each.id === id);
  if (!question) throw new Error(`no question ${id}`);
  if (question.kind === 'number')
    return fc.oneof(fc.integer({ min: question.min, max: question.max }), fc.constant('unsure'));
  const ids = question.choices.map(choice => choice.id);
  if (question.kind === 'multi') return fc.oneof(fc.subarray(ids), fc.constant('unsure'));
  if (question.kind === 'ranked')
    return fc.oneof(fc.shuffledSubarray(ids, { maxLength: question.atMost }), fc.constant('unsure'));
  return fc.constantFrom(...ids, 'unsure');
};
const answers = fc
  .shuffledSubarray(SMALL.questions.map(({ id }) => id))
  .chain(ids => fc.tuple(...ids.map(id => fc.tuple(fc.constant(id), answerOf(id)))))
  .map(entries => new Map(entries));

const pin = (options: readonly string[]): fc.Arbitrary<Pin> =>
  fc
    .record({
      choose: fc.constantFrom(...options),
      because: freeText,
      owner: optional(freeText),
      approver: optional(freeText),
      expires: optional(day),
    })
    .map(value => present(value) as Pin);
const pins = fc
  .shuffledSubarray([...SMALL.decisions])
  .chain(decisions =>
    fc.tuple(
      ...decisions.map(({ id, options }) => fc.tuple(fc.constant(id), pin(options.map(each => each.id)))),
    ),
  )
  .map(entries => new Map(entries));

export const content: fc.Arbitrary<AnswersContent> = fc.record({
  asOf: fc.option(day),
  project,
  answers,
  pins,
});
