/** delivery.tf of every cloud: environments of GitHub that each may take one identity of a cluster, and no key. */
import type { Id } from '../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../cluster-input.ts';
import { repositoryPath } from '../names.ts';
import type { PipelineAccess, PipelineIdentity } from '../pipeline-access.ts';
import { together } from '../serverless-service/code.ts';
import { terraformText } from '../terraform.ts';

interface CloudAccess extends Pick<PipelineAccess, 'signIn' | 'subject' | 'variables'> {
  readonly folder: string;
  readonly says: string;
  readonly titleOf: (input: ClusterInput, cluster: Cluster) => string;
  /** What an environment may take, with its article: `a role`. */
  readonly taken: string;
  /** What makes it of each of `local.delivery`. */
  readonly identities: HclExpression;
  /** Beside the local values, before the identities. */
  readonly variable: HclExpression | null;
}

export function accessByEnvironment(
  input: ClusterInput,
  decision: Id,
  { folder, says, titleOf, taken, identities, variable, ...access }: CloudAccess,
): PipelineAccess {
  const code = together(variable, environmentsOfCluster(taken), identities);
  return {
    ...access,
    files: new Map([[`${folder}/delivery.tf`, terraformText(input, decision, says, code)]]),
    environment: (cluster, identity) => environmentsOf(titleOf(input, cluster))[identity],
    placeholders: [],
  };
}

export function environmentsOf(title: string): Readonly<Record<PipelineIdentity, string>> {
  return { platform: `deliver-${title}`, apps: `deliver-${title}-apps`, compare: `compare-${title}` };
}

function environmentsOfCluster(taken: string): HclExpression {
  const { platform, apps, compare } = environmentsOf('${var.cluster_name}');
  return {
    kind: 'expression',
    code: `locals {
  # Environments of GitHub, each protected there: what may take ${taken} is decided where people approve.
  delivery = {
    platform = "${platform}"
    apps     = "${apps}"
    compare  = "${compare}"
  }
}`,
  };
}

/** Where the cloud itself looks at the repository that a token names. */
export function deliveryRepository(input: ClusterInput): HclExpression {
  return hcl`
variable "delivery_repository" {
  description = "GitHub repository whose pipelines deliver: owner/name, or OWNER@NUMBER/NAME@NUMBER where GitHub names it so in its tokens, as it does for repositories made since July 2026."
  type        = string
  default     = ${repositoryPath(input)}
}
`;
}
