/** renovate.json5: every version in this repository gets a pull request when a newer one is out. */

import type { Id } from '../../content/catalogue.ts';
import type { FileTree } from '../../files/tree.ts';
import { headline } from '../headline.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { UPSTREAMS } from '../registry/upstreams.ts';
import { hasFolder } from './common-files.ts';

/** What reads delivery/, by the tool of delivery. */
const MANAGERS: Readonly<Record<Id, string>> = { flux: 'flux', 'argo-cd': 'argocd' };

export function renovate(input: StarterInput, tree: FileTree): string {
  const comment = headline(input, 'platform-defaults')
    .split('\n')
    .map(line => `// ${line}`)
    .join('\n');
  const manager = MANAGERS[pickOf(input.stack, 'gitops') ?? ''];
  const reads =
    manager === undefined
      ? ''
      : `  ${manager}: {managerFilePatterns: ['/^delivery/.+\\\\.ya?ml$/', '/^clusters/.+\\\\.ya?ml$/']},\n`;
  const clusters = hasFolder(tree, 'clusters')
    ? `${reads}  kubernetes: {managerFilePatterns: ['/^apps/.+\\\\.ya?ml$/']},
`
    : '';
  return `${comment}
{
  $schema: 'https://docs.renovatebot.com/renovate-schema.json',
  extends: ['config:recommended', 'helpers:pinGitHubActionDigests', ':semanticCommitsDisabled'],
  minimumReleaseAge: '7 days',
  prConcurrentLimit: 5,
${clusters}${customManagers(tree)}${aliases(tree)}  packageRules: [
    {description: 'A major version is read about before it is merged', matchUpdateTypes: ['major'], dependencyDashboardApproval: true},
    {description: 'Providers change what a plan says, so they come one by one', matchDatasources: ['terraform-provider'], groupName: null},
  ],
}
`;
}

/** What no manager of Renovate reads: where a database names its image, and files that scripts/deliver.sh reads. */
function customManagers(tree: FileTree): string {
  const managers = [
    ...(hasFolder(tree, 'platform-config/base/databases') ? [DATABASES] : []),
    ...(tree.has('scripts/deliver.sh') ? PUSHED : []),
  ];
  return managers.length === 0
    ? ''
    : `  customManagers: [\n${managers.map(each => `    {${each}},\n`).join('')}  ],\n`;
}

const DATABASES =
  "customType: 'regex', managerFilePatterns: ['/^platform-config/.+\\\\.ya?ml$/'], matchStrings: ['imageName: (?<depName>[^\\\\s:]+):(?<currentValue>\\\\S+)'], datasourceTemplate: 'docker'";
const DELIVERED = "customType: 'regex', managerFilePatterns: ['/^delivery/.+\\\\.ya?ml$/'], matchStrings: ";
const PUSHED = [
  `${DELIVERED}['chart: (?<depName>\\\\S+)\\\\n  repository: (?<registryUrl>https://\\\\S+)\\\\n  version: (?<currentValue>\\\\S+)'], datasourceTemplate: 'helm'`,
  `${DELIVERED}['chart: (?<depName>\\\\S+)\\\\n  repository: oci://(?<repository>\\\\S+)\\\\n  version: (?<currentValue>\\\\S+)'], packageNameTemplate: '{{{repository}}}/{{{depName}}}', datasourceTemplate: 'docker'`,
  `${DELIVERED}['repository: https://github\\\\.com/(?<depName>\\\\S+)\\\\n  tag: (?<currentValue>\\\\S+)'], datasourceTemplate: 'github-tags'`,
];

/** Which publisher a name of the mirror stands for. */
function aliases(tree: FileTree): string {
  const text = [...tree].filter(([path]) => path.startsWith('apps/')).map(([, each]) => each);
  const [, address] = /image: (\S+?)\/(?:docker-hub|ghcr|quay)\//.exec(text.join('\n')) ?? [];
  if (address === undefined) return '';
  const entries = UPSTREAMS.map(({ prefix, host }) => `'${address}/${prefix}': '${host}'`);
  return `  registryAliases: {${entries.join(', ')}},\n`;
}
