/** Programs in Go, from the module proxy. */
import { mustRun } from '../process.ts';

/** `go install` of one package into the folder of the tool. */
export function goInstall(packagePath: string, version: string): (folder: string) => Promise<void> {
  return async folder => {
    await mustRun('go', ['install', '-trimpath', `${packagePath}@${version}`], {
      environment: { GOBIN: folder, GOFLAGS: '-buildvcs=false' },
    });
  };
}
