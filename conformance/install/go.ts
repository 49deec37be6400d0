/** Programs in Go, from the module proxy. */
import { chmod, cp, readdir, rm } from 'node:fs/promises';
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
interface GoModule {
  readonly module: string;
  readonly version: string;
  readonly package: string;
  readonly program: string;
}

/**
 * Builds from the downloaded source of the module: `go install` refuses a go.mod with a `replace`, and one whose
 * module path is not where the source lies.
 */
export function goBuild({ module, version, package: name, program }: GoModule) {
  return async (folder: string): Promise<void> => {
    const source = join(folder, 'source');
    const download = await mustRun('go', ['mod', 'download', '-json', `${module}@${version}`]);
    const { Dir } = JSON.parse(download) as { readonly Dir: string };
    await cp(Dir, source, { recursive: true });
    await makeWritable(source);
    await mustRun('go', ['build', '-trimpath', '-o', join(folder, program), name], {
      cwd: source,
      environment: { GOWORK: 'off', GOFLAGS: '-buildvcs=false' },
    });
    await rm(source, { recursive: true, force: true });
  };
}

/** The module cache is read-only, and so are copies of it. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
  }
}
