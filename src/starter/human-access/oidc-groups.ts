/** People get in by groups of the identity provider: nobody is an administrator all day long. */
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { NAMESPACE as SAMPLE } from '../workload/sample.ts';

const DECISION = 'human-access';
const FOLDER = 'access';
/** Groups of the identity provider carry it in the cluster, so that none can pass for one of Kubernetes itself. */
const PREFIX = 'oidc:';
export const BREAK_GLASS = 'platform-break-glass';

export function oidcGroups(input: ModuleInput): Contribution {
  return input.foundation.groupRoles === 'infrastructure' ? rolesOfCloud(input) : roleBindings(input, null);
}

/** Groups have roles of the cloud, which count in the cluster; no role binding names them a second time. */
function rolesOfCloud({ foundation }: ModuleInput): Contribution {
  const files = foundation.signIn(DECISION, PREFIX);
  const [path = ''] = files.keys();
  return {
    files,
    runbooks: [RUNBOOK],
    placeholders: foundation.signInPlaceholders,
    checks: [
      {
        decision: DECISION,
        says: 'Groups get their roles where they get the way in, and no role binding of the cluster says otherwise.',
        command: `test -e ${path}`,
        path,
      },
    ],
  };
}

/** The group that people join for some hours when they have something to repair. */
const ELEVATED = 'platform-elevated';

/** The same groups, and no standing right to change anything: the directory lets people in for a while, and out again. */
export function oidcGroupsForAWhile(input: ModuleInput): Contribution | NotGenerated {
  if (input.foundation.groupRoles === 'infrastructure')
    return {
      notGenerated:
        'Where the roles of this cloud judge every call, joining for a while is set up in the cloud: groups have their roles all the time.',
    };
  const standing = roleBindings(input, ELEVATED);
  return {
    ...standing,
    runbooks: [RUNBOOK, ELEVATION],
    checks: [
      ...(standing.checks ?? []),
      {
        decision: DECISION,
        says: 'Repairing is the right of a group that people join for a while.',
        command: `grep -q '${ELEVATED}' platform-config/base/${FOLDER}/platform.yaml`,
        path: `platform-config/base/${FOLDER}/platform.yaml`,
      },
    ],
    nextSteps: [
      `Make the group \`${ELEVATED}\` in the directory without members, and have it join people on request for a few hours (docs/runbooks/elevated-access.md).`,
    ],
  };
}

function roleBindings(input: ModuleInput, operators: string | null): Contribution {
  const { platform = TOKENS.platformGroup, developers = TOKENS.developerGroup } =
    input.project.oidcGroups ?? {};
  const { groupName = group => `${PREFIX}${group}` } = input.foundation;
  return {
    files: input.foundation.signIn(DECISION, PREFIX),
    config: [
      {
        id: FOLDER,
        decision: DECISION,
        says: 'Who may do what. Changes come through Git, so reading and repairing is all that people need.',
        objects: {
          platform: [
            OPERATOR,
            bind('platform-view', 'view', groupName(platform)),
            bind('platform-operator', OPERATOR_ROLE, groupName(operators ?? platform)),
          ],
          developers: [developersOf(SAMPLE, groupName(developers))],
          'break-glass': [bind(BREAK_GLASS, 'cluster-admin', groupName(BREAK_GLASS))],
        },
      },
    ],
    runbooks: [RUNBOOK],
    placeholders: [...PLACEHOLDERS, ...input.foundation.signInPlaceholders],
    checks: [
      {
        decision: DECISION,
        says: 'One group alone is bound to cluster-admin, and it is the one for emergencies.',
        command: `test "$(grep -rl 'name: cluster-admin' platform platform-config apps | wc -l)" -eq 1`,
        path: `platform-config/base/${FOLDER}/break-glass.yaml`,
      },
    ],
  };
}

const OPERATOR_ROLE = 'platform-operator';
const OPERATOR: IClusterRole = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: OPERATOR_ROLE },
  rules: [
    { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch', 'patch'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
    { apiGroups: [''], resources: ['pods/eviction', 'pods/portforward'], verbs: ['create'] },
    // A restart is a change of an annotation.
    { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'], verbs: ['patch'] },
    { apiGroups: ['metrics.k8s.io'], resources: ['nodes', 'pods'], verbs: ['get', 'list'] },
  ],
};

function bind(name: string, role: string, group: string): IClusterRoleBinding {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
  };
}

function developersOf(namespace: string, group: string): IRoleBinding {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'developers-view', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
  };
}

const PLACEHOLDERS = [
  {
    token: TOKENS.platformGroup,
    meaning: 'Group of the identity provider that the platform team is in.',
    example: 'acme-platform',
  },
  {
    token: TOKENS.developerGroup,
    meaning: 'Group of the identity provider that application developers are in.',
    example: 'acme-developers',
  },
] as const;

const RUNBOOK = {
  id: 'break-glass',
  title: 'Full access in an emergency',
  text: `The group \`${BREAK_GLASS}\` of the identity provider is bound to cluster-admin and has no members. It is for the day on which
delivery itself is broken and nothing can be repaired through Git.

1. Two people agree, and write down in the incident who needs it and why.
2. Whoever runs the identity provider adds one person to the group, for an hour.
3. That person signs in again and repairs. What was changed by hand goes into Git before the hour is over; the delivery tool puts
   back what does not stand there.
4. The person is taken out of the group. The audit log of the API server, filtered by that name, goes into the incident.

Rehearse it twice a year: an emergency is a bad time to find that nobody may change the group.
`,
} as const;

const ELEVATION = {
  id: 'elevated-access',
  title: 'Getting the right to repair, for a while',
  text: `Reading needs nothing but the usual group. Repairing is the right of the group \`${ELEVATED}\`, which has no members: whoever needs it asks the
directory for it, with a reason, and is out again after a few hours. The directory does that, not the cluster:

| Directory | By |
| --- | --- |
| Microsoft Entra | Privileged Identity Management for groups, at most four hours, with approval in production |
| Okta | access requests with a duration |
| Google | membership of a group with an expiry |
| Keycloak and others | a request that a second person grants and a job that empties the group every hour |

1. Ask for the group, and say which incident or change it is for.
2. Sign in again: the token carries the groups of the moment in which it was made. For the same reason a token must end within the hour, or
   the right outlives its membership.
3. Repair, write down what was changed, and bring it into Git.

Every quarter: who was in the group, how often, and for what. What comes back again and again belongs into Git or into a runbook.
`,
} as const;
