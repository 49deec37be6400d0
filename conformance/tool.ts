/** An outside program: what it is called, which version is pinned, how it gets into `.tools/`. */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Path of the program within the folder of the tool. */
  readonly program: string;
  /** Puts the program there; throws with the reason where it cannot. */
  readonly install: (folder: string) => Promise<void>;
}

const TOOLS = resolve(import.meta.dirname, '../.tools');
const COMPLETE = 'complete';

export function folderOf({ name, version }: Tool): string {
  return join(TOOLS, `${name}-${version}`);
}

export function programOf(tool: Tool): string {
  return join(folderOf(tool), tool.program);
}

export function isInstalled(tool: Tool): boolean {
  return existsSync(join(folderOf(tool), COMPLETE));
}

/** Seconds it took. A mark is written last, so an install that was stopped half-way is done again. */
export async function install(tool: Tool): Promise<number> {
  const start = performance.now();
  const folder = folderOf(tool);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await tool.install(folder);
  if (!existsSync(programOf(tool))) throw new Error(`the install left no ${tool.program}`);
  await writeFile(join(folder, COMPLETE), '');
  return (performance.now() - start) / 1000;
}
