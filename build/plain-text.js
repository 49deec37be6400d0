/** Text that terminals show one cell at a time, and a segmenter that needs no tables for it. */

/** Latin, punctuation, arrows, lines, blocks, shapes and ticks: one cell each, no emoji, and nothing that combines. */
export const SINGLE_CELLS =
  /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027\u2190-\u21FF\u2500-\u25FC\u2713-\u2718\u276E-\u2771]*$/;
/** Escape sequences and line feeds do not combine either; but a line feed does after a carriage return. */
const SINGLE_CLUSTERS = String(SINGLE_CELLS).replace('^[', String.raw`^[\u001B\n`);

/** Source of an Intl.Segmenter as far as these packages use one. */
export const laterSegmenter = made => `{
  segment: text => ${SINGLE_CLUSTERS}.test(text)
    ? Object.assign(Array.from(text, (segment, index) => ({ segment, index })), { containing(at) { return this[at]; } })
    : (globalThis.chartroomSegmenter ??= ${made}).segment(text),
}`;

const EXPRESSION = /^const (\w+) = (\/.*\/v);$/gm;
/** `const name = /…/v;` becomes a function that makes it once, and every use of the name a call. */
export function laterExpressions(source) {
  return [...source.matchAll(EXPRESSION)].reduce((text, [whole, name, expression]) => {
    const [before, after] = text.split(whole);
    const called = part => part.replaceAll(name, `${name}()`);
    return `${called(before)}let made_${name};\nconst ${name} = () => (made_${name} ??= ${expression});${called(after)}`;
  }, source);
}
