/** What we write is committed: no file of ours is one that the repository itself tells Git to leave out. */
import type { CrossCheck } from './cross-check.ts';

export const keptByGit: CrossCheck = {
  code: 'kept-by-git',
  says: 'No file that is written is ignored by the .gitignore beside it.',
  check: tree => {
    const rules = (tree.get('.gitignore') ?? '')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'));
    return [...tree.keys()]
      .filter(path => isIgnored(path, rules))
      .map(place => ({ code: 'kept-by-git', place, message: 'Git leaves it out, by .gitignore' }));
  },
};

/** The last rule that fits counts, as for Git. */
function isIgnored(path: string, rules: readonly string[]): boolean {
  return rules.reduce((ignored, rule) => {
    const keeps = rule.startsWith('!');
    return fits(path, keeps ? rule.slice(1) : rule) ? !keeps : ignored;
  }, false);
}

/** A name anywhere, or a path from the root; `*` stands for letters of one name. */
function fits(path: string, rule: string): boolean {
  const name = rule.replace(/^\/|\/$/g, '');
  const pattern = name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  const start = name === rule || rule.endsWith('/') ? '(?:^|/)' : '^';
  return new RegExp(`${start}${pattern}${rule.endsWith('/') ? '/' : '(?:/|$)'}`).test(path);
}
