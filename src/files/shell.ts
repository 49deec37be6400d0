/** Quotes text for a POSIX shell. */

/** One word of a command line: as it is where the shell reads nothing into it, in single quotes otherwise. */
export function shellWord(text: string): string {
  if (text.includes('\0')) throw new Error('a NUL character cannot stand in a shell command');
  if (/^[A-Za-z0-9_./:@%+,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command line of words. */
export function shellCommand(...words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
