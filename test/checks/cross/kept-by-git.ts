/** What we write is committed: no file of ours is one that the repository itself tells Git to leave out. */
import type { CrossCheck } from './cross-check.ts';

export const keptByGit: CrossCheck = {
  code: 'kept-by-git',
  says: 'No file that is written is ignored by the .gitignore beside it.',
  check: tree => {
    const rules = (tree.get('.gitignore') ?? '')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(ruleOf);
    return [...tree.keys()]
      .filter(path => isIgnored(path, rules))
      .map(place => ({ code: 'kept-by-git', place, message: 'Git leaves it out, by .gitignore' }));
  },
};

interface Rule {
  readonly keeps: boolean;
  readonly fits: RegExp;
}

/** The last rule that fits counts, as for Git. */
function isIgnored(path: string, rules: readonly Rule[]): boolean {
  return !(rules.findLast(({ fits }) => fits.test(path))?.keeps ?? true);
}

/** A name anywhere, or a path from the root; `*` stands for letters of one name. */
function ruleOf(line: string): Rule {
  const keeps = line.startsWith('!');
  const rule = keeps ? line.slice(1) : line;
  const name = rule.replace(/^\/|\/$/g, '');
  const pattern = name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  const start = name === rule || rule.endsWith('/') ? '(?:^|/)' : '^';
  return { keeps, fits: new RegExp(`${start}${pattern}${rule.endsWith('/') ? '/' : '(?:/|$)'}`) };
}
