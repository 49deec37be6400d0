import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attribute,
  attributes,
  block,
  comment,
  gap,
  type HclValue,
  hcl,
  hclIdentifier,
  hclString,
  isHclIdentifier,
  writeHcl,
} from '../../src/files/hcl.ts';
import { hostileText } from './hostile-text.ts';

/** hcl2json writes a literal `${` as `$${`; HCL itself normalises text to NFC. */
function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/([$%])\1\{/g, '$1{');
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), literal(item)]));
  }
  return value;
}
function normal(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [String(normal(key)), normal(item)]),
    );
  }
  return value;
}

const value = fc.letrec<{ value: HclValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    hostileText,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      hostileText.filter(key => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

describe('a written HCL file', () => {
  it('reads back as the same data, whatever the texts', async () => {
    await fc.assert(
      fc.asyncProperty(value, hostileText, async (data, note) => {
        const text = writeHcl([
          comment(note),
          block('locals', [], attributes({ data, other: note })),
          block('module', ['m'], []),
        ]);
        const read = await parse('test.tf', text);
        expect(literal(read.locals[0])).toEqual(normal({ data, other: note }));
        expect(Object.keys(read)).toEqual(['locals', 'module']);
      }),
      { numRuns: 150 },
    );
  });

  it('stands in the form of terraform fmt: neighbours aligned, blocks apart, lists wrapped when long', () => {
    const zones = [
      'eu-central-1a',
      'eu-central-1b',
      'eu-central-1c',
      'eu-west-1a',
      'eu-west-1b',
      'eu-west-1c',
    ];
    const text = writeHcl([
      comment('Follows from ADR 4.'),
      block(
        'terraform',
        [],
        [
          attribute('required_version', '>= 1.9'),
          block('required_providers', [], attributes({ aws: { source: 'hashicorp/aws', version: '6.1.0' } })),
        ],
      ),
      block(
        'resource',
        ['aws_vpc', 'main'],
        [
          ...attributes({
            cidr_block: hcl`var.cidr`,
            count: 2,
            zones,
            tags: { Name: 'a', 'cost centre': 'b', for: null },
            x: true,
          }),
          gap,
          comment('Read by nobody.'),
          attribute('empty', {}),
          block('timeouts', [], []),
        ],
      ),
    ]);
    expect(text).toBe(`# Follows from ADR 4.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.1.0"
    }
  }
}

resource "aws_vpc" "main" {
  cidr_block = var.cidr
  count      = 2
  zones = [
    "eu-central-1a",
    "eu-central-1b",
    "eu-central-1c",
    "eu-west-1a",
    "eu-west-1b",
    "eu-west-1c",
  ]
  tags = {
    Name          = "a"
    "cost centre" = "b"
    "for"         = null
  }
  x = true

  # Read by nobody.
  empty = {}

  timeouts {}
}
`);
  });

  it('turns values in code into literals and leaves expressions alone', () => {
    const inner = hcl`var.name`;
    expect(hcl`merge(${inner}, ${{ a: '${evil}' }}, ${[1, 'b']})`.code).toBe(
      'merge(var.name, {\n  a = "$${evil}"\n}, [1, "b"])',
    );
  });

  it('indents the lines of a value within code', () => {
    expect(writeHcl([attribute('a', hcl`merge(local.tags, {\n  b = ${{ c: 1 }}\n})`)])).toBe(
      'a = merge(local.tags, {\n  b = {\n    c = 1\n  }\n})\n',
    );
  });

  it('aligns keys by what is seen, not by how many code units it takes', () => {
    expect(writeHcl([attribute('tags', { 'e\u0301\u6f22': 1, abc: 2 })])).toBe(
      'tags = {\n  "e\u0301\u6f22" = 1\n  abc  = 2\n}\n',
    );
  });

  it.each([
    ['${x}', '"$${x}"'],
    ['$${x}', '"$\\u0024{x}"'],
    ['%{if}', '"%%{if}"'],
    ['%%{if}', '"%\\u0025{if}"'],
    ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
    ['line\nnext', '"line\\nnext"'],
    ['$ and {', '"$ and {"'],
    ['\u202e', '"\\u202e"'],
  ])('quotes %j as %s', (text, expected) => {
    expect(hclString(text)).toBe(expected);
  });

  it('refuses an attribute whose name is no identifier', () => {
    expect(() => attribute('a = 1\nb', 2)).toThrow('not an HCL identifier');
    expect(() => block('x {', [], [])).toThrow('not an HCL identifier');
    expect(() => block('resource', ['aws_vpc', '${x}'], [])).toThrow('not a label');
  });

  it('makes an identifier of any text', () => {
    fc.assert(fc.property(hostileText, text => isHclIdentifier(hclIdentifier(text))));
    expect(hclIdentifier('Shop-Platform 2')).toBe('shop_platform_2');
    expect(hclIdentifier('2fast')).toBe('_2fast');
  });
});
