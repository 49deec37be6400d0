/** Each record of a generated repository is confirmed by a script there: it passes as generated and fails on a changed copy. */
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root, scratch } from '../cli/run.ts';

const SCRIPT = 'scripts/check-decisions.sh';
const golden = join(root, 'test/golden');
const stacks = readdirSync(golden).filter(name => existsSync(join(golden, name, SCRIPT)));

interface RecordCheck {
  readonly decision: string;
  readonly command: string;
}

function checksIn(script: string): readonly RecordCheck[] {
  let decision = '';
  return script.split('\n').flatMap(line => {
    decision = /^if wanted ([\w-]+); then$/.exec(line)?.[1] ?? decision;
    const command = /^ {2}if \{ (.*); \} >\/dev\/null 2>&1$/.exec(line)?.[1];
    return command === undefined ? [] : [{ decision, command }];
  });
}

interface Ran {
  readonly code: number | null;
  readonly text: string;
}

function run(directory: string, ...decisions: string[]): Ran {
  const { status, stdout, stderr } = spawnSync('bash', [SCRIPT, ...decisions], {
    cwd: directory,
    encoding: 'utf8',
  });
  return { code: status, text: stdout + stderr };
}

/** Runs it again and again in one shell: to start one for each costs more than all that the script does. */
function shellIn(directory: string) {
  const loop = 'while read -r decision; do (. "$0" "$decision") 2>&1 </dev/null; echo "ended $?"; done';
  const shell = spawn('bash', ['-c', loop, SCRIPT], { cwd: directory, stdio: ['pipe', 'pipe', 'inherit'] });
  shell.stdout.setEncoding('utf8');
  const runFor = (decision: string): Promise<Ran> =>
    new Promise(resolve => {
      let text = '';
      const hear = (piece: string): void => {
        text += piece;
        const code = /^ended (\d+)\n$/m.exec(text)?.[1];
        if (code === undefined) return;
        shell.stdout.off('data', hear);
        resolve({ code: Number(code), text });
      };
      shell.stdout.on('data', hear);
      shell.stdin.write(`${decision}\n`);
    });
  return { run: runFor, end: () => shell.stdin.end() };
}

/** Makes the one thing untrue that the command looks at; the paths that were changed. */
function breakIt(directory: string, command: string): readonly string[] {
  const words = command.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  const pattern = /'([^']*)'/.exec(command)?.[1] ?? '';
  const paths = words.filter(word => /^[\w./-]+$/.test(word) && existsSync(join(directory, word)));
  const [first = ''] = paths;
  const path = join(directory, first);
  if (command.startsWith('! grep')) {
    const file = oneFileOf(path);
    const [, piped] = /\| grep -qE '([^']*)'/.exec(command) ?? [];
    const line = `${sampleOf(pattern)}${piped === undefined ? '' : sampleOf(piped)}`;
    writeFileSync(file, `${readFileSync(file, 'utf8')}${line}\n`);
    return [file];
  }
  if (command.startsWith('test ! -e ')) {
    const unwanted = join(directory, words[3] ?? '');
    mkdirSync(unwanted);
    return [unwanted];
  }
  if (command.startsWith('test "$(find clusters')) {
    const [cluster = ''] = readdirSync(join(directory, 'clusters'));
    const removed = join(directory, 'clusters', cluster);
    rmSync(removed, { recursive: true });
    return [removed];
  }
  if (pattern !== '') {
    const named = (/' ([\w./ -]+)/.exec(command)?.[1] ?? '').split(' ').filter(word => /^[\w.]/.test(word));
    const matching = new RegExp(expressionOf(command, pattern), /grep -\w*i/.test(command) ? 'i' : '');
    const all = named.flatMap(name => filesOf(join(directory, name)));
    const holders = all.filter(file =>
      readFileSync(file, 'utf8')
        .split('\n')
        .some(line => matching.test(line)),
    );
    if (holders.length === 0) throw new Error(`nothing matches: ${command}`);
    for (const holder of holders) {
      const lines = readFileSync(holder, 'utf8').split('\n');
      writeFileSync(holder, lines.filter(line => !matching.test(line)).join('\n'));
    }
    return holders;
  }
  rmSync(path, { recursive: true });
  return [path];
}

/** Basic expressions, which grep reads without -E, take brackets as they are. */
function expressionOf(command: string, pattern: string): string {
  if (/grep -\w*F/.test(command)) return pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return /grep -\w*E/.test(command) ? pattern : pattern.replace(/(?<!\\)[(){}+?|]/g, '\\$&');
}

/** A line that the pattern of a simple grep matches. */
function sampleOf(pattern: string): string {
  const [first = ''] = pattern.replace(/\(([^|()]*)(?:\|[^()]*)?\)/g, '$1').split('|');
  const sample = first
    .replace(/^\^|\$$/g, '')
    .replace(/\[\^[^\]]+\]\+/g, 'web')
    .replace(/(.)[+*]/g, '$1')
    .replace(/\\(.)/g, '$1');
  if (!new RegExp(pattern).test(sample)) throw new Error(`"${sample}" is no sample of ${pattern}`);
  return sample;
}

function filesOf(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

function oneFileOf(path: string): string {
  const [file] = filesOf(path);
  if (file === undefined) throw new Error(`${path} holds no file`);
  return file;
}

test('there are stacks with a starter to look at', () => {
  expect(stacks.length).toBeGreaterThan(1);
});

describe.each(stacks)('the records of %s', name => {
  const script = readFileSync(join(golden, name, SCRIPT), 'utf8');
  const checks = checksIn(script);
  // The script only reads.
  const directory = join(golden, name);
  // One copy for all that is broken: a script of some milliseconds needs no tree of its own.
  const copy = join(scratch(), 'mutated');
  cpSync(directory, copy, { recursive: true });
  const shell = shellIn(copy);
  afterAll(shell.end);

  test('say how each is confirmed, and the commands they name are there', () => {
    for (const file of readdirSync(join(directory, 'docs/adr')).filter(one => /^\d{4}-/.test(one))) {
      const text = readFileSync(join(directory, 'docs/adr', file), 'utf8');
      const confirmation = /^### Confirmation\n\n((?:\* .*\n)+)/m.exec(text)?.[1] ?? '';
      const [, decision] = /`scripts\/check-decisions\.sh ([\w-]+)`/.exec(confirmation) ?? [];
      if (decision === undefined) {
        // What needs an account, a cluster or a person names what it reads; the rest is in the script.
        const read = /; it reads `([^`]+)`\.$/m.exec(confirmation)?.[1];
        if (read === undefined)
          expect(confirmation, file).toMatch(/^\* A person confirms it, since nothing is generated/);
        else expect(existsSync(join(directory, read)), `${file}: ${read}`).toBe(true);
      } else
        expect(
          checks.map(check => check.decision),
          file,
        ).toContain(decision);
      expect(text, file).toContain(decision === undefined ? '' : `tags: [${decision}`);
    }
  });
  test('are all kept as generated', () => {
    const { code, text } = run(directory);
    expect(text).not.toContain('BROKEN');
    expect(text.split('\n').filter(line => line.startsWith('holds  ADR-'))).toHaveLength(checks.length);
    expect(code).toBe(0);
    expect(run(directory, 'no-such-decision').code).toBe(2);
  });
  test.each(checks)('are seen to be broken: $decision, $command', async ({ decision, command }) => {
    const changed = breakIt(copy, command);
    const { code, text } = await shell.run(decision);
    for (const path of changed) {
      const original = join(directory, relative(copy, path));
      if (!existsSync(original)) rmSync(path, { recursive: true });
      else if (statSync(original).isFile()) copyFileSync(original, path);
      else cpSync(original, path, { recursive: true });
    }
    expect(text).toContain('BROKEN ADR-');
    expect(code).toBe(1);
  });
  test('hold again once that is put back', () => {
    expect(run(copy).code).toBe(0);
  });
  test('run in the pipeline', () => {
    const validate = readFileSync(join(directory, 'scripts/validate.sh'), 'utf8');
    expect(validate).toMatch(new RegExp(`^ {2}${SCRIPT}$`, 'm'));
    expect(readFileSync(join(directory, '.github/workflows/validate.yaml'), 'utf8')).toContain(
      'run: scripts/validate.sh',
    );
  });
});
