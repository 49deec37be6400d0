/** Terraform, objects and workflows under checkov, with the waivers that stand in the starter itself. */
import { type Check, merge, type Report } from '../check.ts';
import { run } from '../process.ts';
import type { Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { checkov } from '../tools.ts';

const CONFIGURATION = 'policies/checkov.yaml';

interface Result {
  readonly check_type: string;
  readonly results: {
    readonly failed_checks: readonly Finding[];
    /** Absent under `quiet`. */
    readonly skipped_checks?: readonly Finding[];
  };
  readonly summary: { readonly parsing_errors: number };
}
interface Finding {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
  readonly check_result: { readonly suppress_comment?: string };
}

export const checkovCheck: Check = {
  name: 'checkov',
  version: checkov.version,
  tools: [checkov],
  run: async stacks => merge(await Promise.all(stacks.map(scan))),
};

async function scan(stack: Stack): Promise<Report> {
  const read = stack.files.filter(file => /\.(?:tf|ya?ml)$/.test(file));
  const configuration = stack.files.includes(CONFIGURATION)
    ? ['--config-file', CONFIGURATION]
    : ['--framework', 'terraform', 'github_actions'];
  const options = ['--directory', '.', '--output', 'json', '--skip-download', ...configuration];
  const { code, stdout, stderr } = await run(programOf(checkov), options, {
    cwd: stack.folder,
    // By itself it gives up on a file after ten seconds, which many repositories at once can take.
    environment: { HCL_PARSE_TIMEOUT_SEC: '120' },
  });
  const results = parse(stdout);
  const errors = results.flatMap(({ check_type, results: { failed_checks }, summary }) => [
    ...failed_checks.map(
      ({ check_id, check_name, resource, file_path }) =>
        `${stack.name} ${file_path} ${resource}: ${check_id}: ${check_name}`,
    ),
    ...(summary.parsing_errors > 0
      ? [`${stack.name}: ${summary.parsing_errors} files of ${check_type} cannot be read`]
      : []),
  ]);
  if (results.length === 0) errors.push(`${stack.name}: said nothing, exit ${code}: ${stderr.slice(-400)}`);
  const notes = results.flatMap(({ results: { skipped_checks = [] } }) =>
    skipped_checks.map(
      ({ check_id, resource, check_result }) =>
        `${stack.name} waives ${check_id} for ${resource}: ${check_result.suppress_comment ?? 'no reason'}`,
    ),
  );
  return { files: read.length, errors, notes };
}

/** One result, or a list with one per framework; a summary without results where nothing was found to read. */
function parse(stdout: string): readonly Result[] {
  if (stdout.trim() === '') return [];
  const value = JSON.parse(stdout) as Result | readonly Result[];
  return (Array.isArray(value) ? value : [value]).filter(each => each.results !== undefined);
}
