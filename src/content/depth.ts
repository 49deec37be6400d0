/** How deep YAML is nested, found without recursion: the parser itself must never run out of stack. */
import { Lexer } from 'yaml';

/** Deeper than any file that people write. */
const DEEPEST = 60;
const WIDEST_INDENT = 400;
/** Precedes the text of a scalar in the lexer's tokens. */
const SCALAR = '\x1f';

/** Offset of the first place that is nested too deep; null where there is none. */
export function findTooDeep(text: string): number | null {
  if (isShallow(text)) return null;
  let offset = 0;
  let brackets = 0;
  let onThisLine = 0;
  let before = '';
  for (const token of new Lexer().lex(text)) {
    if (before.endsWith('\n') || before === '') {
      onThisLine = 0;
      if (brackets === 0 && token.length > WIDEST_INDENT && token.trim() === '') return offset;
    }
    if (before !== SCALAR) {
      if (token === '[' || token === '{') brackets++;
      else if (token === ']' || token === '}') brackets--;
      else if (brackets <= 0 && (token === '-' || token === '?')) onThisLine++;
      if (brackets > DEEPEST || onThisLine > DEEPEST) return offset;
    }
    if (!CONTROL.has(token)) offset += token.length;
    before = token;
  }
  return null;
}

/** True for what people write, without a closer look: it has not that many marks that could open a level. */
function isShallow(text: string): boolean {
  let brackets = 0;
  let onThisLine = 0;
  let blanks = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    blanks = character === ' ' || character === '\t' ? blanks + 1 : 0;
    if (character === '\n') onThisLine = 0;
    else if (character === '[' || character === '{') brackets++;
    else if (character === '-' || character === '?') onThisLine++;
    if (brackets > DEEPEST || onThisLine > DEEPEST || blanks > WIDEST_INDENT) return false;
  }
  return true;
}

/** Tokens that stand for no text: document start, flow error end, scalar. */
const CONTROL = new Set(['\x02', '\x18', SCALAR]);
