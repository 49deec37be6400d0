/**
 * Makes `import('./x.ts')` in src/cli load `./x.cjs` beside the bundle, and asks for that bundle to be built. Dynamic
 * imports elsewhere stay within their bundle: two bundles would hold two copies of React. The first bundle loads others
 * through src/cli/load-bundle.ts; those are handed a `require` that does the same.
 */
import { existsSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';

export function lazyBundles(root, entries, isFirst) {
  return {
    name: 'lazy-bundles',
    setup(build) {
      build.onResolve({ filter: /^\./ }, args => {
        if (args.kind !== 'dynamic-import' || args.resolveDir !== `${root}src/cli`) return undefined;
        const file = resolve(args.resolveDir, args.path);
        if (!file.startsWith(`${root}src/`) || !existsSync(file)) return undefined;
        const name = basename(file).replace(/\.tsx?$/, '');
        const entry = relative(root, file);
        if (entries.has(name) && entries.get(name) !== entry) {
          return { errors: [{ text: `two lazily loaded files are named ${name}` }] };
        }
        entries.set(name, entry);
        return isFirst ? { path: name, namespace: 'bundle' } : { path: `./${name}.cjs`, external: true };
      });
      build.onLoad({ filter: /.*/, namespace: 'bundle' }, args => ({
        contents: `
          const { loadBundle, purpose } = require('./load-bundle.ts');
          module.exports = loadBundle(__dirname, ${JSON.stringify(args.path)}, purpose(process.argv));`,
        resolveDir: `${root}src/cli`,
      }));
    },
  };
}
