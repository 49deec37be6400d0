/**
 * `npm run conformance`: generated repositories under the tools that production teams run. Installing and running are
 * two steps: `-- --install-only` does the first; a tool that is not there is installed, and one that cannot be is an error.
 * `-- NAME…` runs only these, `-- --answers FILE` on what comes of that file alone; `-- --planted` shows that each finds a mistake.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Check, Report } from './check.ts';
import { CHECKS } from './checks.ts';
import { unseenMistakes } from './planted.ts';
import { generateStacks, removeStacks, type Stack } from './stacks.ts';
import { install, isInstalled, type Tool } from './tool.ts';

const EXAMPLES = resolve(import.meta.dirname, '../examples');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'install-only': { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    answers: { type: 'string', multiple: true, default: [] },
  },
});
const unknown = positionals.filter(name => !CHECKS.some(check => check.name === name));
if (unknown.length > 0) {
  console.error(
    `No check is called ${unknown.join(', ')}. Known: ${CHECKS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const checks = CHECKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const missing = await installMissing(new Set(checks.flatMap(({ tools }) => tools)));
if (values['install-only']) process.exit(missing.size > 0 ? 1 : 0);

if (values.planted) {
  const unseen = await unseenMistakes(checks, example => generateStacks([join(EXAMPLES, `${example}.yaml`)]));
  for (const each of unseen) console.error(each);
  process.exit(unseen.length + missing.size > 0 ? 1 : 0);
}

const stacks = await generateStacks(values.answers);
let failures = missing.size;
for (const check of checks) failures += await runOne(check, stacks);
await removeStacks(stacks);
process.exitCode = failures > 0 ? 1 : 0;

async function installMissing(tools: ReadonlySet<Tool>): Promise<ReadonlySet<Tool>> {
  const failed = new Set<Tool>();
  for (const tool of tools) {
    if (isInstalled(tool)) continue;
    try {
      const seconds = await install(tool);
      console.log(`installed ${tool.name} ${tool.version} in ${seconds.toFixed(0)} s`);
    } catch (error) {
      failed.add(tool);
      console.error(
        `missing ${tool.name} ${tool.version}: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  return failed;
}

/** How many errors it found; prints them below its line. */
async function runOne({ name, version, tools, run }: Check, over: readonly Stack[]): Promise<number> {
  if (tools.some(tool => missing.has(tool))) {
    console.log(`not run ${name} ${version}: a tool it needs is missing`);
    return 1;
  }
  const start = performance.now();
  const { files, errors, notes } = await run(over).catch(failed);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`ran ${name} ${version}: ${files} files, ${errors.length} errors (${seconds} s)`);
  for (const note of notes) console.log(`  note: ${note}`);
  for (const error of errors) console.log(`  error: ${error}`);
  return errors.length;
}

/** A tool that cannot be run or understood is a finding, and the others still run. */
function failed(error: unknown): Report {
  return {
    files: 0,
    errors: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    notes: [],
  };
}
