/** A namespace for each team and environment of a shared cluster: a quota, no way to the others, and who may look. */
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { Contribution, Runbook } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import type { Edge } from '../network/edge.ts';
import type { Placeholder } from '../part.ts';
import { pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { deliversItself, namespaceOf, type Space, spacesOf, teamsSharing } from './spaces.ts';

const DECISION = 'tenant-isolation';
const FOLDER = 'team-access';

/** In clusters that are not shared the border is the cluster; the samples show what a namespace in it looks like. */
export function teamNamespaces(input: ModuleInput): Contribution {
  return pickOf(input.stack, 'topology') === 'shared-cluster' ? namespacesOfTeams(input) : {};
}

export function namespacesOfTeams(input: ModuleInput): Contribution {
  const spaces = spacesOf(input);
  return {
    namespaces: spaces.map(space => namespaceOf(space)),
    edges: spaces.flatMap(({ name }) => withinTeam(name)),
    config: [
      {
        id: FOLDER,
        decision: DECISION,
        says: 'Each team reads its own namespaces and no others. The group of the identity provider has the name of the team.',
        objects: { teams: spaces.map(space => viewOf(input, space)) },
      },
    ],
    placeholders: groupPlaceholders(input),
    runbooks: [runbook(input)],
    checks: [
      {
        decision: DECISION,
        says: 'Every namespace of a team has a quota.',
        command: `test "$(grep -l '^kind: ResourceQuota$' ${spaces.map(({ name }) => `platform/namespaces/${name}.yaml`).join(' ')} | wc -l)" -eq ${spaces.length}`,
        path: 'platform/namespaces',
      },
    ],
  };
}

/** Pods of one namespace find each other; whatever else they need is a policy that the team asks for. */
function withinTeam(namespace: string): readonly Edge[] {
  return (['ingress', 'egress'] as const).map(
    (direction): Edge => ({
      name: direction === 'ingress' ? 'from-the-same-namespace' : 'to-the-same-namespace',
      owner: 'namespaces',
      because: 'Workloads of a team reach each other at the ports that the platform knows.',
      pods: { kind: 'pods', namespace },
      direction,
      peers: [{ kind: 'pods', namespace }],
      ports: [{ port: 8080 }],
    }),
  );
}

function viewOf({ foundation }: ModuleInput, { name, team }: Space): IRoleBinding {
  const { groupName = (group: string) => `oidc:${group}` } = foundation;
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'team-view', namespace: name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: groupName(team) }],
  };
}

/** Where a directory names groups by something that nobody could guess. */
function groupPlaceholders(input: ModuleInput): readonly Omit<Placeholder, 'file'>[] {
  const { groupName } = input.foundation;
  return [...new Set(spacesOf(input).map(({ team }) => team))].flatMap(team => {
    const token = groupName?.(team) ?? '';
    return token.startsWith(TOKENS.teamGroup)
      ? [
          {
            token,
            meaning: `Object id of the group whose members read the namespaces of ${team}.`,
            example: '5d6c0a4e-0000-4000-8000-3f9c2b7a1e55',
          },
        ]
      : [];
  });
}

function runbook(input: ModuleInput): Runbook {
  const [team = 'NAME'] = teamsSharing(input);
  const delivered = deliversItself(input) ? [] : input.delivery.teamHas;
  return {
    id: 'teams',
    title: 'A team comes, grows or goes',
    text: `Each team has a namespace of its own for each environment in a cluster that it shares. A namespace is no strong border: what must
not meet at all belongs into clusters apart, which is a new decision.

**A team comes.** Copy what another team has under the name of the new one, and change that name and the owner in each copy:

- \`platform/namespaces/team-NAME.yaml\`, named in the \`kustomization.yaml\` beside it
- its part of \`platform-config/base/${FOLDER}/teams.yaml\`; the identity provider needs a group with the name of the team
${delivered.map(line => `- ${line}\n`).join('')}
\`git grep -wF ${team}\` shows every place where that team is named, and that nothing was left out.
${delivered.length === 0 ? '' : serviceOf(input)}
**A team grows.** *exceeded quota* means that the sum of its requests is at the limit: \`kubectl -n NAMESPACE describe quota\`. Raise it in the file
of the namespace, after a look at whether the nodes can grow as far: quotas of all teams together are a promise.

**Two teams need each other.** A policy at each end, like those of \`apps/base/demo-web\`: the one who calls lets its pods out, the one who is
called lets them in. Neither may write into the namespace of the other.

**A team goes.** Take its folder out of \`apps\`, wait until nothing runs, then delete the namespace by hand: Git alone never deletes one.
`,
  };
}

function serviceOf({ stack }: ModuleInput): string {
  const apart = pickOf(stack, 'gitops') === 'push' ? '' : ' What is refused there\nholds up nobody else.';
  return `
**A service of the team comes.** \`scripts/new-service.sh NAME NAMESPACE IMAGE:TAG\`, with one of its namespaces.${apart}
`;
}
