/** Nothing in a starter looks like a secret; the starter's own .gitleaks.toml says what is known not to be one. */
import { type Check, merge, type Report } from '../check.ts';
import { run } from '../process.ts';
import type { Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { gitleaks } from '../tools.ts';

interface Leak {
  readonly RuleID: string;
  readonly File: string;
  readonly StartLine: number;
}

export const gitleaksCheck: Check = {
  name: 'gitleaks',
  version: gitleaks.version,
  tools: [gitleaks],
  run: async stacks => merge(await Promise.all(stacks.map(scan))),
};

async function scan(stack: Stack): Promise<Report> {
  const options = ['--no-banner', '--redact', '--report-format', 'json', '--report-path', '-'];
  const { code, stdout, stderr } = await run(programOf(gitleaks), ['dir', ...options, stack.folder], {
    cwd: stack.folder,
  });
  const leaks = stdout.trim() === '' ? [] : (JSON.parse(stdout) as readonly Leak[]);
  const errors = leaks.map(
    ({ RuleID, File, StartLine }) =>
      `${stack.name} ${File.replace(`${stack.folder}/`, '')}:${StartLine}: ${RuleID}`,
  );
  if (code !== 0 && errors.length === 0) errors.push(`${stack.name}: ${stderr.trim() || `exit ${code}`}`);
  return { files: stack.files.length, errors, notes: [] };
}
