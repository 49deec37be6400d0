/** Content files in memory, for tests that shuffle or change them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentFile } from '../../src/content/draft.ts';
import type { FileKind, FilesByKind } from '../../src/content/resolve.ts';
import { readYaml } from '../../src/content/yaml.ts';
import { SMALL } from './small-pack.ts';

export interface Kinded {
  readonly kind: FileKind;
  readonly file: ContentFile;
}

const FOLDERS: readonly (readonly [string, (name: string) => FileKind])[] = [
  ['questions', () => 'topic'],
  [
    'recommendations',
    name => (name === 'terms.yaml' ? 'terms' : name === 'releases.yaml' ? 'releases' : 'decision'),
  ],
  ['recommendations/facts', () => 'facts'],
  ['recommendations/presets', () => 'preset'],
  ['recommendations/scenarios', () => 'scenarios'],
];

export function parsed(pack: string, name: string, text: string): ContentFile {
  const { source, diagnostics } = readYaml(text, `${pack}/${name}`);
  if (!source) throw new Error(JSON.stringify(diagnostics));
  return { pack, name, source };
}

export const SMALL_FILES: readonly Kinded[] = FOLDERS.flatMap(([folder, kindOf]) =>
  readdirSync(join(SMALL.root, folder))
    .filter(name => name.endsWith('.yaml'))
    .map(name => ({
      kind: kindOf(name),
      file: parsed('small', `${folder}/${name}`, readFileSync(join(SMALL.root, folder, name), 'utf8')),
    })),
);
export function byKind(files: readonly Kinded[]): FilesByKind {
  const of = (kind: FileKind): readonly ContentFile[] =>
    files.filter(file => file.kind === kind).map(({ file }) => file);
  return {
    topic: of('topic'),
    decision: of('decision'),
    terms: of('terms'),
    facts: of('facts'),
    releases: of('releases'),
    preset: of('preset'),
    scenarios: of('scenarios'),
  };
}
