/** The programs that the terminal tests run, each in an empty directory of its own. */
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach } from 'vitest';
import { openTerminal, type Size, type Terminal } from './terminal.ts';

const CHARTROOM = resolve('bin/chartroom.js');

/** One file that starts in a fraction of the time that the sources take; it stays, since test files share this module. */
const cache = resolve('node_modules/.cache/chartroom');
mkdirSync(cache, { recursive: true });
const SMALL = join(cache, 'small-wizard.mjs');
/** In place of Ink's developer tools, which are not installed. */
const nothing = join(cache, 'nothing.mjs');
const own = join(cache, `small-wizard-${process.pid}.mjs`);
writeFileSync(nothing, 'export default {};');
buildSync({
  entryPoints: ['test/terminal/small-wizard.tsx'],
  outfile: own,
  bundle: true,
  platform: 'node',
  format: 'esm',
  alias: { 'react-devtools-core': nothing },
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: {
    js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
  },
});
// Another worker may be starting the one that is there.
renameSync(own, SMALL);

const directories: string[] = [];
const terminals: Terminal[] = [];
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.kill('SIGKILL');
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

export function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chartroom-terminal-'));
  directories.push(directory);
  return directory;
}

interface Start extends Size {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}
/** The wizard on the small catalogue. */
export function openSmallWizard(start: Start): Terminal {
  return open(SMALL, start);
}
/** The real program on the real questions, as `npm run build` left it. */
export function openChartroom(start: Start): Terminal {
  return open(CHARTROOM, {
    ...start,
    env: { CHARTROOM_CONFIG_DIR: join(start.cwd, 'config'), ...start.env },
  });
}
function open(script: string, { env, ...start }: Start): Terminal {
  const terminal = openTerminal({ ...start, file: process.execPath, args: [script], env: env ?? {} });
  terminals.push(terminal);
  return terminal;
}

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
/** Without a terminal; what is typed comes through a pipe. */
export function runChartroom(args: readonly string[], cwd: string, input = ''): Promise<Finished> {
  return runPiped(CHARTROOM, args, cwd, input);
}
export function runSmallPlain(cwd: string, input: string): Promise<Finished> {
  return runPiped(SMALL, ['--plain'], cwd, input);
}
function runPiped(script: string, args: readonly string[], cwd: string, input: string): Promise<Finished> {
  const env = { PATH: process.env.PATH, HOME: cwd, CHARTROOM_CONFIG_DIR: join(cwd, 'config') };
  return new Promise(done => {
    const child = execFile(process.execPath, [script, ...args], { cwd, env }, (error, stdout, stderr) => {
      done({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

/** Path to bytes of all files below a directory. */
export function treeOf(directory: string): ReadonlyMap<string, string> {
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  return new Map(paths.map(path => [path.slice(directory.length + 1), readFileSync(path, 'latin1')]));
}
