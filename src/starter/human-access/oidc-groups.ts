/** People get in by groups of the identity provider: nobody is an administrator all day long. */
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { Contribution, ModuleInput } from '../module.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { NAMESPACE as SAMPLE } from '../workload/sample.ts';

const DECISION = 'human-access';
const FOLDER = 'access';
/** Groups of the identity provider carry it in the cluster, so that none can pass for one of Kubernetes itself. */
const PREFIX = 'oidc:';
const BREAK_GLASS = 'platform-break-glass';

export function oidcGroups(input: ModuleInput): Contribution {
  return input.foundation.groupRoles === 'infrastructure' ? rolesOfCloud(input) : roleBindings(input);
}

/** The cloud judges every call by its own roles, and role bindings of the cluster would say nothing. */
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

function roleBindings(input: ModuleInput): Contribution {
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
            bind('platform-operator', OPERATOR_ROLE, groupName(platform)),
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
