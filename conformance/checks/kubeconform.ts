/** Every object that a cluster is given holds against the schema of its kind, with nothing unknown and nothing skipped. */
import { rmSync } from 'node:fs';
import { type Check, linesOf, merge, type Report } from '../check.ts';
import { pinned } from '../pinned.ts';
import { run } from '../process.ts';
import { type Rendered, render } from '../render.ts';
import { schemaLocations, writeOwnSchemas } from '../schemas.ts';
import type { Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { kubeconform, kustomize } from '../tools.ts';

interface Output {
  readonly resources?: readonly Resource[];
}
interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly status: string;
  readonly msg: string;
}

export const kubeconformCheck: Check = {
  name: 'kubeconform',
  version: kubeconform.version,
  tools: [kustomize, kubeconform],
  run: async stacks => {
    const own = writeOwnSchemas();
    const locations = schemaLocations(own);
    const reports = await Promise.all(stacks.map(stack => validateAll(stack, locations)));
    rmSync(own, { recursive: true });
    return merge(reports);
  },
};

async function validateAll(stack: Stack, locations: readonly string[]): Promise<Report> {
  const reports: Report[] = [];
  for (const rendered of await render(stack)) reports.push(await validate(stack, rendered, locations));
  return merge(reports);
}

/** A kind without a schema is an error here, not skipped: what is not looked at must not look green. */
async function validate(
  stack: Stack,
  { cluster, path, yaml }: Rendered,
  schemas: readonly string[],
): Promise<Report> {
  const locations = schemas.flatMap(location => ['-schema-location', location]);
  const version = ['-kubernetes-version', pinned('kubectl')];
  const args = ['-strict', '-output', 'json', ...version, ...locations, '-'];
  const place = `${stack.name} ${path} (${cluster})`;
  const { code, stdout, stderr } = await run(programOf(kubeconform), args, { input: yaml, on: place });
  const { resources = [] } = parse(stdout);
  const errors = resources.map(({ kind, name, msg }) => `${place} ${kind}/${name}: ${msg}`);
  if (code !== 0 && errors.length === 0) errors.push(...linesOf(place, stderr || `exit ${code}`));
  return { files: 1, errors, notes: [] };
}

function parse(stdout: string): Output {
  return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Output);
}
