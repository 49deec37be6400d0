import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { anyCharacter } from '../any-character.ts';
import { SMALL } from './small-catalogue.ts';

const VALID = join(import.meta.dirname, '../fixtures/answers/valid');
const fixture = (name: string) => parseAnswers(readFileSync(join(VALID, name), 'utf8'), name, SMALL);
const parse = (text: string) => parseAnswers(text, 'answers.yaml', SMALL);

describe('an answers file', () => {
  it('holds the day, the project, answers and pins', () => {
    const { file, diagnostics, missingRequired } = fixture('everything.yaml');
    expect({ diagnostics, missingRequired }).toEqual({ diagnostics: [], missingRequired: [] });
    expect(file).toEqual({
      asOf: '2026-11-20',
      project: {
        name: 'shop',
        organisation: 'acme',
        domain: 'shop.example.com',
        repository: 'https://github.com/acme/platform',
        regions: ['eu-central-1'],
        teams: ['payments', 'search'],
        oidcGroups: { platform: 'platform-admins', developers: 'developers' },
        deciders: ['Ada "the chair" Example', "O'Neill | ops"],
        alertReceiver: 'oncall@example.com',
        network: { vpc: '10.0.0.0/16', pods: '100.64.0.0/16', services: '172.20.0.0/16' },
      },
      answers: new Map<string, unknown>([
        ['cloud', 'aws'],
        ['services', 24],
        ['windows', 'no'],
        ['compliance', ['pci-dss']],
        ['drivers', ['security', 'cost']],
      ]),
      pins: new Map([
        ['mesh', { choose: 'istio-ambient', because: 'Group standard since 2026.', owner: 'Ada Example' }],
        [
          'cni',
          {
            choose: 'cilium',
            because: 'The security board asks for L7 policy.',
            approver: 'The security board',
            expires: '2027-06-30',
          },
        ],
      ]),
      text: expect.stringContaining('# decided by the group'),
    });
  });

  it.each(['least.yaml', 'unsure.yaml', 'empty-sections.yaml'])('may be as short as %s', name => {
    expect(fixture(name)).toMatchObject({
      diagnostics: [],
      missingRequired: [],
      file: { project: { name: 'shop' } },
    });
  });

  it.each([
    ['chartroom: 1\n', null, ['project.name', 'cloud']],
    ['chartroom: 1\nproject: {organisation: acme}\nanswers: {cloud: aws}\n', null, ['project.name']],
    ['chartroom: 1\nproject: {name: }\nanswers: {cloud: aws}\n', null, ['project.name']],
    ['chartroom: 1\nproject: {name: shop}\n', {}, ['cloud']],
    ['chartroom: 1\nproject: {name: shop}\nanswers: {cloud: unsure, services: 3}\n', {}, ['cloud']],
  ])('without what is required is no mistake, but says so: %j', (text, file, missing) => {
    const parsed = parse(text);
    expect(parsed.diagnostics).toEqual([]);
    expect(parsed.missingRequired).toEqual(missing);
    if (file === null) expect(parsed.file).toBeNull();
    else expect(parsed.file).not.toBeNull();
  });

  it('takes yes and no without quotes, since YAML 1.2 reads them as words', () => {
    expect(
      parse('chartroom: 1\nproject: {name: no}\nanswers: {cloud: aws, windows: yes}\n').file,
    ).toMatchObject({
      project: { name: 'no' },
      answers: new Map([
        ['cloud', 'aws'],
        ['windows', 'yes'],
      ]),
    });
  });

  it('may have Windows line ends and a byte order mark', () => {
    const { file, diagnostics } = parse(
      '\ufeffchartroom: 1\r\nproject: {name: shop}\r\nanswers:\r\n  cloud: aws\r\n',
    );
    expect(diagnostics).toEqual([]);
    expect(file?.answers.get('cloud')).toBe('aws');
  });

  it.each([
    ['10 MB of comments', `# ${'a'.repeat(10 * 1024 * 1024)}\n`, 'too-large'],
    ['more than 1 MB in few characters', `# ${'漢'.repeat(400_000)}\n`, 'too-large'],
    ['a zero byte', 'chartroom: 1\0', 'not-text'],
    ['binary data', '\u0089PNG\r\n\u001a\n', 'control-character'],
    ['a million brackets', '['.repeat(1_000_000), 'too-complex'],
    [
      'a hundred thousand keys',
      Array.from({ length: 100_000 }, (_, i) => `k${i}: 1`).join('\n'),
      'too-complex',
    ],
    ['deep nesting', `a: ${'['.repeat(500)}${']'.repeat(500)}`, 'too-deep'],
  ])('is refused when it is %s, and within two seconds of the processor', (_what, text, code) => {
    const start = process.cpuUsage();
    const { file, diagnostics } = parse(text);
    expect(file).toBeNull();
    expect(diagnostics.map(diagnostic => diagnostic.code)).toContain(code);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(2000);
  });

  it('names at most fifty mistakes and counts the rest', () => {
    const answers = Array.from({ length: 80 }, (_, index) => `  unknown-${index}: 1\n`).join('');
    const { diagnostics } = parse(`chartroom: 1\nproject: {name: shop}\nanswers:\n  cloud: aws\n${answers}`);
    expect(diagnostics).toHaveLength(51);
    expect(diagnostics.at(-1)).toMatchObject({ code: 'more', message: '30 more mistakes are not listed' });
  });

  it('never makes us fail, whatever is done to a good file', () => {
    const good = readFileSync(join(VALID, 'everything.yaml'), 'utf8');
    const piece = fc.oneof(
      fc.constantFrom(
        '\n',
        ' ',
        '\t',
        ':',
        '- ',
        '[',
        ']',
        '{',
        '}',
        '&a ',
        '*a',
        '!!x ',
        '|',
        '>',
        '"',
        "'",
        '#',
        '?',
        '%',
        '---\n',
        '\0',
        '\u202e',
        '__proto__',
        'constructor',
        '1e999',
        '0x',
        'null',
        '~',
        '<<: ',
      ),
      fc.string({ unit: anyCharacter, maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length), fc.nat(20), piece), { minLength: 1, maxLength: 4 }),
        edits => {
          let text = good;
          for (const [at, length, insert] of edits)
            text = text.slice(0, at) + insert + text.slice(at + length);
          const { file, diagnostics } = parse(text);
          if (file === null) return;
          expect(diagnostics).toEqual([]);
          expect(({} as Record<string, unknown>).cloud).toBeUndefined();
        },
      ),
      { numRuns: 250 },
    );
  });
});
