/** people.tf: groups of Entra that may fetch their way in; what they may do then stands in the cluster. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import { FOLDER } from './title.ts';

export function signInByGroups({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'human-access') !== null;
}

/** Entra names a group by its object id, which the infrastructure is given and manifests are filled with. */
export function groupName({ project }: ClusterInput): (group: string) => string {
  const { platform = TOKENS.platformGroup, developers = TOKENS.developerGroup } = project.oidcGroups ?? {};
  return group => {
    if (group === platform) return '${GROUP_PLATFORM}';
    return group === developers ? '${GROUP_DEVELOPERS}' : '${GROUP_BREAK_GLASS}';
  };
}

export function aksSignIn(input: ClusterInput, decision: Id): FileTree {
  return new Map([
    [
      `${FOLDER}/people.tf`,
      terraformText(
        input,
        decision,
        'People sign in with Entra; what their groups may do stands in platform-config/base/access.',
        PEOPLE,
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
