/** Workflows, with the shell in them where shellcheck is installed. */
import { join } from 'node:path';
import { type Check, linesOf, merge, type Report } from '../check.ts';
import { run } from '../process.ts';
import type { Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { actionlint, shellcheck } from '../tools.ts';

export const actionlintCheck: Check = {
  name: 'actionlint',
  version: actionlint.version,
  tools: [actionlint, shellcheck],
  run: async stacks => merge(await Promise.all(stacks.map(lint))),
};

async function lint(stack: Stack): Promise<Report> {
  const workflows = stack.files.filter(file => /^\.github\/workflows\/.+\.ya?ml$/.test(file));
  const args = ['-oneline', '-no-color', '-shellcheck', programOf(shellcheck), '-pyflakes', ''];
  const paths = workflows.map(file => join(stack.folder, file));
  const { code, stdout, stderr } = await run(programOf(actionlint), [...args, ...paths], {
    cwd: stack.folder,
  });
  const errors = code === 0 ? [] : linesOf(stack.name, stdout || stderr || `exit ${code}`);
  return { files: workflows.length, errors, notes: [] };
}
