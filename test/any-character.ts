/**
 * The unit of strings that fast-check calls `binary`: every code point but surrogates. Its own one keeps a map of all
 * million of them, which takes a second to fill in every worker.
 */
import fc from 'fast-check';

const [SURROGATES, AFTER_SURROGATES, END] = [0xd800, 0xe000, 0x110000];
const GAP = AFTER_SURROGATES - SURROGATES;

export const anyCharacter = fc.nat(END - GAP - 1).map(
  index => String.fromCodePoint(index < SURROGATES ? index : index + GAP),
  character => {
    const code = typeof character === 'string' ? character.codePointAt(0) : undefined;
    if (code === undefined || String.fromCodePoint(code) !== character || isSurrogate(code))
      throw new Error('not one character');
    return code < SURROGATES ? code : code - GAP;
  },
);

const isSurrogate = (code: number): boolean => code >= SURROGATES && code < AFTER_SURROGATES;
