/** Escapes text for Markdown (CommonMark and GitHub's tables): what goes in as text comes out as the same text. */
import { commentLines, hexadecimal, replaceUnprintable } from './unprintable.ts';
import { yamlString } from './yaml.ts';

const known = new Map<string, string>();

/** Text within a paragraph, list item, heading or table cell. White space is normalised to single spaces. */
export function markdownText(text: string): string {
  // Records say the same titles and reasons again and again.
  const markdown = known.get(text) ?? escaped(text);
  known.set(text, markdown);
  return markdown;
}

function escaped(text: string): string {
  const markdown = oneLine(text)
    .replace(/[\\`*[\]<>&|~${}]/g, '\\$&')
    // Within a word an underscore means nothing; a closing one without an opening one neither.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    // An exclamation mark at the end would turn a link after it into an image.
    .replace(/!$/, '\\!')
    .replace(/^(?:[#+=-]|\d+(?=[.)]))/, start => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    // What would close a heading.
    .replace(/ (#+)$/, ' \\$1')
    // What GitHub makes a link of by itself.
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/(www)\./gi, '$1\\.')
    .replace(/@/g, '\\@');
  return visible(markdown);
}

/** A code span; empty text gives an empty string, since Markdown has no empty code span. */
export function markdownCode(text: string): string {
  const line = replaceUnprintable(text.replace(/\r\n|[\n\r\t]/g, ' '), () => '\ufffd');
  if (line === '') return '';
  const runs = (line.match(/`+/g) ?? []).map(run => run.length);
  let length = 1;
  while (runs.includes(length)) length++;
  const fence = '`'.repeat(length);
  const pad = /^`|`$|^ .* $/.test(line) && line.trim() !== '' ? ' ' : '';
  return fence + pad + line + pad + fence;
}

/** Text of our own in which backticks mark code. */
export function markdownWithCode(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return markdownText(text);
  return parts.map((part, index) => (index % 2 === 0 ? between(part) : markdownCode(part))).join('');
}

/** Spaces at the ends stay. */
function between(part: string): string {
  const [, before = '', text = '', after = ''] = /^( *)(.*?)( *)$/s.exec(part) ?? [];
  return `${before}${markdownText(text)}${after}`;
}

/** A code span within a table cell, where a pipe ends the cell even in code. */
export function markdownCodeCell(text: string): string {
  return markdownCode(text).replaceAll('|', '\\|');
}

/** A fenced block; ends with a line feed. */
export function markdownCodeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const body = replaceUnprintable(lines, character => ('\n\t'.includes(character) ? character : '\ufffd'));
  return `${fence}${language.replace(/[^a-z0-9-]/gi, '')}\n${body}\n${fence}\n`;
}

/** A link. Only web addresses, mail addresses and relative paths are linked; anything else stays text. */
export function markdownLink(label: string, target: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1]?.toLowerCase();
  if (target === '' || (scheme !== undefined && !['http', 'https', 'mailto'].includes(scheme)))
    return markdownText(label);
  return `[${markdownText(label)}](${markdownTarget(target)})`;
}

/** A table row of cells that are Markdown already. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text as a table cell; never empty, since several readers drop empty cells at the end of a row. */
export function markdownCell(text: string): string {
  return markdownText(text) || '-';
}

/** A value in YAML front matter, in a flow list too. */
export function frontMatterValue(text: string): string {
  return yamlString(oneLine(text));
}

/** A comment that no viewer shows; one line. */
export function markdownComment(text: string): string {
  const line = commentLines(text)
    .join(' ')
    .replace(/-{2,}/g, '-')
    .replace(/[<>]/g, ' ')
    .trim()
    .replace(/-$/, '');
  return `<!-- ${line} -->`;
}

function oneLine(text: string): string {
  return text.replace(/[\s\u0085]+/g, ' ').trim();
}

/** Direction marks and the like become character references, control characters U+FFFD: both can be seen in the source. */
function visible(markdown: string): string {
  return replaceUnprintable(markdown, (_character, codePoint) => {
    const control =
      codePoint < 0xa0 || (codePoint >= 0xd800 && codePoint <= 0xdfff) || (codePoint & 0xfffe) === 0xfffe;
    return control ? '\ufffd' : `&#x${hexadecimal(codePoint, 4)};`;
  });
}

/** Everything but what may stand in an address and means nothing to Markdown is percent-encoded. */
function markdownTarget(target: string): string {
  return target
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^A-Za-z0-9%\-._!?#/:;=,+&@$]/gu, character =>
      encodeURIComponent(/\p{Cs}/u.test(character) ? '\ufffd' : character).replace(
        /[!'()*_~]/g,
        plain => `%${hexadecimal(plain.charCodeAt(0), 2)}`,
      ),
    );
}
