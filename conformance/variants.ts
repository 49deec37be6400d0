/** Stacks that no example is: stacks/NAME.yaml names an example and what is answered, pinned and called otherwise. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';

const FOLDER = join(import.meta.dirname, 'stacks');
export const VARIANTS = readdirSync(FOLDER)
  .sort()
  .map(name => join(FOLDER, name));

interface Variant {
  readonly from: string;
  readonly project?: Readonly<Record<string, unknown>>;
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly pins?: Readonly<Record<string, string>>;
}
interface AnswersFile {
  readonly project: Readonly<Record<string, unknown>>;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly pins?: Readonly<Record<string, unknown>>;
}

export const isVariant = (file: string): boolean => VARIANTS.includes(file);

/** Writes the answers file of a variant into `scratch` and says where it lies. */
export async function answersOf(file: string, scratch: string, examples: string): Promise<string> {
  const { from, project, answers, pins = {} }: Variant = parse(readFileSync(file, 'utf8'));
  const base: AnswersFile = parse(readFileSync(join(examples, `${from}.yaml`), 'utf8'));
  const pinned = Object.entries(pins).map(([decision, choose]) => [
    decision,
    { choose, because: 'Seen by the tools of the conformance run.' },
  ]);
  const folder = join(scratch, 'answers');
  await mkdir(folder, { recursive: true });
  const path = join(folder, basename(file));
  const whole = {
    ...base,
    project: { ...base.project, ...project },
    answers: { ...base.answers, ...answers },
    pins: { ...base.pins, ...Object.fromEntries(pinned) },
  };
  await writeFile(path, stringify(whole));
  return path;
}
