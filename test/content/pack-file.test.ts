import { describe, expect, test } from 'vitest';
import { type Diagnostic, formatDiagnostic } from '../../src/content/diagnostic.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import { readPackFile } from '../../src/content/pack-file.ts';
import { catalogueOf, folderWith, SMALL } from './small-pack.ts';

describe('a pack', () => {
  test.each<[string, string, readonly string[]]>([
    ['says what it is called and its version', 'pack: house\nversion: "2026.11"\n', []],
    [
      'is told where its version is no text',
      'pack: house\nversion: 2026.11\n',
      ['pack.yaml:2:10: wrong-type: "version" is the number 2026.11; write a version as text'],
    ],
    [
      'is told of a key that does not exist',
      'pack: house\nversion: "1.0"\nauthor: Ann\n',
      ['pack.yaml:3:1: unknown-key: no key "author" here'],
    ],
    ['is told what is missing', 'pack: house\n', ['pack.yaml:1:1: missing-key: "version" is missing']],
  ])('%s', (_, text, expected) => {
    const diagnostics: Diagnostic[] = [];
    const named = readPackFile(text, 'pack.yaml', diagnostics);
    expect(named === null).toBe(expected.length > 0);
    const found = diagnostics.map(one => formatDiagnostic(one).split('\n')[0]);
    expect(found.map((line, index) => line?.startsWith(expected[index] ?? ''))).toEqual(
      expected.map(() => true),
    );
  });

  test('names its rules; ours have no such name', () => {
    const root = folderWith({
      'recommendations/mesh.yaml': `
decision: mesh
rules: [{id: teams, when: {services: "<10"}, favors: none, driver: cost, because: It counts.}]`,
    });
    const own = { ...SMALL, name: 'chartroom' };
    const { decisions } = catalogueOf(loadCatalogue([own, { name: 'house', version: '2026.11', root }]));
    const named = decisions.flatMap(({ rules }) => rules).filter(({ pack }) => pack !== undefined);
    expect(named.map(({ id, pack }) => [id, pack])).toEqual([['mesh/teams', 'house']]);
  });
});
