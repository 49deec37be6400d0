/**
 * Modules of which a run calls one of many, or none: each is a bundle of its own, loaded at the first call of one of its
 * functions. They export functions alone, which test/build/bundles.test.ts checks, and keep nothing in variables: what
 * several of them import is in each of their bundles.
 */
import { basename, relative, resolve } from 'node:path';
import { build } from 'esbuild';

export const CALLED_LATER = [
  'src/starter/cluster-half.ts',
  'src/starter/control-plane/aks-automatic.ts',
  'src/starter/control-plane/aks.ts',
  'src/starter/control-plane/eks.ts',
  'src/starter/control-plane/gke.ts',
  'src/starter/control-plane/machines-azure.ts',
  'src/starter/control-plane/machines-gcp.ts',
  'src/starter/control-plane/self-managed-aws.ts',
  'src/starter/control-plane/self-managed.ts',
  'src/starter/serverless-service/cloud-run.ts',
  'src/starter/serverless-service/container-apps.ts',
  'src/starter/serverless-service/ecs.ts',
];

/** Puts functions of the same names in the place of such a module, and asks for its bundle to be built. */
export function calledLater(root, entries) {
  return {
    name: 'called-later',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, args => {
        if (args.namespace === 'called-later') return { path: args.path, external: true };
        const file = relative(root, resolve(args.resolveDir, args.path));
        if (args.kind !== 'import-statement' || !CALLED_LATER.includes(file)) return undefined;
        return { path: file, namespace: 'called-later' };
      });
      onLoad({ filter: /.*/, namespace: 'called-later' }, async ({ path }) => {
        const name = basename(path, '.ts');
        entries.set(name, path);
        const functions = (await exportsOf(root, path)).map(
          each => `export const ${each} = (...given) => require('./${name}.cjs').${each}(...given);`,
        );
        return { contents: functions.join('\n') };
      });
    },
  };
}

async function exportsOf(root, file) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    format: 'esm',
    metafile: true,
    write: false,
  });
  return Object.values(metafile.outputs).flatMap(output => output.exports);
}
