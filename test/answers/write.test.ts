import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswersContent, AnswersFile } from '../../src/answers/answers-file.ts';
import { parseAnswers } from '../../src/answers/parse.ts';
import { rewriteAnswers } from '../../src/answers/rewrite.ts';
import { writeAnswers } from '../../src/answers/write.ts';
import { content } from './arbitrary.ts';
import { SMALL } from './small-catalogue.ts';

function read(text: string): AnswersFile {
  const { file, diagnostics } = parseAnswers(text, 'answers.yaml', SMALL);
  expect(diagnostics).toEqual([]);
  if (file === null) throw new Error('incomplete');
  return file;
}
/** Answers and pins compared without their order, which means nothing. */
function meaning({ asOf, project, answers, pins }: AnswersContent) {
  return { asOf, project, answers: Object.fromEntries(answers), pins: Object.fromEntries(pins) };
}
const EVERYTHING = readFileSync(
  join(import.meta.dirname, '../fixtures/answers/valid/everything.yaml'),
  'utf8',
);

describe('a new answers file', () => {
  it('reads back as what was written', () => {
    fc.assert(
      fc.property(content, value => {
        expect(meaning(read(writeAnswers(value)))).toEqual(meaning(value));
      }),
      { numRuns: 100 },
    );
  });

  it('has one line per answer', () => {
    expect(writeAnswers(read(EVERYTHING))).toBe(`chartroom: 1
as-of: 2026-11-20
project:
  name: shop
  organisation: acme
  domain: shop.example.com
  repository: https://github.com/acme/platform
  regions: [eu-central-1]
  teams: [payments, search]
  oidc-groups: {platform: platform-admins, developers: developers}
  deciders: [Ada "the chair" Example, O'Neill | ops]
  alert-receiver: oncall@example.com
  network: {vpc: 10.0.0.0/16, pods: 100.64.0.0/16, services: 172.20.0.0/16}
answers:
  cloud: aws
  services: 24
  windows: no
  compliance: [pci-dss]
  drivers: [security, cost]
pins:
  mesh: {choose: istio-ambient, because: Group standard since 2026., owner: Ada Example}
  cni: {choose: cilium, because: The security board asks for L7 policy., approver: The security board, expires: 2027-06-30}
`);
  });
});

const COMMENTED = `# Owned by the platform team.
chartroom:   1   # format

# The day we met.
as-of: '2026-11-20'
project: {name: shop} # short
answers:
    # First the cloud.
    cloud: "aws"      # decided by the group
    services:    24

    # Regulated.
    compliance:       # asked the auditors
        - pci-dss     # cards
        # hipaa does not apply
    # The end of the answers.
pins:
    mesh:
        choose: none
        # The reason:
        because: >-
            Nobody asked
            for one.
# The end of the file.
`;

describe('an answers file that is rewritten', () => {
  it('is the same to the byte when nothing changed', () => {
    for (const text of [EVERYTHING, COMMENTED, COMMENTED.replaceAll('\n', '\r\n')]) {
      expect(rewriteAnswers({ text }, read(text))).toBe(text);
    }
  });

  it.each<[string, (file: AnswersFile) => Partial<AnswersContent>, readonly [string, string][]]>([
    [
      'an answer',
      file => ({ answers: new Map([...file.answers, ['services', 40]]) }),
      [['services:    24', 'services:    40']],
    ],
    [
      'an answer in quotes',
      file => ({ answers: new Map([...file.answers, ['cloud', 'gcp']]) }),
      [['"aws"', 'gcp']],
    ],
    [
      'a list that stands in several lines',
      file => ({
        answers: new Map<string, unknown>([
          ...file.answers,
          ['compliance', ['hipaa']],
        ]) as AnswersFile['answers'],
      }),
      [
        [
          'compliance:       # asked the auditors\n        - pci-dss     # cards\n',
          'compliance: [hipaa] # asked the auditors     # cards\n',
        ],
      ],
    ],
    ['the day', () => ({ asOf: '2027-01-01' }), [["'2026-11-20'", '2027-01-01']]],
    [
      'a further answer',
      file => ({ answers: new Map([...file.answers, ['windows', 'no']]) }),
      [['# cards\n', '# cards\n    windows: no\n']],
    ],
    [
      'one answer less',
      file => ({ answers: new Map([...file.answers].filter(([id]) => id !== 'services')) }),
      [['    services:    24\n', '']],
    ],
    [
      'a project detail',
      file => ({ project: { ...file.project, organisation: 'acme' } }),
      [['{name: shop}', '{name: shop, organisation: acme}']],
    ],
    [
      'the reason of a pin',
      file => ({
        pins: new Map([...file.pins, ['mesh', { choose: 'none', because: 'Not now: later, perhaps.' }]]),
      }),
      [
        [
          '    mesh:\n        choose: none\n        # The reason:\n        because: >-\n            Nobody asked\n            for one.\n',
          '    mesh: {choose: none, because: "Not now: later, perhaps."}\n    # The reason:\n',
        ],
      ],
    ],
    ['no pin', () => ({ pins: new Map() }), [[/ {4}mesh:[\s\S]*one\.\n/.exec(COMMENTED)?.[0] ?? '', '']]],
  ])('changes where %s changed, and nowhere else', (_what, change, replacements) => {
    const file = read(COMMENTED);
    const next = { ...file, ...change(file) };
    const rewritten = rewriteAnswers(file, next);
    let expected = COMMENTED;
    for (const [from, to] of replacements) {
      expect(expected).toContain(from);
      expected = expected.replace(from, to);
    }
    expect(rewritten).toBe(expected);
    expect(meaning(read(rewritten))).toEqual(meaning(next));
  });

  it.each([
    [
      'chartroom: 1\nproject: {name: shop}\n',
      'chartroom: 1\nas-of: 2026-11-20\nproject: {name: shop}\nanswers:\n  cloud: aws\npins:\n  mesh: {choose: none, because: No need.}\n',
    ],
    [
      'chartroom: 1\nproject: {name: shop}\nanswers:\n  # Here.\npins:\n',
      'chartroom: 1\nas-of: 2026-11-20\nproject: {name: shop}\nanswers:\n  cloud: aws\n  # Here.\npins:\n  mesh: {choose: none, because: No need.}\n',
    ],
    [
      'chartroom: 1\nproject: {name: shop}\nanswers: {}',
      'chartroom: 1\nas-of: 2026-11-20\nproject: {name: shop}\nanswers: {cloud: aws}\npins:\n  mesh: {choose: none, because: No need.}\n',
    ],
    [
      '{chartroom: 1, project: {name: shop}}\n',
      '{chartroom: 1, project: {name: shop}, as-of: 2026-11-20, pins: {mesh: {choose: none, because: No need.}}, answers: {cloud: aws}}\n',
    ],
    [
      'chartroom: 1\nproject: {name: shop}\nanswers: ~ # none\n',
      'chartroom: 1\nproject: {name: shop}\nanswers:\n  cloud: aws\nas-of: 2026-11-20\npins:\n  mesh:\n    choose: none\n    because: No need.\n',
    ],
  ])('gets sections that it lacks: %j', (text, expected) => {
    const next: AnswersContent = {
      asOf: '2026-11-20',
      project: { name: 'shop' },
      answers: new Map([['cloud', 'aws']]),
      pins: new Map([['mesh', { choose: 'none', because: 'No need.' }]]),
    };
    expect(rewriteAnswers({ text }, next)).toBe(expected);
  });

  it('keeps comments where keys are written in a way that is rarely seen', () => {
    const text =
      'chartroom: 1\nproject: {name: shop}\nanswers:\n  # first\n  ? cloud\n  : aws # group\n  ? services\n  : 3 # counted\n';
    const answers = new Map<string, string | number>([
      ['cloud', 'gcp'],
      ['services', 3],
      ['windows', 'no'],
    ]);
    expect(rewriteAnswers({ text }, { ...read(text), answers })).toBe(
      'chartroom: 1\nproject: {name: shop}\nanswers:\n  # first\n  cloud: gcp # group\n  services: 3 # counted\n  windows: no\n',
    );
  });

  it('says what it should after any change, with every comment that was above or behind something that stayed', () => {
    fc.assert(
      fc.property(content, content, fc.constantFrom('\n', '\r\n'), (before, after, feed) => {
        const text = commented(writeAnswers(before)).replaceAll('\n', feed);
        const rewritten = rewriteAnswers({ text }, after);
        expect(meaning(read(rewritten))).toEqual(meaning(after));
        for (const comment of text.match(/# above \d+/g) ?? []) expect(rewritten).toContain(comment);
        expect(rewritten.includes('\r')).toBe(feed === '\r\n');
      }),
      { numRuns: 100 },
    );
  });
});

/** A numbered comment above every line, and one behind it. */
function commented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => `${/^ */.exec(line)?.[0] ?? ''}# above ${index}\n${line} # behind\n`)
    .join('');
}
