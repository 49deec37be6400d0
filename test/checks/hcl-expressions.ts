/** Finds what HCL expressions refer to and call. */

/** `google_x.y[each.key].name`: the root, the names after it, and where an index or splat stands. */
export interface Traversal {
  readonly root: string;
  readonly steps: readonly ({ readonly name: string } | { readonly index: string })[];
}
export interface Code {
  readonly traversals: readonly Traversal[];
  readonly functions: readonly string[];
}

/** Of a string as hcl2json gives it: text with `${…}` in it. */
export function readExpressions(template: string): Code {
  const traversals: Traversal[] = [];
  const functions: string[] = [];
  for (const code of codeIn(template)) readCode(code, traversals, functions);
  return { traversals, functions };
}

/** The code between the braces, with quoted text blanked; code within that text is a piece of its own. */
function codeIn(template: string): readonly string[] {
  const pieces: string[] = [];
  const readText = (from: number, quoted: boolean): number => {
    let at = from;
    while (at < template.length) {
      if (quoted && template[at] === '\\') at += 2;
      else if (quoted && template[at] === '"') return at + 1;
      else if (/^(\$\$|%%)\{/.test(template.slice(at, at + 3))) at += 3;
      else if (/^[$%]\{/.test(template.slice(at, at + 2))) at = readPiece(at + 2);
      else at++;
    }
    return at;
  };
  const readPiece = (from: number): number => {
    let code = '';
    let depth = 0;
    let at = from;
    while (at < template.length) {
      const character = template[at] ?? '';
      if (character === '"') {
        at = readText(at + 1, true);
        code += '""';
        continue;
      }
      if (character === '}' && depth === 0) break;
      if (character === '{') depth++;
      if (character === '}') depth--;
      code += character;
      at++;
    }
    pieces.push(code.replace(/(#|\/\/).*$/gm, ''));
    return at + 1;
  };
  readText(0, false);
  return pieces;
}

const STEP = /^\s*(?:\.\s*([A-Za-z_][\w-]*)|\.\s*(\d+|\*))/;

function readCode(code: string, traversals: Traversal[], functions: string[]): void {
  for (const match of code.matchAll(/(?<![\w.-]|\.\s)[A-Za-z_][\w-]*/g)) {
    const root = match[0];
    let at = match.index + root.length;
    if (/^\s*\(/.test(code.slice(at))) {
      if (!/^(for|in|if|else)$/.test(root)) functions.push(root);
      continue;
    }
    const steps: ({ name: string } | { index: string })[] = [];
    for (;;) {
      const rest = code.slice(at);
      const step = STEP.exec(rest);
      if (step !== null) {
        steps.push(step[1] === undefined ? { index: step[2] ?? '' } : { name: step[1] });
        at += step[0].length;
        continue;
      }
      if (!rest.startsWith('[')) break;
      const end = closing(rest);
      steps.push({ index: rest.slice(1, end) });
      at += end + 1;
    }
    traversals.push({ root, steps });
  }
}

function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') depth++;
    if (text[at] === ']' && --depth === 0) return at;
  }
  return text.length;
}
