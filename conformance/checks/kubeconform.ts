/** Every object that a cluster is given holds against the schema of its kind, with nothing unknown and nothing skipped. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { OWN_SCHEMAS } from '../../test/checks/schemas.ts';
import { CONSTRAINT } from '../../test/checks/service-schemas.ts';
import { type Check, linesOf, merge, type Report } from '../check.ts';
import { pinned } from '../pinned.ts';
import { run } from '../process.ts';
import { type Rendered, render } from '../render.ts';
import type { Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { kubeconform, kustomize } from '../tools.ts';

const LOCAL = resolve(import.meta.dirname, '../../../shared/schemas');
const FILE = '{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';
/** Of a group whose kinds are made in each repository. */
const ANY_KIND = 'any_{{.ResourceAPIVersion}}.json';
/** Of kinds that no collection has. */
const OWN = `${resolve(import.meta.dirname, '../schemas')}/{{.Group}}/${FILE}`;
const SCHEMAS = existsSync(LOCAL)
  ? [`${LOCAL}/{{.Group}}/${FILE}`, `${LOCAL}/${FILE}`]
  : ['default', `https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/${FILE}`];

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
    const locations = [...SCHEMAS, OWN, `${own}/{{.Group}}/${FILE}`, `${own}/{{.Group}}/${ANY_KIND}`];
    const reports = await Promise.all(stacks.map(stack => validateAll(stack, locations)));
    rmSync(own, { recursive: true });
    return merge(reports);
  },
};

/** The schemas that `npm test` holds such objects against as well; the folder of theirs. */
function writeOwnSchemas(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-schemas-'));
  for (const [name, schema] of OWN_SCHEMAS) {
    const [, group = '', version = '', kind = ''] = /^(.*)\/(\S+) (\S+)$/.exec(name) ?? [];
    writeSchema(join(folder, group, `${kind.toLowerCase()}_${version}.json`), schema);
  }
  writeSchema(join(folder, 'constraints.gatekeeper.sh/any_v1beta1.json'), CONSTRAINT);
  return folder;
}

/** kubeconform reads draft 4, where an empty list of what is required is an error. */
function writeSchema(file: string, schema: object): void {
  mkdirSync(dirname(file), { recursive: true });
  const text = JSON.stringify(schema, (key, value) =>
    key === 'required' && value.length === 0 ? undefined : value,
  );
  writeFileSync(file, text);
}

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
  const { code, stdout, stderr } = await run(programOf(kubeconform), args, { input: yaml });
  const place = `${stack.name} ${path} (${cluster})`;
  const { resources = [] } = parse(stdout);
  const errors = resources.map(({ kind, name, msg }) => `${place} ${kind}/${name}: ${msg}`);
  if (code !== 0 && errors.length === 0) errors.push(...linesOf(place, stderr || `exit ${code}`));
  return { files: 1, errors, notes: [] };
}

function parse(stdout: string): Output {
  return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Output);
}
