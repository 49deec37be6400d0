/** Scripts of a starter. */
import { type Check, linesOf, merge, type Report } from '../check.ts';
import { run } from '../process.ts';
import type { Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { shellcheck } from '../tools.ts';

export const shellcheckCheck: Check = {
  name: 'shellcheck',
  version: shellcheck.version,
  tools: [shellcheck],
  run: async stacks => merge(await Promise.all(stacks.map(lint))),
};

async function lint(stack: Stack): Promise<Report> {
  const scripts = stack.files.filter(file => file.endsWith('.sh'));
  const args = ['--format', 'gcc', '--external-sources', ...scripts];
  const { code, stdout, stderr } = await run(programOf(shellcheck), args, { cwd: stack.folder });
  const errors = code === 0 ? [] : linesOf(stack.name, stdout || stderr || `exit ${code}`);
  return { files: scripts.length, errors, notes: [] };
}
