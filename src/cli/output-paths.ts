/** Paths in an output directory that commands have to tell apart. */
import { LOCK_PATH, OWN_FOLDER } from '../files/lock.ts';

export const ANSWERS_PATH = `${OWN_FOLDER}/answers.yaml`;
/** Keeps what only we read out of code reviews, and Git from giving texts that are counted other line ends. */
export const ATTRIBUTES_PATH = `${OWN_FOLDER}/.gitattributes`;
export const ATTRIBUTES = 'base.txt -text -diff linguist-generated\nlock.json linguist-generated\n';

/** One page for those who decide about the money. */
export const BRIEF_PATH = 'docs/brief.md';

/** The paths that a run speaks for: what it no longer writes of them goes. Never our own lock. */
export function covers(part: 'everything' | 'adr' | 'starter', folder: string): (path: string) => boolean {
  const isRecord = (path: string): boolean =>
    folder === '' || path.startsWith(`${folder}/`) || path === BRIEF_PATH;
  return path => path !== LOCK_PATH && (part === 'everything' || isRecord(path) === (part === 'adr'));
}

/** For programs: lines of two versions together would be neither. */
export const isData = (path: string): boolean =>
  path === ANSWERS_PATH || /(?:^|\/)(?:decisions|index)\.json$/.test(path);
