/** renovate.json5: every version in this repository gets a pull request when a newer one is out. */

import type { FileTree } from '../../files/tree.ts';
import { headline } from '../headline.ts';
import type { StarterInput } from '../part.ts';
import { hasFolder } from './common-files.ts';

export function renovate(input: StarterInput, tree: FileTree): string {
  const comment = headline(input, 'platform-defaults')
    .split('\n')
    .map(line => `// ${line}`)
    .join('\n');
  const flux = hasFolder(tree, 'clusters')
    ? `  flux: {managerFilePatterns: ['/^platform/.+\\\\.ya?ml$/', '/^clusters/.+\\\\.ya?ml$/']},
  kubernetes: {managerFilePatterns: ['/^apps/.+\\\\.ya?ml$/']},
`
    : '';
  return `${comment}
{
  $schema: 'https://docs.renovatebot.com/renovate-schema.json',
  extends: ['config:recommended', 'helpers:pinGitHubActionDigests', ':semanticCommitsDisabled'],
  minimumReleaseAge: '7 days',
  prConcurrentLimit: 5,
${flux}  packageRules: [
    {description: 'A major version is read about before it is merged', matchUpdateTypes: ['major'], dependencyDashboardApproval: true},
    {description: 'Providers change what a plan says, so they come one by one', matchDatasources: ['terraform-provider'], groupName: null},
  ],
}
`;
}
