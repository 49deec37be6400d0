/**
 * Four changes to Ink's dependencies while bundling, for start-up time only. Each fails the build when the text that
 * it replaces is no longer there. test/terminal/ drives the result in a real terminal.
 *
 * 1. yoga-layout loads its WebAssembly through fetch() of a data: URL, which starts Node's whole HTTP client, and
 *    awaits it at top level. The bytes are here already: instantiate them synchronously.
 * 2. Ink awaits its React developer tools at top level when DEV=true. Without that the bundle can be CommonJS.
 * 3. Five packages make an Intl.Segmenter while they load, which starts ICU's word tables. It is made when a text needs it:
 *    letters of Latin, lines, arrows and the marks of the wizard are a cluster of their own each.
 * 4. string-width looks up emoji for every text that is not ASCII; those same characters are one cell wide each. And it
 *    makes expressions of letters and emoji of all scripts while it loads, which takes a quarter of the time to the first
 *    frame: each is made when it is used.
 *    test/build/plain-text.test.ts holds both against the packages themselves.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { laterExpressions, laterSegmenter, SINGLE_CELLS } from './plain-text.js';

const SEGMENTING =
  /(?:string-width|wrap-ansi)[\\/]index\.js$|slice-ansi[\\/]tokenize-ansi\.js$|ansi-tokenize[\\/]build[\\/]tokenize\.js$/;
const WASM = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/;

const SEGMENTER = /^const (segmenter|GRAPHEME_SEGMENTER) = (new Intl\.Segmenter\([^)]*\));$/m;

export function inkStartup() {
  return {
    name: 'ink-startup',
    setup(build) {
      build.onLoad({ filter: /yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/ }, async args => {
        const source = await readFile(args.path, 'utf8');
        const glue = await readFile(join(dirname(args.path), '../binaries/yoga-wasm-base64-esm.js'), 'utf8');
        const found = WASM.exec(glue);
        const before = 'const Yoga = wrapAssembly(await loadYoga());';
        if (found === null || !source.includes(before)) return changed('yoga-layout');
        const after = `
          const bytes = Buffer.from(${JSON.stringify(found[1])}, 'base64');
          const assembly = {
            instantiateWasm(imports, done) {
              const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
              done(instance);
              return instance.exports;
            },
          };
          loadYoga(assembly);
          const Yoga = wrapAssembly(assembly);`;
        return { contents: source.replace(before, () => after), loader: 'js' };
      });
      build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async args => {
        const source = await readFile(args.path, 'utf8');
        if (!WASM.test(source)) return changed('yoga-layout');
        return { contents: source.replace(WASM, '""'), loader: 'js' };
      });
      build.onLoad({ filter: SEGMENTING }, async args => {
        const source = await readFile(args.path, 'utf8');
        const found = SEGMENTER.exec(source);
        if (found === null) return changed(args.path);
        const [whole, name, made] = found;
        const contents = source.replace(whole, () => `const ${name} = ${laterSegmenter(made)};`);
        if (!/string-width[\\/]index\.js$/.test(args.path)) return { contents, loader: 'js' };
        const before = '\tlet width = 0;\n\tconst eastAsianWidthOptions';
        const later = laterExpressions(contents);
        if (!contents.includes(before) || later === contents) return changed('string-width');
        const fast = `\tif (ambiguousIsNarrow && ${SINGLE_CELLS}.test(string)) return string.length;\n${before}`;
        return { contents: later.replace(before, () => fast), loader: 'js' };
      });
      build.onLoad({ filter: /ink[\\/]build[\\/](ink|reconciler)\.js$/ }, async args => {
        const source = await readFile(args.path, 'utf8');
        const before = "process.env['DEV'] === 'true'";
        if (!source.includes(before)) return changed('ink');
        return { contents: source.replaceAll(before, 'false'), loader: 'js' };
      });
    },
  };
}

function changed(name) {
  return { errors: [{ text: `${name} has changed: build/ink-startup.js no longer finds what it replaces` }] };
}
