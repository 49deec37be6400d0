/** What the runbook for the beginning says of infra/gcp-project: who may apply, and that each project has a state of its own. */
import { markdownCode } from '../../../files/markdown.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { zoneOfNames } from '../../google/zone.ts';
import { domainOf } from '../../names.ts';
import { stateOfFolder } from '../once.ts';

/** Of the clusters of one project, as an OpenTofu value in single quotes. */
export const environments = ({ clusters }: ClusterInput): string =>
  JSON.stringify(clusters.map(({ name }) => name));

export function stateOfProject(input: ClusterInput): string {
  const hasZone = zoneOfNames(input) === 'project';
  const [first, ...more] = input.clusters;
  const zone = hasZone ? `, and for its own part of the name: \`-var dns_zone=${first.domain}\`` : '';
  const apart =
    more.length === 0
      ? ''
      : `\nThe project of one cluster alone is applied with that name in \`apply_environments\`${zone}.`;
  return `NUMBER is what \`gh api repos/OWNER/NAME --jq .id\` says of this repository. ${hasZone ? 'Give the name servers that it puts out to whoever has the domain above. ' : ''}${stateOfFolder('project', 'bucket')}${apart}`;
}

/** What is done once per project, before its first cluster. */
export function projectSteps(input: ClusterInput): readonly string[] {
  const place = zoneOfNames(input);
  const made = { project: ', the DNS zone,', network: ', the registry,', house: '' }[place];
  return [
    `Apply \`infra/gcp-project\` once per project: it makes the state bucket${made} and the identities that pipelines plan and apply with (docs/runbooks/bootstrap.md).`,
    ...(place === 'project'
      ? [`Delegate ${markdownCode(domainOf(input))} to the name servers that it puts out.`]
      : []),
  ];
}
