/** Schemas of the kinds that Kubernetes itself does not have. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { OWN_SCHEMAS } from '../test/checks/schemas.ts';
import { CONSTRAINT } from '../test/checks/service-schemas.ts';

/** Where they lie on a machine that has them; elsewhere the public catalogue is read. */
const LOCAL = resolve(import.meta.dirname, '../../shared/schemas');
/** Of kinds that no collection has. */
const OWN = resolve(import.meta.dirname, 'schemas');
const CATALOGUE = 'https://raw.githubusercontent.com/datreeio/CRDs-catalog/main';
const CONSTRAINTS = 'constraints.gatekeeper.sh';
const FILE = '{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';
/** Of a group whose kinds are made in each repository. */
const ANY_KIND = 'any_{{.ResourceAPIVersion}}.json';

/** As kubeconform is told of them; `own` is the folder of {@link writeOwnSchemas}. */
export function schemaLocations(own: string): readonly string[] {
  const shared = existsSync(LOCAL)
    ? [`${LOCAL}/{{.Group}}/${FILE}`, `${LOCAL}/${FILE}`]
    : ['default', `${CATALOGUE}/{{.Group}}/${FILE}`];
  return [
    ...shared,
    `${OWN}/{{.Group}}/${FILE}`,
    `${own}/{{.Group}}/${FILE}`,
    `${own}/{{.Group}}/${ANY_KIND}`,
  ];
}

/** The schemas that `npm test` holds such objects against as well, as files; the folder of theirs. */
export function writeOwnSchemas(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-schemas-'));
  for (const [name, schema] of OWN_SCHEMAS) {
    const [, group = '', version = '', kind = ''] = /^(.*)\/(\S+) (\S+)$/.exec(name) ?? [];
    writeSchema(join(folder, group, `${kind.toLowerCase()}_${version}.json`), schema);
  }
  writeSchema(join(folder, `${CONSTRAINTS}/any_v1beta1.json`), CONSTRAINT);
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

interface KindVersion {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The schema of one kind; throws where nobody has one. */
export async function schemaOf({
  group,
  version,
  kind,
}: KindVersion): Promise<Readonly<Record<string, unknown>>> {
  const name = `${group}/${kind.toLowerCase()}_${version}.json`;
  const file = [LOCAL, OWN].map(folder => join(folder, name)).find(existsSync);
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8'));
  const own = OWN_SCHEMAS.get(`${group}/${version} ${kind}`);
  if (own !== undefined) return JSON.parse(JSON.stringify(own));
  if (group === CONSTRAINTS) return JSON.parse(JSON.stringify(CONSTRAINT));
  const response = existsSync(LOCAL) ? null : await fetch(`${CATALOGUE}/${name}`);
  if (response?.ok !== true) throw new Error(`no schema is known of ${kind} in ${group}/${version}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}
