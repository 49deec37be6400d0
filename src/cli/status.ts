/** `chartroom status`: where one record stands, in the record, beside it and in the lock file, all at once or not at all. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adrId } from '../adr/number.ts';
import { BESIDE_RECORDS, patchAll } from '../adr/patch-all.ts';
import { type RecordName, readDeciders, readStatus, type Standing } from '../adr/standing.ts';
import { type Patch, planPatches } from '../files/patch.ts';
import { fileProblem, systemCode } from '../files/problem.ts';
import { readDirectory } from '../files/read-directory.ts';
import { recoverDirectory } from '../files/recover.ts';
import { writePlan } from '../files/write.ts';
import { type AdrFolder, findAdrFolder } from './adr-folder.ts';
import type { FlagValues } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, say } from './output.ts';
import { problemText } from './plan-text.ts';
import { flagDay, flagList } from './read-run.ts';
import { forbiddenChange, isTarget, namesOf, numberOf } from './status-rules.ts';
import { today } from './today.ts';

export async function status(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const [given = '', wanted = ''] = positionals;
  const day = flagDay(flags);
  if (day === null) return EXIT.badInput;
  if (!isTarget(wanted)) return wrong(`a status is accepted, rejected or superseded, not "${wanted}"`);
  const people = namesOf(flagList(flags.by));
  if ('problem' in people) return wrong(people.problem);
  const directory = typeof flags.dir === 'string' ? flags.dir : '.';
  const recovery = recoverDirectory(directory);
  if (recovery.status === 'failed') return problem(problemText(recovery.problem));
  const found = findAdrFolder(directory);
  if (found === null) return wrong(`no ADR was found in ${directory}; name its folder with --dir`);
  const record = readRecord(found, given);
  if (typeof record === 'string') return problem(record);
  const successor = typeof flags.successor === 'string' ? readRecord(found, flags.successor) : null;
  if (typeof successor === 'string') return problem(successor);
  const forbidden = forbiddenChange(record, wanted, successor);
  if (forbidden !== null) return problem(forbidden);
  const standing: Standing = {
    status: wanted,
    date: day ?? today(),
    deciders: people.names,
    successor: successor?.name ?? null,
  };
  if (saysSo(record, standing)) {
    print(`${adrId(record.name)} is ${wanted} already; nothing was changed.`);
    return EXIT.done;
  }
  return write(found, record, successor, standing);
}

interface StoredRecord {
  readonly name: RecordName;
  /** From the root that is written into. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly text: string;
  /** In lower case; may be one that we do not know. */
  readonly status: string;
}

/** The one record of this number, or what is wrong. */
function readRecord({ root, folder, records }: AdrFolder, given: string): StoredRecord | string {
  const number = numberOf(given);
  if (number === null) return `"${given}" is no number of an ADR; write 3, 0003 or ADR-0003`;
  const inFolder = folder === '' ? 'this folder' : folder;
  const same = records.filter(record => record.number === number);
  const [record] = same;
  if (record === undefined) {
    const numbers = records.map(one => one.number);
    const range = numbers.length === 0 ? 'none' : `${Math.min(...numbers)} to ${Math.max(...numbers)}`;
    return `there is no ${adrId({ number })} in ${inFolder}; its numbers are ${range}`;
  }
  if (same.length > 1) {
    return `${adrId({ number })} is there ${same.length} times: ${same.map(one => one.path).join(', ')}. Give one of them another number first.`;
  }
  const path = folder === '' ? record.path : `${folder}/${record.path}`;
  const bytes = readFileSync(join(root, path));
  const text = bytes.toString('utf8');
  const status = isUtf8(bytes) ? readStatus(text) : null;
  if (status === null) {
    return `${path} holds no status in a form that Chartroom knows: front matter, a list item "Status:" or a section "## Status"`;
  }
  const title = /^# (?:\d+\. )?(.*?)\s*$/m.exec(text)?.[1] ?? record.path;
  return { name: { number, title, path: record.path }, path, bytes, text, status };
}

/** Whether the record says all of it already; the day of an earlier decision stays. */
function saysSo(
  { text, status: now }: StoredRecord,
  { status: wanted, deciders, successor }: Standing,
): boolean {
  if (now !== wanted) return false;
  const names = readDeciders(text);
  return (
    deciders.every(name => names.includes(name)) &&
    (successor === null || text.includes(`(${successor.path})`))
  );
}

async function write(
  { root, folder }: AdrFolder,
  record: StoredRecord,
  successor: StoredRecord | null,
  standing: Standing,
): Promise<ExitCode> {
  const before = new Map<string, Buffer>([
    [record.name.path, record.bytes],
    ...(successor === null ? [] : [[successor.name.path, successor.bytes] as const]),
    ...BESIDE_RECORDS.flatMap(name => {
      const bytes = readIfThere(join(root, folder, name));
      return bytes === null ? [] : [[name, bytes] as const];
    }),
  ]);
  const tree = new Map([...before].map(([path, bytes]) => [path, bytes.toString('utf8')]));
  const changed = patchAll(tree, record.name, standing);
  const patches = [...before].flatMap(([name, bytes]): readonly Patch[] => {
    const text = changed.get(name);
    return text === undefined
      ? []
      : [{ path: folder === '' ? name : `${folder}/${name}`, before: bytes, text }];
  });
  const reading = readDirectory(
    root,
    patches.map(({ path }) => path),
  );
  if ('problems' in reading) return problem(reading.problems.map(problemText).join('\n'));
  const plan = planPatches(patches, reading.state);
  if (plan.status !== 'ready') {
    const problems = plan.status === 'refused' ? plan.problems : [plan.problem];
    return problem(problems.map(problemText).join('\n'));
  }
  const result = await writePlan(plan);
  if (result.status === 'failed') return problem(problemText(result.problem));
  if (result.status === 'interrupted') {
    say('Interrupted; nothing was changed.');
    return EXIT.interrupted;
  }
  for (const { path } of result.overtaken) {
    say(
      problemText(
        fileProblem('changed-meanwhile', path, 'this was changed in the meantime and left as it is'),
      ),
    );
  }
  print(told(record, standing, readDeciders(changed.get(record.name.path) ?? record.text)));
  for (const file of result.files) say(`  ${file}`);
  return result.overtaken.length > 0 ? EXIT.badInput : EXIT.done;
}

function told(
  { name, status: from }: StoredRecord,
  { status: to, date, successor }: Standing,
  names: string,
): string {
  const by = successor === null ? '' : ` by ${adrId(successor)}`;
  const people = names === '' ? 'not recorded; name them with --by' : names;
  const change = from === to ? `is ${to}` : `was ${from} and is ${to}`;
  return `${adrId(name)} ${change}${by}, ${date}. Decided by: ${people}.`;
}

/** Null for what is no text as well. */
function readIfThere(path: string): Buffer | null {
  try {
    const bytes = readFileSync(path);
    return isUtf8(bytes) ? bytes : null;
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(systemCode(error) ?? '')) return null;
    throw error;
  }
}

function wrong(message: string): ExitCode {
  say(`chartroom: ${message}\nTry: chartroom status --help`);
  return EXIT.badInput;
}

function problem(message: string): ExitCode {
  say(message);
  return EXIT.badInput;
}
