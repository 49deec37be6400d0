/** `.chartroom/lock.json`: what we wrote into a directory, so that the next run can tell the user's edits from our text. */
import { writeJson } from './json.ts';
import { pathProblem } from './path-rules.ts';
import { type FileProblem, fileProblem } from './problem.ts';

/** Our own folder in the output directory. */
export const OWN_FOLDER = '.chartroom';
export const LOCK_PATH = `${OWN_FOLDER}/lock.json`;
const FORMAT = 1;

/** What a run says about itself. */
export interface LockHead {
  /** Version of Chartroom. */
  readonly chartroom: string;
  /** Digest of the catalogue. */
  readonly knowledge: string;
  readonly asOf: string;
  /** What the knowledge came from, ours among them. */
  readonly packs?: readonly { readonly name: string; readonly version: string }[];
  /** The answers and pins that it decided with, in the form of the answers file. */
  readonly answers?: LockData;
  readonly pins?: LockData;
  /** The folder of the records, their form, and the record of each decision. */
  readonly records?: LockData;
  /** How much of the stack was written; absent where no starter was. */
  readonly profile?: string;
  /** The addresses of each cluster: its network and its Services. */
  readonly ranges?: LockData;
}
export type LockData = { readonly [key: string]: unknown };
export interface Lock extends LockHead {
  /** Path to SHA-256 of the text that we generated last. */
  readonly files: ReadonlyMap<string, string>;
  /** The same for texts that were put beside a file of the user's. */
  readonly offered: ReadonlyMap<string, string>;
  /** Files that stood in our place before us: ours is put beside them and never merged into them. */
  readonly theirs: ReadonlySet<string>;
}

export function sha256(content: string | Buffer): string {
  // Loaded at the first use: that takes as long as reading an answers file does.
  return process.getBuiltinModule('node:crypto').hash('sha256', content);
}

export function writeLock({ asOf, files, offered, theirs, ...head }: Lock): string {
  const { chartroom, knowledge, packs, answers, pins, records, profile, ranges } = head;
  return writeJson({
    format: FORMAT,
    chartroom,
    knowledge,
    'as-of': asOf,
    packs,
    answers,
    pins,
    records,
    profile,
    ranges,
    files: sorted(files),
    ...(offered.size > 0 && { offered: sorted(offered) }),
    ...(theirs.size > 0 && { theirs: [...theirs].sort() }),
  });
}

/** `file` is the name that a problem is reported under. */
export function readLock(
  text: string,
  file: string,
): { readonly lock: Lock } | { readonly problem: FileProblem } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return damaged(file, 'it is no JSON');
  }
  if (!isRecord(data)) return damaged(file, 'it is no object');
  const { format, chartroom, knowledge, 'as-of': asOf } = data;
  if (typeof format === 'number' && format > FORMAT) {
    const message = `it has format ${format}; this Chartroom reads format ${FORMAT}`;
    return { problem: fileProblem('newer-lock', file, message, 'Use a newer Chartroom.') };
  }
  if (format !== FORMAT) return damaged(file, '"format" is missing');
  if (typeof chartroom !== 'string' || typeof knowledge !== 'string' || typeof asOf !== 'string') {
    return damaged(file, '"chartroom", "knowledge" or "as-of" is missing');
  }
  const files = hashes(data.files);
  const offered = hashes(data.offered ?? {});
  const { theirs = [] } = data;
  if (files === null || offered === null || !isPathList(theirs))
    return damaged(file, 'its list of files cannot be read');
  const packs = packList(data.packs ?? []);
  const { answers = {}, pins = {}, records = {} } = data;
  if (packs === null || !isRecord(answers) || !isRecord(pins) || !isRecord(records)) {
    return damaged(file, '"packs", "answers", "pins" or "records" cannot be read');
  }
  const { profile, ranges } = data;
  const head = {
    ...{ chartroom, knowledge, asOf, packs, answers, pins, records },
    ...(typeof profile === 'string' ? { profile } : {}),
    ...(isRecord(ranges) ? { ranges } : {}),
  };
  return { lock: { ...head, files, offered, theirs: new Set(theirs) } };
}

function damaged(file: string, why: string): { readonly problem: FileProblem } {
  const help =
    'Restore it from version control. Without it no file counts as ours: delete it, use --into-existing, and what differs is put beside.';
  return { problem: fileProblem('damaged-lock', file, `this lock file is damaged: ${why}`, help) };
}

/** Null where a path could lead out of the directory or a hash is none. */
function hashes(value: unknown): ReadonlyMap<string, string> | null {
  if (!isRecord(value)) return null;
  const map = new Map<string, string>();
  for (const [path, hash] of Object.entries(value)) {
    if (pathProblem(path) !== null || typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return null;
    map.set(path, hash);
  }
  return map;
}

function packList(value: unknown): LockHead['packs'] | null {
  if (!Array.isArray(value)) return null;
  const packs = value.flatMap(pack =>
    isRecord(pack) && typeof pack.name === 'string' && typeof pack.version === 'string'
      ? [{ name: pack.name, version: pack.version }]
      : [],
  );
  return packs.length === value.length ? packs : null;
}

function isPathList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(path => typeof path === 'string' && pathProblem(path) === null);
}

function sorted(map: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
