/** Programs in Go, from the module proxy. */
import { chmod, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../process.ts';

/** `go install` of one package into the folder of the tool. */
export function goInstall(packagePath: string, version: string): (folder: string) => Promise<void> {
  return async folder => {
    await mustRun('go', ['install', '-trimpath', `${packagePath}@${version}`], {
      environment: { GOBIN: folder, GOFLAGS: '-buildvcs=false' },
    });
  };
}
export interface GoModule {
  readonly module: string;
  readonly version: string;
  readonly package: string;
  readonly program: string;
  /** Of modules that its go.mod looks for beside it, where the proxy does not put them: their version there. */
  readonly partsVersion?: string;
}

/**
 * Builds from the downloaded source of the module: `go install` refuses a go.mod with a `replace`, and one whose
 * module path is not where the source lies.
 */
export function goBuild({ module, version, package: name, program, partsVersion }: GoModule) {
  return async (folder: string): Promise<void> => {
    const source = join(folder, 'source');
    const download = await mustRun('go', ['mod', 'download', '-json', `${module}@${version}`]);
    const { Dir } = JSON.parse(download) as { readonly Dir: string };
    await cp(Dir, source, { recursive: true });
    await makeWritable(source);
    if (partsVersion !== undefined) await takePartsFromProxy(join(source, 'go.mod'), partsVersion);
    await mustRun('go', ['build', '-trimpath', '-o', join(folder, program), name], {
      cwd: source,
      environment: {
        GOWORK: 'off',
        // Sums of parts that lay beside the module are not in its go.sum; they are held against the public log instead.
        GOFLAGS: partsVersion === undefined ? '-buildvcs=false' : '-buildvcs=false -mod=mod',
      },
    });
    await rm(source, { recursive: true, force: true });
  };
}

/** Builds a program of our own, whose source and go.mod lie in `source`. */
export function goOwn(source: string, program: string) {
  return async (folder: string): Promise<void> => {
    const copy = join(folder, 'source');
    await cp(source, copy, { recursive: true });
    // Without a go.sum: sums are held against the public log.
    await mustRun('go', ['build', '-mod=mod', '-trimpath', '-o', join(folder, program), '.'], {
      cwd: copy,
      environment: { GOWORK: 'off' },
    });
    await rm(copy, { recursive: true, force: true });
  };
}

async function takePartsFromProxy(file: string, version: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^(\s*)(\S+) => (?:\.\.|\.\/staging)\/\S+$/gm, `$1$2 => $2 ${version}`));
}

/** The module cache is read-only, and so are copies of it. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
  }
}
