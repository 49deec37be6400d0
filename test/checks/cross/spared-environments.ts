/** What an environment does without is a value that people see, never one of production, and pages say how it is given back. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

export const sparedEnvironments: CrossCheck = {
  code: 'spared-environments',
  says: 'NAT gateways and zones of databases are values of each environment; production has most, and pages name who has less.',
  check: tree => [
    ...sized(tree),
    ...[...rootModules(tree)].flatMap(([folder, code]) => [
      ...fixed(folder, code),
      ...CHOICES.filter(({ name }) => code.includes(`variable "${name}" {`)).flatMap(choice =>
        chosen(tree, folder, code, choice),
      ),
    ]),
  ],
};

interface Choice {
  readonly name: 'nat_gateways' | 'database_zones';
  readonly values: readonly [most: string, least: string];
  /** Where the code keeps to the value. */
  readonly kept: RegExp;
}

const CHOICES: readonly Choice[] = [
  {
    name: 'nat_gateways',
    values: ['"each-zone"', '"one"'],
    kept: /^ +for_each = toset\(.*local\.nat_zones/m,
  },
  {
    name: 'database_zones',
    values: ['2', '1'],
    kept: /(?:multi_az|availability_type|for_each) += .*var\.database_zones == 2/,
  },
];

/** The code of each folder that has values for environments. */
function rootModules(tree: FileTree): ReadonlyMap<string, string> {
  const folders = new Set([...tree.keys()].flatMap(path => /^(infra\/[^/]+)\/envs\//.exec(path)?.[1] ?? []));
  const codeOf = (folder: string) =>
    [...tree].flatMap(([path, text]) =>
      path.startsWith(`${folder}/`) && /^[^/]+\.tf$/.test(path.slice(folder.length + 1)) ? [text] : [],
    );
  return new Map([...folders].map(folder => [folder, codeOf(folder).join('\n')]));
}

/** The page of costs names the value by which nodes become smaller, where there is one. */
function sized(tree: FileTree): readonly Finding[] {
  const page = 'docs/cost-to-own.md';
  if (!tree.get(page)?.includes('`workload_nodes`')) return [];
  return [...rootModules(tree).values()].some(code => code.includes('variable "workload_nodes" {'))
    ? []
    : [finding(page, 'names workload_nodes, which no infrastructure asks for')];
}

/** What no value of an environment changes, though it costs as often as there are zones. */
function fixed(folder: string, code: string): readonly Finding[] {
  return [
    [/_nat_gateway" "\w+" \{\n +for_each = local\.zone/, 'makes a NAT gateway in each zone'],
    [/^ +multi_az += true$/m, 'keeps its database in two zones'],
    [/^ +availability_type += .*(?<!\? )"REGIONAL"/m, 'keeps its database in two zones'],
  ].flatMap(([pattern, does]) =>
    (pattern as RegExp).test(code)
      ? [finding(folder, `${does} whatever the values of an environment say`)]
      : [],
  );
}

function chosen(tree: FileTree, folder: string, code: string, choice: Choice): readonly Finding[] {
  const environments = [...tree].flatMap(([path, text]) =>
    path.startsWith(`${folder}/envs/`) && path.endsWith('.tfvars.example')
      ? [{ path, environment: valueIn(text, 'environment'), value: valueIn(text, choice.name) }]
      : [],
  );
  const { name, values, kept } = choice;
  const full = defaultOf(code, name);
  const serving = environments.filter(each => ['"production"', '"shared"'].includes(each.environment ?? ''));
  const spared = environments.filter(({ value }) => value !== full && value === values[1]);
  return [
    ...(kept.test(code) ? [] : [finding(folder, `asks for ${name} and does not keep to it`)]),
    ...environments
      .filter(({ value }) => !values.includes(value ?? ''))
      .map(({ path }) => finding(path, `does not say ${name}`)),
    ...serving
      .filter(({ value }) => value !== full)
      .map(({ path, value }) => finding(path, `serves users with ${name} = ${value}, which is not ${full}`)),
    ...(spared.length === 0 ? [] : unsaid(tree, folder, choice, spared)),
  ];
}

/** What production has is what everybody has whose values do not say it. */
function defaultOf(code: string, name: string): string | undefined {
  return new RegExp(`^variable "${name}" \\{\n(?:  .*\n|\n)*?  default += (.+)$`, 'm').exec(code)?.[1];
}

/** Of a cluster the page of costs says it, of a service its architecture; of a database its runbook as well. */
function unsaid(
  tree: FileTree,
  folder: string,
  { name, values: [most] }: Choice,
  spared: readonly { readonly path: string }[],
): readonly Finding[] {
  const pages =
    folder === 'infra/ecs'
      ? ['docs/architecture.md', 'docs/architecture-serverless.md'].filter(page => tree.has(page)).slice(-1)
      : ['docs/cost-to-own.md', ...(name === 'database_zones' ? ['docs/runbooks/database.md'] : [])];
  return pages.flatMap(page => {
    const text = tree.get(page) ?? '';
    const names =
      folder === 'infra/ecs' ? ['staging has one'] : spared.map(({ path }) => path.replace('.example', ''));
    const missing = [...names, name, most].filter(word => !text.includes(word));
    return missing.length === 0
      ? []
      : [
          finding(
            page,
            `does not say who has less of ${name}, and how it is given back (${missing.join(', ')})`,
          ),
        ];
  });
}

function valueIn(text: string, name: string): string | undefined {
  return new RegExp(`^${name} += (.+?)(?: #.*)?$`, 'm').exec(text)?.[1];
}

function finding(place: string, message: string): Finding {
  return { code: 'spared-environments', place, message };
}
