/** What the lock file remembers of a run: by which program, knowledge and packs, on which day, with which answers. */
import { version } from '../../package.json';
import { plainAnswers } from '../answers/plain.ts';
import type { Catalogue } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import type { Input } from '../engine/decide.ts';
import type { LockData, LockHead } from '../files/lock.ts';

export function lockHead(catalogue: Catalogue, input: Input, project: Project, records: LockData): LockHead {
  const { answers, pins } = plainAnswers({ ...input, project });
  const packs = catalogue.packs.map(pack => ({ name: pack.name, version: pack.version }));
  return { chartroom: version, knowledge: catalogue.digest, asOf: input.asOf, packs, answers, pins, records };
}
