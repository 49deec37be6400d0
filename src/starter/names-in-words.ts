/** Names in a row, as a sentence has them. */

/** `a`, `a and b`, `a, b, and c`. */
export function namesInWords(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
}
