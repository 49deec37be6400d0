/** people.tf: groups of the directory at Google. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import { FOLDER } from './settings.ts';

/** Groups are addresses in the directory; Google admits no prefix of one's own. */
export function gkeGroupName(group: string): string {
  return group.includes('@') ? group : `${group}@\${GROUPS_DOMAIN}`;
}

export const GROUPS_DOMAIN = `${TOKENS.groupsDomain}.example.com`;

export function gkeSignIn(input: ClusterInput, decision: Id): FileTree {
  return new Map([
    [
      `${FOLDER}/people.tf`,
      terraformText(
        input,
        decision,
        'People sign in at Google; what their groups may do stands in platform-config/base/access.',
        PEOPLE,
      ),
    ],
  ]);
}

const PEOPLE = hcl`
variable "groups_domain" {
  description = "Domain of the groups in the directory at Google. There the group gke-security-groups holds every group that a role is bound to, and may show its members to each other."
  type        = string
}

# Getting at the cluster at all; what one may do in it is said by its roles alone.
resource "google_project_iam_member" "people" {
  project = var.project_id
  role    = "roles/container.clusterViewer"
  member  = "group:gke-security-groups@\${var.groups_domain}"
}
`;

export const SIGN_IN_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.groupsDomain,
    meaning: 'Domain of the groups in the directory at Google; replace the whole name.',
    example: 'acme.example',
  },
];
