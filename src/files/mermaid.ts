/** Escapes text for Mermaid diagrams. */
import { replaceUnprintable } from './unprintable.ts';

/**
 * A quoted label. Whatever Mermaid, Markdown in labels or HTML could read something into becomes an entity code
 * (`#35;`). White space is shown as single spaces, a control character as U+FFFD.
 */
export function mermaidLabel(text: string): string {
  const line = replaceUnprintable(text.replace(/\s+/g, ' ').trim(), () => '\ufffd');
  // Mermaid cuts the `;` off entity codes that follow "style" or "classDef" and a colon.
  const special = /style|classdef/i.test(line) ? /["#&<>`%\\{}[\]|;*_~$:]/g : /["#&<>`%\\{}[\]|;*_~$]/g;
  return `"${line.replace(special, character => `#${character.charCodeAt(0)};`)}"`;
}
