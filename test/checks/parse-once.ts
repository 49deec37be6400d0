/** Values of charts, workflows and settings: trees share them, so that each text is read once. Nobody changes what is handed out. */
import { parse } from 'yaml';

const known = new Map<string, unknown>();

export function parseOnce(text: string): unknown {
  if (known.has(text)) return known.get(text);
  const value: unknown = parse(text);
  known.set(text, value);
  return value;
}
