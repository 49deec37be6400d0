/** people.tf: groups of Entra that may fetch their way in; what they may do then stands in the cluster. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { BREAK_GLASS } from '../../human-access/oidc-groups.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { NAMESPACE as SAMPLE } from '../../workload/sample.ts';
import { FOLDER } from './title.ts';

/** Whether the infrastructure is told of groups; where the control plane is one's own, its API server is. */
export function signInByGroups({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'human-access') !== null && pickOf(stack, 'control-plane') !== 'self-managed';
}

export function platformGroup({ project }: Pick<ClusterInput, 'project'>): string {
  return project.oidcGroups?.platform ?? TOKENS.platformGroup;
}

/** Entra names a group by its object id, which the infrastructure is given and manifests are filled with. */
export function groupName({ project }: Pick<ClusterInput, 'project'>): (group: string) => string {
  const developers = project.oidcGroups?.developers ?? TOKENS.developerGroup;
  return group => {
    if (group === platformGroup({ project })) return '${GROUP_PLATFORM}';
    if (group === developers) return '${GROUP_DEVELOPERS}';
    return group === BREAK_GLASS ? '${GROUP_BREAK_GLASS}' : `${TOKENS.teamGroup}-${group}`;
  };
}

export function aksSignIn(input: ClusterInput, decision: Id): FileTree {
  const byEntra = pickOf(input.stack, 'control-plane') === 'managed-auto';
  return new Map([
    [
      `${FOLDER}/people.tf`,
      terraformText(
        input,
        decision,
        byEntra
          ? 'People sign in with Entra, and their rights are roles of Azure: no role binding of the cluster names them.'
          : 'People sign in with Entra; what their groups may do stands in platform-config/base/access.',
        byEntra ? together(PEOPLE, ROLES) : PEOPLE,
      ),
    ],
  ]);
}

const PEOPLE = hcl`
variable "groups" {
  description = "Object ids of the Entra groups that role bindings name."
  type = object({
    platform    = string
    developers  = string
    break_glass = string
  })
}

# Lets them fetch the address of the API server, and nothing more.
resource "azurerm_role_assignment" "people" {
  for_each = var.groups

  scope                = local.cluster.id
  role_definition_name = "Azure Kubernetes Service Cluster User Role"
  principal_id         = each.value
  principal_type       = "Group"
}
`;

const ROLES = hcl`
locals {
  group_roles = {
    platform    = { role = "Azure Kubernetes Service RBAC Reader", scope = local.cluster.id }
    developers  = { role = "Azure Kubernetes Service RBAC Reader", scope = "\${local.cluster.id}/namespaces/${{ kind: 'expression', code: SAMPLE }}" }
    break_glass = { role = "Azure Kubernetes Service RBAC Cluster Admin", scope = local.cluster.id }
  }
}

# Reading leaves out Secrets. Changes come through Git; the last of the groups is for the day on which that is broken.
resource "azurerm_role_assignment" "groups" {
  for_each = local.group_roles

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = var.groups[each.key]
  principal_type       = "Group"
}
`;

/** A runbook: Entra gives membership for some hours, where the organisation has the licence for it. */
export const TIME_LIMITED_GROUPS = `Nobody is in a group of this platform for good. Entra makes people *eligible*, and they ask for membership when they need it:
Privileged Identity Management, which takes the licence P2.

Once, by whoever runs the directory, for each of the groups that \`infra/aks/envs\` names:

1. Entra, *Identity Governance*, *Privileged Identity Management*, *Groups*: bring the group under management.
2. Settings of the role *Member*: at most eight hours, with a second factor and a reason. For the break-glass group and the admin group at
   most one hour, with the approval of somebody else.
3. Take all members out, and assign them as eligible instead. An access review every quarter says who still needs to be.

When somebody needs it:

1. My roles, *Groups*, *Activate*, with the number of the incident or the change as its reason.
2. Sign in again (\`az login\`), since a token says which groups somebody was in when it was made: it is good for up to an hour.
3. Whoever is on call sees the activation by mail. What was done stands in the audit log of the cluster, under that name.
`;
