/** How deep YAML is nested, found without recursion: the parser itself must never run out of stack. */
import { Lexer } from 'yaml';

/** Deeper than any file that people write. */
const DEEPEST = 60;
const WIDEST_INDENT = 400;
/** Precedes the text of a scalar in the lexer's tokens. */
const SCALAR = '\x1f';

/** Offset of the first place that is nested too deep; null where there is none. */
export function findTooDeep(text: string): number | null {
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

/** Tokens that stand for no text: document start, flow error end, scalar. */
const CONTROL = new Set(['\x02', '\x18', SCALAR]);
