/** Runs other programs and hands back what they printed; a failure is a value, since finding faults is their job. */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { inTurn, queued } from './queue.ts';

const SLOW_SECONDS = 1;

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
export interface RunOptions {
  readonly cwd?: string;
  /** What it looks at, for whoever waits; else the name of the folder. */
  readonly on?: string;
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** It would run for ever: what it says on stderr when enough is known, and it is ended. */
  readonly until?: string;
}

/** Checks ask for all of their programs at once, and all share one queue. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return inTurn(async () => {
    const begun = performance.now();
    const done = await start(program, args, options);
    const seconds = (performance.now() - begun) / 1000;
    if (seconds > SLOW_SECONDS) {
      const { cwd = '', on = basename(cwd) } = options;
      console.error(`  ${basename(program)} ${on}: ${seconds.toFixed(1)} s, ${queued()} wait`);
    }
    return done;
  });
}

function start(program: string, args: readonly string[], options: RunOptions): Promise<Run> {
  const { cwd, input = '', environment = {}, until } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env: { ...process.env, ...environment } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr.push(chunk);
      if (until !== undefined && text(stderr).includes(until)) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? 1, stdout: text(stdout), stderr: text(stderr) }));
    // A program may stop reading before we stop writing; its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** For steps that have to work: throws with the end of what the program said. */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code === 0) return stdout;
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n');
  throw new Error(`${program} ${args.join(' ')} exited ${code}:\n${said}`);
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
