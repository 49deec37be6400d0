/** Who Flux is while it applies the workloads of a team: an account that may do so in the namespaces of that team alone. */
import type { IClusterRole, IPolicyRule, IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import type { ConfigFolder } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { decrypts } from '../../secrets/sops.ts';
import type { Workplace } from '../delivery.ts';
import { workloadRules } from '../push/rules.ts';
import { folderObjects } from '../tree/folders.ts';
import { deliveredTeams, type Team } from '../tree/teams.ts';
import { FLUX_NAMESPACE } from './kinds.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ROLE = 'team-delivery';

export const accountOf = (team: string): string => `team-${team}`;

/** Their rights are read from what the samples are made of, which services are copied from. */
export function withTeamAccounts(input: ModuleInput, workplace: Workplace): Workplace {
  const teams = deliveredTeams(input, workplace);
  if (teams.length === 0) return workplace;
  const folder: ConfigFolder = {
    id: ROLE,
    decision: 'tenant-isolation',
    says: 'What Flux may do for a team: bring workloads into its own namespaces, without roles and without the limits that the platform sets.',
    objects: { role: [roleOf(input, workplace)], teams: teams.flatMap(objectsOf) },
  };
  return { ...workplace, config: [...workplace.config, folder] };
}

function roleOf(input: ModuleInput, { apps, policies }: Workplace): IClusterRole {
  const objects = folderObjects(apps, ({ id }) => policies.get(id) ?? []);
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: ROLE },
    rules: [...workloadRules(objects), ...HEALTH, ...(decrypts(input) ? [SECRETS] : [])],
  };
}

/** Flux waits until workloads are ready, and reads the pods of each for that. */
const HEALTH: readonly IPolicyRule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
];
const SECRETS: IPolicyRule = {
  apiGroups: [''],
  resources: ['secrets'],
  verbs: ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'],
};

function objectsOf({ name, namespaces }: Team): readonly (IServiceAccount | IRoleBinding)[] {
  const account = { name: accountOf(name), namespace: FLUX_NAMESPACE };
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: account,
      automountServiceAccountToken: false,
    },
    ...namespaces.map(
      (namespace): IRoleBinding => ({
        apiVersion: `${RBAC}/v1`,
        kind: 'RoleBinding',
        metadata: { name: ROLE, namespace },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: ROLE },
        subjects: [{ kind: 'ServiceAccount', ...account }],
      }),
    ),
  ];
}
