/** Quotes text for PowerShell: ASCII alone, since Windows PowerShell reads a file without a mark as the code page of its machine. */
import { commentLines } from './unprintable.ts';

/** A literal that nothing is read into; quotation marks of typographers end one as the plain ones do. */
export function powershellString(text: string): string {
  if (text.includes('\0')) throw new Error('a NUL character cannot stand in a text of PowerShell');
  const parts = text.match(/[ -~]+|[^ -~]/gu) ?? [];
  if (parts.length === 0) return "''";
  const written = parts.map(part =>
    /^[ -~]/.test(part)
      ? `'${part.replaceAll("'", "''")}'`
      : `[char]::ConvertFromUtf32(${(part.codePointAt(0) ?? 0).toString()})`,
  );
  const [first = "''"] = written;
  // A text before all others: what follows is added to it as text.
  return written.length === 1 && first.startsWith("'")
    ? first
    : `(${[...(first.startsWith("'") ? [] : ["''"]), ...written].join(' + ')})`;
}

/** Lines that begin with `#`; what is not ASCII is replaced, so that no reader takes it for the end of a line. */
export function powershellComment(text: string): string {
  return commentLines(text)
    .map(line => `# ${line.replace(/[^ -~]/gu, '?')}`.trimEnd())
    .join('\n');
}
