/** The project details as fields of a form: what each is called, what belongs in it, and what is wrong with it. */
import { checkProject, type Project, type ProjectProblem } from '../content/project.ts';

interface Field {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** Where it lies in the answers file. */
  readonly path: readonly string[];
  /** Several values, separated by commas. */
  readonly list?: true;
}

export const FIELDS = [
  {
    id: 'name',
    label: 'Project name',
    hint: 'Lower-case letters, digits and hyphens: shop',
    path: ['name'],
  },
  {
    id: 'organisation',
    label: 'Organisation',
    hint: 'As in the address of the repository: acme',
    path: ['organisation'],
  },
  {
    id: 'domain',
    label: 'Domain',
    hint: 'Where the services will be reached: shop.example.com',
    path: ['domain'],
  },
  {
    id: 'repository',
    label: 'Repository',
    hint: 'https://github.com/acme/platform',
    path: ['repository'],
  },
  {
    id: 'regions',
    label: 'Regions',
    hint: 'Separated by commas: eu-central-1, eu-west-1',
    path: ['regions'],
    list: true,
  },
  {
    id: 'teams',
    label: 'Teams',
    hint: 'One namespace each, separated by commas: checkout, catalogue',
    path: ['teams'],
    list: true,
  },
  {
    id: 'platform-group',
    label: 'OIDC group, platform',
    hint: 'Group that administers the platform',
    path: ['oidc-groups', 'platform'],
  },
  {
    id: 'developers-group',
    label: 'OIDC group, developers',
    hint: 'Group that deploys to it',
    path: ['oidc-groups', 'developers'],
  },
  {
    id: 'deciders',
    label: 'Deciders',
    hint: 'Named in every decision record, separated by commas',
    path: ['deciders'],
    list: true,
  },
  {
    id: 'alert-receiver',
    label: 'Alerts go to',
    hint: 'An e-mail address or an https webhook',
    path: ['alert-receiver'],
  },
  {
    id: 'vpc-cidr',
    label: 'Network',
    hint: 'IPv4 range of the network: 10.0.0.0/16',
    path: ['network', 'vpc'],
  },
  { id: 'pods-cidr', label: 'Pod range', hint: 'IPv4 range: 10.64.0.0/14', path: ['network', 'pods'] },
  {
    id: 'services-cidr',
    label: 'Service range',
    hint: 'IPv4 range: 172.20.0.0/16',
    path: ['network', 'services'],
  },
] as const satisfies readonly Field[];
export type FieldId = (typeof FIELDS)[number]['id'];
export type ProjectTexts = Readonly<Partial<Record<FieldId, string>>>;

export function isField(id: string): id is FieldId {
  return FIELDS.some(field => field.id === id);
}

/** What is wrong, by field, in words for the line below it. Empty where all holds. */
export function fieldProblems(texts: ProjectTexts): ReadonlyMap<FieldId, string> {
  const checked = checkProject(rawProject(texts));
  const found = new Map<FieldId, string>();
  if ('project' in checked) return found;
  for (const problem of checked.problems) {
    const field = FIELDS.find(({ path }) =>
      path.every((part, index) => String(problem.path[index]) === part),
    );
    const id = field?.id ?? 'name';
    if (!found.has(id)) found.set(id, inWords(problem));
  }
  return found;
}

function inWords({ code, message, help }: ProjectProblem): string {
  if (code === 'missing-key') return 'A project name is needed.';
  return help === '' ? `${message}.` : `${message}. ${help}`;
}

/** The details that hold; a field with a problem is left out. */
export function projectOf(texts: ProjectTexts): Project {
  const wrong = fieldProblems(texts);
  const kept = Object.fromEntries(Object.entries(texts).filter(([id]) => isField(id) && !wrong.has(id)));
  const checked = checkProject(rawProject(kept));
  return 'project' in checked ? checked.project : { name: '' };
}

export function textsOf(project: Project): ProjectTexts {
  const texts: Partial<Record<FieldId, string>> = {
    name: project.name,
    organisation: project.organisation,
    domain: project.domain,
    repository: project.repository,
    regions: project.regions?.join(', '),
    teams: project.teams?.join(', '),
    'platform-group': project.oidcGroups?.platform,
    'developers-group': project.oidcGroups?.developers,
    deciders: project.deciders?.join(', '),
    'alert-receiver': project.alertReceiver,
    'vpc-cidr': project.network?.vpc,
    'pods-cidr': project.network?.pods,
    'services-cidr': project.network?.services,
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
}

/** As an answers file would hold it: blank fields are absent. */
function rawProject(texts: ProjectTexts): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const field of FIELDS as readonly Field[]) {
    const text = (texts[field.id as FieldId] ?? '').trim();
    if (text === '') continue;
    const value = field.list === true ? partsOf(text) : text;
    const [outer, inner] = field.path;
    if (outer === undefined) continue;
    if (inner === undefined) raw[outer] = value;
    else raw[outer] = { ...(raw[outer] as Record<string, unknown> | undefined), [inner]: value };
  }
  return raw;
}

function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}
