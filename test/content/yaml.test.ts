import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readYaml } from '../../src/content/yaml.ts';

test('no text whatsoever makes reading throw, and what is no data is a finding', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'b: ',
      ': ',
      '- ',
      '? ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '\n',
      '  ',
      '\t',
      '"',
      "'",
      '|',
      '>',
      '&x ',
      '*x',
      '!',
      '#',
      '%',
      '---\n',
      '...\n',
      '\u202e',
      '\0',
      '\\',
      '<<: ',
      '~',
      '1e9',
      '0x',
      '\r',
      '\ufeff',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const { source, diagnostics } = readYaml(pieces.join(''), 'x.yaml');
      if (source === null) expect(diagnostics).not.toEqual([]);
      for (const { line, column } of diagnostics) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 700 },
  );
});

test('a place is that of the value, of its key, or of the nearest parent', () => {
  const { source } = readYaml('a: 1\nlist:\n  - x\n  - deep: [1, 2]\n', 'x.yaml');
  const at = (path: (string | number)[]) => source?.at(path);
  expect(at(['a'])).toEqual({ file: 'x.yaml', line: 1, column: 4 });
  expect(at(['list', 1, 'deep', 1])).toEqual({ file: 'x.yaml', line: 4, column: 15 });
  expect(at(['list', '1', 'deep', '1'])).toEqual(at(['list', 1, 'deep', 1]));
  expect(source?.atKey(['list', 1, 'deep'])).toEqual({ file: 'x.yaml', line: 4, column: 5 });
  expect(at(['list', 7])).toEqual({ file: 'x.yaml', line: 3, column: 3 });
});
