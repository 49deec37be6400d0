import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { writeYaml, yamlString } from '../../src/files/yaml.ts';
import { hostileText } from './hostile-text.ts';

/** What a reader of this YAML version gets, all documents. */
function read(text: string, version: '1.1' | '1.2'): unknown[] {
  return [...parseAllDocuments(text, { version, strict: true })].map(document => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}
const data = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    hostileText,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter(number => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      hostileText.filter(key => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

describe('a written YAML file', () => {
  it.each(['1.1', '1.2'] as const)('reads back as the same data in YAML %s, whatever the texts', version => {
    fc.assert(
      fc.property(fc.array(data, { minLength: 1, maxLength: 3 }), hostileText, (documents, comment) => {
        expect(read(writeYaml(documents, { comment }), version)).toEqual(documents);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    'y', 'N', 'yes', 'Off', 'null', '~', '', '08', '0755', '0o17', '0b101', '0x1f', '0o_7', '1_000', '1e3', '1:30', '.5', '-.inf',
    '+1', '1.35', '2026-11-20', '2026-11-20 10:00:00', '=', '<<', 'a\u0085b', 'a\u2028b', 'a\u00a0',
  ])('quotes %j, which some reader of YAML takes for something else', text => {
    expect(writeYaml([{ value: text, list: [text] }])).toBe(
      `---\nvalue: ${JSON.stringify(text).replace(/[\u0080-\uffff]/g, escaped)}\nlist:\n  - ${JSON.stringify(text).replace(/[\u0080-\uffff]/g, escaped)}\n`,
    );
  }); // biome-ignore format: a table of words

  it.each([
    'ghcr.io/acme/shop:1.2.3',
    '10.0.0.0/16',
    '100m',
    '500Mi',
    '30s',
    'v1',
    'apps/v1',
    'RollingUpdate',
    './apps/base',
    '$(POD_IP)',
    'größe',
    'a:b',
    'http://x/#y',
  ])('leaves %s plain', text => {
    expect(writeYaml([{ value: text }])).toBe(`---\nvalue: ${text}\n`);
  });

  it('keeps the keys in the order given and leaves out what is undefined', () => {
    expect(writeYaml([{ zebra: 1, apple: undefined, mango: [], empty: {} }])).toBe(
      '---\nzebra: 1\nmango: []\nempty: {}\n',
    );
  });

  it('writes no anchors and aliases where one object stands in two places', () => {
    const labels = { app: 'shop' };
    expect(writeYaml([{ a: labels, b: labels }])).toBe('---\na:\n  app: shop\nb:\n  app: shop\n');
  });

  it.each([
    ['set -eu\nif x; then\n\ty\n\nfi\n', '|\n  set -eu\n  if x; then\n  \ty\n\n  fi'],
    ['two\nlines', '|-\n  two\n  lines'],
    ['  indented\nfirst line', '"  indented\\nfirst line"'],
    ['ends\n\n', '"ends\\n\\n"'],
    ['blank\n  \nline', '"blank\\n  \\nline"'],
    ['one\rtwo\n', '"one\\rtwo\\n"'],
  ])('writes the lines of %j as a block where every reader gets the same out of it', (run, expected) => {
    expect(writeYaml([{ run }])).toBe(`---\nrun: ${expected}\n`);
  });

  it('begins a list or a map within a list on the line of its dash', () => {
    expect(writeYaml([[[1, [2]], [{ a: [{ b: 1, c: null }] }]]])).toBe(
      '---\n- - 1\n  - - 2\n- - a:\n      - b: 1\n        c: null\n',
    );
  });

  it('gives a number with an exponent the point that YAML 1.1 asks for', () => {
    expect(writeYaml([[1e21, 1e-7, 1.5e300]])).toBe('---\n- 1.0e+21\n- 1.0e-7\n- 1.5e+300\n');
  });

  it.each([Number.NaN, new Date(0), new Map(), () => {}, 1n])('refuses %s, which is no plain data', value => {
    expect(() => writeYaml([{ value }])).toThrow('plain data');
  });

  it('does not fold long lines', () => {
    const long = 'word '.repeat(80).trim();
    expect(writeYaml([{ long }])).toBe(`---\nlong: ${long}\n`);
  });

  it('starts with its comment, each line of it commented out', () => {
    expect(writeYaml([1], { comment: 'From ADR 3.\nevil: true\r\nmore\u2028evil: true' })).toBe(
      '# From ADR 3.\n# evil: true\n# more\ufffdevil: true\n---\n1\n',
    );
  });

  it('separates documents', () => {
    expect(writeYaml([{ a: 1 }, { b: 2 }])).toBe('---\na: 1\n---\nb: 2\n');
  });
});

describe('a string within a line of YAML', () => {
  it.each(['1.1', '1.2'] as const)('reads back from a flow list in YAML %s', version => {
    fc.assert(
      fc.property(hostileText, hostileText, (first, second) => {
        expect(parse(`[${yamlString(first)}, ${yamlString(second)}]`, { version })).toEqual([first, second]);
      }),
    );
  });
  it('is plain where it can be', () => {
    expect(yamlString('Alice Example')).toBe('Alice Example');
    expect(yamlString('no')).toBe('"no"');
  });
});

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code <= 0xff ? (code === 0xa0 ? character : `\\x${code.toString(16)}`) : `\\u${code.toString(16)}`;
}
