/** docs/dependencies.md: each package that the program holds, with what it is for and what would stand in its place. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly bytes: number;
}

/** The packages that our own code imports; everything else in the bundles comes with one of them. */
const DIRECT: Readonly<Record<string, { readonly use: string; readonly instead: string }>> = {
  conf: {
    use: 'unfinished runs of the wizard, written atomically in the place that each system has for settings',
    instead: 'some 100 lines of our own for places and atomic writes',
  },
  ink: {
    use: 'the wizard: layout, keys, redrawing only what changed',
    instead: 'own escape sequences; the linear prompts of `--plain` do without it',
  },
  'node-diff3': {
    use: 'merging what a user edited with what is generated now, and showing changed lines',
    instead: 'a merge of our own, or no merge: ours beside theirs',
  },
  react: { use: 'the component model that Ink draws', instead: 'none with Ink' },
  yaml: {
    use: 'reading answers files and packs with places, rewriting them with every comment kept',
    instead: 'js-yaml, half the size, without places and comments',
  },
  zod: {
    use: 'the shape of project details and pins, as types, checks and JSON Schema',
    instead: 'valibot, ajv',
  },
};

export function dependenciesPage(packages: readonly ThirdParty[]): string {
  const kib = (bytes: number): string => `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KiB`;
  const direct = packages.filter(({ name }) => name in DIRECT);
  const indirect = packages.filter(({ name }) => !(name in DIRECT));
  const lines = [
    '# What Chartroom is made with',
    '',
    'The published package has no dependencies: what it needs is in its bundles, so nothing else is installed with it, no',
    'install script runs and nothing is fetched. This page is written by `npm run docs` from what the bundles hold; sizes',
    'are minified. `dist/THIRD-PARTY-LICENCES.txt` holds the licences.',
    '',
    '## Imported by our own code',
    '',
    '| package | what for | what instead | size | licence |',
    '|---|---|---|---|---|',
    ...direct.map(({ name, version, licence, bytes }) => {
      const about = DIRECT[name];
      return `| ${name} ${version} | ${about?.use} | ${about?.instead} | ${kib(bytes)} | ${licence} |`;
    }),
    '',
    '## What these bring along',
    '',
    '| package | size | licence |',
    '|---|---|---|',
    ...indirect.map(
      ({ name, version, licence, bytes }) => `| ${name} ${version} | ${kib(bytes)} | ${licence} |`,
    ),
    '',
  ];
  return lines.join('\n');
}
