/** The Node versions that are measured: the one that runs this, and others fetched once from npm into .tools/. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const tools = resolve(import.meta.dirname, '../.tools');
const VERSIONS = ['20.20.2', '22.23.3', '24.21.0'];

export interface NodeBinary {
  readonly version: string;
  readonly path: string;
}

/** Fetches what is missing; where that cannot be done (offline, another system), it says so and leaves it out. */
export function nodes(): readonly NodeBinary[] {
  return VERSIONS.flatMap(version => {
    if (process.version === `v${version}`) return [{ version, path: process.execPath }];
    const folder = join(tools, `node-${version}`);
    const path = join(folder, 'package/bin/node');
    try {
      if (!existsSync(path)) fetchNode(version, folder);
      return [{ version, path }];
    } catch (error) {
      console.log(
        `Node ${version} is left out: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
      );
      return [];
    }
  });
}

function fetchNode(version: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const options = { cwd: folder, stdio: 'ignore' } as const;
  execFileSync('npm', ['pack', `${name}@${version}`, '--silent'], options);
  const archive = readdirSync(folder).find(file => file.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm has no ${name} ${version}`);
  execFileSync('tar', ['xzf', archive], options);
}
