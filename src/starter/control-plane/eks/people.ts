/** people.tf: the API server trusts tokens of your identity provider. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Placeholder } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import { FOLDER } from './settings.ts';

export function signInByGroups({ stack }: ClusterInput): boolean {
  return ['oidc-groups', 'oidc-groups-jit'].includes(pickOf(stack, 'human-access') ?? '');
}

export function eksSignIn(input: ClusterInput, decision: Id, prefix: string): FileTree {
  return new Map([
    [
      `${FOLDER}/people.tf`,
      terraformText(
        input,
        decision,
        'People sign in with the identity provider; what their groups may do stands in platform-config/base/access.',
        people(prefix),
      ),
    ],
  ]);
}

function people(prefix: string): HclExpression {
  return hcl`
variable "sign_in" {
  description = "The identity provider's issuer, which AWS must be able to reach, and the client that tokens are made out to."
  type = object({
    issuer_url = string
    client_id  = string
  })

  validation {
    condition     = startswith(var.sign_in.issuer_url, "https://")
    error_message = "The issuer must be an https address."
  }
}

# It takes up to a quarter of an hour to be made; AWS allows one per cluster.
resource "aws_eks_identity_provider_config" "people" {
  cluster_name = aws_eks_cluster.main.name

  oidc {
    identity_provider_config_name = "people"
    issuer_url                    = var.sign_in.issuer_url
    client_id                     = var.sign_in.client_id
    username_claim                = "email"
    username_prefix               = ${prefix}
    groups_claim                  = "groups"
    groups_prefix                 = ${prefix}
  }
}
`;
}

export const SIGN_IN_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.signInIssuer,
    meaning: 'Host of the identity provider that people sign in with; replace the whole address.',
    example: 'https://login.acme.example/realms/staff',
  },
  {
    token: TOKENS.signInClient,
    meaning: 'The client of the identity provider that stands for the clusters.',
    example: 'kubernetes',
  },
];
