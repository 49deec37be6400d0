/** Paths in an output directory that commands have to tell apart. */
import { LOCK_PATH, OWN_FOLDER } from '../files/lock.ts';

export const ANSWERS_PATH = `${OWN_FOLDER}/answers.yaml`;
/** Keeps what only we read out of code reviews. */
export const ATTRIBUTES_PATH = `${OWN_FOLDER}/.gitattributes`;
export const ATTRIBUTES = 'base.json -diff linguist-generated\nlock.json linguist-generated\n';

/** Everything but our own lock: what a whole repository speaks for. */
export const coversAll = (path: string): boolean => path !== LOCK_PATH;
export const coversAdrs = (path: string): boolean => path.startsWith('docs/adr/');
export const coversStarter = (path: string): boolean => !coversAdrs(path);

/** For programs: lines of two versions together would be neither. */
export const isData = (path: string): boolean =>
  path === ANSWERS_PATH || /(?:^|\/)(?:decisions|index)\.json$/.test(path);
