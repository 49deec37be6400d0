/** PLACEHOLDERS.md: every token of the tree, what belongs in its place, and where it stands. */
import { markdownCodeCell, markdownRow, markdownText, markdownWithCode } from '../../files/markdown.ts';
import type { FileTree } from '../../files/tree.ts';
import { markdownHeadline } from '../headline.ts';
import type { Placeholder, StarterInput, StarterPart } from '../part.ts';
import { tokensIn } from '../placeholder-tokens.ts';

export type DeclaredPlaceholder = Omit<Placeholder, 'file'>;

/** A part before the tree is whole: where its tokens stand is not known yet. */
export type DraftPart = Omit<StarterPart, 'placeholders'> & {
  readonly placeholders: readonly DeclaredPlaceholder[];
};

/** The tokens that stand in the tree, by token. One that no part declares is our fault. */
export function placeholdersIn(
  tree: FileTree,
  declared: readonly DeclaredPlaceholder[],
): readonly Placeholder[] {
  const first = new Map<string, string>();
  for (const [file, text] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const token of tokensIn(text)) if (!first.has(token)) first.set(token, file);
  }
  return [...first]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([token, file]) => {
      const known = declared.find(each => each.token === token);
      if (known === undefined)
        throw new Error(`nothing says what belongs in the place of ${token} (${file})`);
      return { token, file, meaning: known.meaning, example: known.example };
    });
}

export function placeholdersPage(input: StarterInput, placeholders: readonly Placeholder[]): string {
  return `# Placeholders

${markdownHeadline(input, 'platform-defaults')}

What only you know stands in this repository as a token. Replace each one everywhere, take its row out of this table,
and run \`scripts/check-placeholders.sh\`: it fails while a token is left, and where this table and the tree differ.

${markdownRow(['Token', 'What belongs there', 'For example', 'First stands in'])}
${markdownRow(['---', '---', '---', '---'])}
${placeholders
  .map(({ token, meaning, example, file }) =>
    markdownRow([
      markdownCodeCell(token),
      markdownWithCode(meaning),
      markdownCodeCell(example),
      `[${markdownText(file)}](${file})`,
    ]),
  )
  .join('\n')}
`;
}
