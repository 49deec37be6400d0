/** Text that breaks out of formats when it is not escaped; every emitted format is tested with it. */

import fc from 'fast-check';
import { anyCharacter } from '../any-character.ts';

const HOSTILE_PIECES = [
  '"', "'", '`', '``', '```', '\\', '\\n', '|', '||', '$', '$$', '${', '${{', '}}', '{{', '{%', '%{', '%%{', '%%', '$(', '#{', '@{',
  '<', '>', '<!--', '-->', '--', '---', '...', '<script>', '&', '&amp;', '&#35;', '[', ']', '](', '(', ')', '![', '!', '*', '**', '_', '__', '~', '~~~',
  '#', '# ', '#35;', '-', '- ', '+ ', '* ', '> ', '1.', '1. ', '1)', '=', '==', ':', ': ', ' #', ',', '{', '}', '?', '? ', '@', '@acme/team', '%',
  'https://evil.example', 'www.evil.example', 'a@b.example', 'style', 'classDef', 'end', 'style: x', 'y', 'n', 'yes', 'no', 'on', 'off', 'true', 'null', '~',
  '0', '1', '08', '0o17', '0x1f', '0b1', '1_000', '1e3', '1:30', '.5', '.inf', '2026-11-20', '2026-11-20T10:00:00Z', '<<', '!!binary', '&a', '*a', '%YAML',
  ' ', '  ', '\t', '\n', '\n\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\u00a0', '\u0000', '\u0007', '\u001b[31m', '\u001b]0;title\u0007', '\u007f', '\u009b2J',
  '\u200b', '\u200d', '\u202e', '\u2066', '\u2069', '\ufeff', '\ufffd', '\u{e0041}', 'é', 'e\u0301', '\u00df', '\u{1f469}\u200d\u{1f680}', '\u6f22', 'a', 'b', 'Z', 'shop',
] as const; // biome-ignore format: a table of pieces

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HOSTILE_PIECES) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 4 }) },
);

/** Up to a dozen hostile pieces in a row. No lone surrogates: no text file can hold them. */
export const hostileText = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''));
