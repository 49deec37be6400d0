/** images.txt and the tree say the same: what is named in an object or a value is listed, and what is listed is there. */
import type { FileTree } from '../../../src/files/tree.ts';
import { UPSTREAMS } from '../../../src/starter/registry/upstreams.ts';
import type { Finding } from '../finding.ts';
import { oncePerText } from '../once.ts';
import { RELEASES } from '../releases.ts';
import type { CrossCheck } from './cross-check.ts';

const LIST = 'images.txt';

interface Block {
  readonly by: string;
  readonly references: readonly string[];
}

export const listedImages: CrossCheck = {
  code: 'listed-images',
  says: 'Every image that is named somewhere stands in images.txt, and nothing else does.',
  check: tree => {
    const text = tree.get(LIST);
    if (text === undefined) return [];
    const blocks = blocksOf(text);
    const listed = blocks.flatMap(({ references }) => references).map(nameOf);
    const used = [...new Set(usedIn(tree).map(published))];
    return [
      ...used.filter(image => !listed.includes(image)).map(image => finding(`does not list ${image}`)),
      ...blocks.flatMap(({ by, references }) =>
        by === 'manifests'
          ? references
              .filter(each => !used.includes(nameOf(each)))
              .map(each => finding(`lists ${each}, which nothing names`))
          : isInstalled(tree, by)
            ? []
            : [finding(`lists images of ${by}, which nothing installs`)],
      ),
    ];
  },
};

function finding(message: string): Finding {
  return { code: 'listed-images', place: LIST, message };
}

/** A heading of one word, and what stands below it. */
function blocksOf(text: string): readonly Block[] {
  return text
    .split(/\n\n+/)
    .slice(1)
    .map(block => {
      const [head = '', ...lines] = block.trim().split('\n');
      return { by: head.replace(/^# /, ''), references: lines.filter(line => !line.startsWith('#')) };
    });
}

function nameOf(reference: string): string {
  return reference.replace(/@sha256:.*$/, '');
}

/** As its publisher names it, whatever mirror stands before it. */
function published(image: string): string {
  const upstream = UPSTREAMS.find(({ prefix }) => image.includes(`/${prefix}/`));
  const name = nameOf(image);
  return upstream === undefined ||
    name.startsWith(`${upstream.host}/`) ||
    name.startsWith('mcr.microsoft.com/')
    ? name
    : `${upstream.host}/${name.split(`/${upstream.prefix}/`)[1] ?? ''}`;
}

/** In objects and in values, as text: a key of this name holds a whole reference or a map. */
function usedIn(tree: FileTree): readonly string[] {
  return [...tree].flatMap(([file, text]) =>
    /^(?:apps|delivery|platform|platform-config)\/.+\.yaml$/.test(file) ? imagesIn(text) : [],
  );
}

const imagesIn = oncePerText((text): readonly string[] =>
  [
    ...text.matchAll(/^[ -]*image(?:Name)?: "?((?:\$\{[A-Z_]+\}|[^/\s"]+\.[^/\s"]+)\/[^\s"]+:[^/\s"]+)"?$/gm),
  ].map(([, image = '']) => image),
);

/** By the name of its chart, which the tool of delivery needs. */
function isInstalled(tree: FileTree, id: string): boolean {
  const chart = RELEASES.components.find(component => component.id === id)?.chart?.name;
  const wanted = new RegExp(`(?:^|[/ "])${(chart ?? id).replaceAll('.', '\\.')}(?:["\\s:@]|$)`, 'm');
  return [...tree].some(
    ([file, text]) => /^(?:clusters|delivery|platform|scripts|infra)\//.test(file) && wanted.test(text),
  );
}
