/** What the page on promoting has somebody write into the folder of one cluster arrives there, and in no other cluster. */
import { posix } from 'node:path';
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { build, clusterFolders } from '../kustomize.ts';
import { documentsOf, jsonOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const PAGE = 'docs/runbooks/promotion.md';
/** A part of a kustomization, under the name of its file. */
const SHOWN = /^```yaml\n# (\S+\/kustomization\.yaml)\n([\s\S]*?)^```$/gm;
const BY_FOLDER = 'says it where all clusters have it';

export const promotion: CrossCheck = {
  code: 'promotion',
  says: 'What a page has somebody try in one cluster can be tried there, and reaches no other.',
  check: tree => {
    const page = tree.get(PAGE) ?? '';
    const shown = [...page.matchAll(SHOWN)];
    if (shown.length === 0 && page.includes(BY_FOLDER))
      return [finding(PAGE, 'shows nobody how something is tried first')];
    return shown.flatMap(([, file = '', text = '']) => triedIn(tree, file, text));
  },
};

function triedIn(tree: FileTree, file: string, text: string): readonly Finding[] {
  const before = tree.get(file);
  if (before === undefined) return [finding(file, 'is nowhere')];
  const folder = posix.dirname(file);
  const names = clusterFolders(tree).map(each => posix.basename(each));
  const own = names.find(name => folder.split('/').includes(name));
  if (own === undefined) return [finding(file, 'belongs to no cluster')];
  const after = new Map([...tree, [file, withPatches(before, text)]]);
  const values = documentsOf(text).flatMap(document =>
    list(at(document, 'patches')).flatMap(({ patch }) =>
      list(documentsOf(String(patch))[0]).map(({ value }) => JSON.stringify(value)),
    ),
  );
  const holds = (where: string, value: string) =>
    build(after, where).objects.some(object => jsonOf(object).includes(value));
  const elsewhere = names
    .filter(name => name !== own)
    .map(name => folder.replace(`/${own}`, `/${name}`))
    .filter(other => tree.has(`${other}/kustomization.yaml`));
  return [
    ...build(after, folder).findings.map(({ message }) => finding(file, message)),
    ...values.flatMap(value => [
      ...(holds(folder, value) ? [] : [finding(file, `${value} does not arrive`)]),
      ...elsewhere
        .filter(other => holds(other, value))
        .map(other => finding(file, `${value} reaches ${other} as well`)),
    ]),
  ];
}

function withPatches(kustomization: string, text: string): string {
  const [, entries = ''] = text.split(/^patches:\n/m);
  return kustomization.includes('\npatches:\n')
    ? kustomization.replace('\npatches:\n', () => `\npatches:\n${entries}`)
    : `${kustomization}${text}`;
}

function finding(place: string, message: string): Finding {
  return { code: 'promotion', place, message };
}
