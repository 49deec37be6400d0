/** Escapes text for Mermaid diagrams. */
import { replaceUnprintable } from './unprintable.ts';

/**
 * A quoted label. Whatever Mermaid, Markdown in labels or HTML could read something into becomes an entity code
 * (`#35;`). White space is shown as single spaces, a control character as U+FFFD.
 */
export function mermaidLabel(text: string): string {
  const line = replaceUnprintable(text.replace(/\s+/g, ' ').trim(), () => '\ufffd');
  // Mermaid knows no empty label.
  if (line === '') return '" "';
  const escaped = line
    .replace(/["#&<>`%\\{}[\]|;*_~$]/g, entityCode)
    // On a line with one of these words Mermaid damages the last entity code.
    .replace(/s(?=tyle)|c(?=lassDef)/g, entityCode);
  return `"${escaped}"`;
}

function entityCode(character: string): string {
  return `#${character.charCodeAt(0)};`;
}
