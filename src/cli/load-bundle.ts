/**
 * Loads a bundle that lies beside this one. What V8 compiled of it in an earlier run is kept in `code-cache/` there and
 * handed back to V8, which halves the time to the first line of ours. Only ever a matter of speed: where that folder
 * cannot be read or written, or V8 does not take what is in it, everything is compiled again.
 */
import { isAscii } from 'node:buffer';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { version } from '../../package.json';

type Wrapped = (
  module: { exports: object },
  require: NodeJS.Require,
  filename: string,
  folder: string,
) => void;

const loaded = new Map<string, object>();

/** `purpose` says what the run is for: what it executes, and so what is worth keeping of it, differs. */
export function loadBundle(folder: string, name: string, purpose: string): object {
  const file = join(folder, `${name}.cjs`);
  const known = loaded.get(file);
  if (known !== undefined) return known;
  const bytes = readFileSync(file);
  const place = placeOf(folder, `${name}-${purpose}`, file);
  const kept = place === null ? null : readKept(place);
  // The build wraps a bundle in a function, and escapes what is not ASCII: V8 can take such a text as it is.
  const script = new Script(bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8'), {
    filename: file,
    ...(kept !== null && { cachedData: kept }),
  });
  const module = { exports: {} };
  const requireHere = ((id: string) =>
    id.startsWith('./')
      ? loadBundle(folder, id.slice(2, -'.cjs'.length), purpose)
      : require(id)) as NodeJS.Require;
  (script.runInThisContext() as Wrapped)(module, requireHere, file, folder);
  loaded.set(file, module.exports);
  const isKept = kept !== null && script.cachedDataRejected !== true;
  if (place !== null && (!isKept || process.env.CHARTROOM_KEEP_CODE === 'all')) keepLater(script, place);
  return module.exports;
}

/** Of the command line, as a part of a file's name: `decide`, `decide-out`, `wizard`. */
export function purpose([, , command = '', ...rest]: readonly string[]): string {
  if (!/^[a-z]{1,20}$/.test(command)) return 'wizard';
  return rest.some(argument => argument.startsWith('--out')) ? `${command}-out` : command;
}

interface Place {
  readonly folder: string;
  readonly file: string;
}

/** Named for everything that the compiled code depends on; null where nothing is to be kept. */
function placeOf(folder: string, name: string, bundle: string): Place | null {
  if (process.env.NODE_DISABLE_COMPILE_CACHE !== undefined) return null;
  try {
    const [node, code] = [statSync(process.execPath), statSync(bundle)];
    const program = [process.version, process.arch, node.size, Math.trunc(node.mtimeMs)].join('-');
    const of = [version, code.size, Math.trunc(code.mtimeMs)].join('-');
    const kept = join(folder, 'code-cache', program);
    return { folder: kept, file: join(kept, `${name}-${of}`) };
  } catch {
    return null;
  }
}

/** Last in the file: one that was cut off does not have it. */
const END = Buffer.from('chartroom code cache');

function readKept({ file }: Place): Buffer | null {
  try {
    const bytes = readFileSync(file);
    const end = bytes.length - END.length;
    return end > 0 && bytes.compare(END, 0, END.length, end) === 0 ? bytes.subarray(0, end) : null;
  } catch {
    return null;
  }
}

/** Once what was loaded has run, since the functions that it used are compiled then; in the wizard while a person reads. */
function keepLater(script: Script, place: Place): void {
  let isKept = false;
  const keepOnce = (): void => {
    if (!isKept) keep(script, place);
    isKept = true;
  };
  process.once('exit', keepOnce);
  setTimeout(keepOnce, READING_TIME).unref();
}
const READING_TIME = 1500;

function keep(script: Script, { folder, file }: Place): void {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, Buffer.concat([script.createCachedData(), END]));
    renameSync(temporary, file);
  } catch {
    // The folder is read-only, the disk is full: the next run compiles again.
  }
}
