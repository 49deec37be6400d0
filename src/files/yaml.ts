/** Writes YAML that every reader understands alike: 1.1 (kubectl, Helm, Go) and 1.2, without anchors and aliases. */
import { Document, isScalar, Scalar, visit } from 'yaml';
import { commentLines, hasUnprintable, hexadecimal, replaceUnprintable } from './unprintable.ts';

export interface YamlOptions {
  /** Goes to the top of the file; may have several lines. */
  readonly comment?: string;
}

/** One file of one or more documents; keys stay in the order given. Values are plain JSON data; `undefined` is left out. */
export function writeYaml(documents: readonly unknown[], options: YamlOptions = {}): string {
  const comment = options.comment === undefined ? '' : `${yamlComment(options.comment)}\n`;
  return comment + documents.map(value => `---\n${writeDocument(value)}`).join('');
}

/** Comment lines, `# ` before each, without a line feed at the end. */
export function yamlComment(text: string): string {
  return commentLines(text)
    .map(line => (line === '' ? '#' : `# ${line}`))
    .join('\n');
}

/** One string as a scalar that may stand anywhere on a line, in a flow list too: plain where nothing can misread it. */
export function yamlString(text: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9 ._/-]*$/.test(text) && !text.endsWith(' ') && !isSpecial(text);
  return plain ? text : escapeInQuotes(JSON.stringify(text));
}

function writeDocument(value: unknown): string {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && mustQuote(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  if (isScalar(document.contents) && typeof document.contents.value === 'string') {
    document.contents.type = Scalar.QUOTE_DOUBLE;
  }
  return escapeInQuotes(document.toString({ lineWidth: 0, blockQuote: 'literal', indentSeq: true }));
}

/**
 * What the package leaves plain (or in a block) in 1.1 mode and some reader takes for something else: numbers of
 * YAML 1.2 and of Go (`0o17`, `1_0`), dates, and characters that YAML 1.1 counts as line breaks or forbids.
 */
function mustQuote(text: string): boolean {
  return isSpecial(text) || hasUnprintable(text.replaceAll('\n', '')) || /[\u00a0\u2000-\u200a]/.test(text);
}
function isSpecial(text: string): boolean {
  return (
    /^[-+.]*[0-9][-+0-9a-fox_.:tz ]*$/i.test(text) ||
    /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\.(?:inf|nan)|)$/i.test(text)
  );
}

/** Unprintable characters stand in double quotes only (`mustQuote`), where an escape is the same text. */
function escapeInQuotes(yaml: string): string {
  return replaceUnprintable(yaml, (character, codePoint) => {
    if (character === '\n') return character;
    if (codePoint <= 0xff) return `\\x${hexadecimal(codePoint, 2)}`;
    return codePoint <= 0xffff ? `\\u${hexadecimal(codePoint, 4)}` : `\\U${hexadecimal(codePoint, 8)}`;
  });
}
