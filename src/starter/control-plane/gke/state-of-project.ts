/** What the runbook for the beginning says of infra/gcp-project: who may apply, and that each project has a state of its own. */
import type { ClusterInput } from '../../cluster-input.ts';
import { stateOfFolder } from '../once.ts';

/** Of the clusters of one project, as an OpenTofu value in single quotes. */
export const environments = ({ clusters }: ClusterInput): string =>
  JSON.stringify(clusters.map(({ name }) => name));

export function stateOfProject(input: ClusterInput, closed: boolean): string {
  const [first, ...more] = input.clusters;
  const zone = closed ? '' : `, and for its own part of the name: \`-var dns_zone=${first.domain}\``;
  const apart =
    more.length === 0
      ? ''
      : `\nThe project of one cluster alone is applied with that name in \`apply_environments\`${zone}.`;
  return `NUMBER is what \`gh api repos/OWNER/NAME --jq .id\` says of this repository. ${closed ? '' : 'Give the name servers that it puts out to whoever has the domain above. '}${stateOfFolder('project', 'bucket')}${apart}`;
}
