/** How a service account comes by its role: handed out by Pod Identity of EKS, or taken by a token of the cluster's own issuer. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import type { ServiceAccount } from '../../foundation.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';

/** The folder of a control plane of one's own on machines of AWS. */
export const MACHINES = 'infra/machines';

export function isOwnControlPlane({ stack }: StarterInput): boolean {
  return pickOf(stack, 'control-plane') === 'self-managed';
}

export function folderOf(input: StarterInput): string {
  return isOwnControlPlane(input) ? MACHINES : 'infra/eks';
}

const PROVIDER = hcl`aws_iam_openid_connect_provider.cluster`;
const NOTHING = hclCode('');

export interface PodRole {
  /** Names the role in Terraform. */
  readonly label: string;
  readonly account: ServiceAccount;
  /** What the name of the role ends with; the cluster's name comes before it. */
  readonly ending: string;
  /** How much of the name of the cluster fits in front of that where AWS adds an ending of its own. */
  readonly kept: number;
  /** Set where its program reads tokens of the cluster's own issuer, and nothing that an agent hands out. */
  readonly takes?: 'tokens';
}

function byTokens(input: StarterInput, { takes }: Pick<PodRole, 'takes'>): boolean {
  return takes === 'tokens' || isOwnControlPlane(input);
}

/** The role itself; `before` are documents that it needs. */
export function podRole(input: StarterInput, role: PodRole): HclExpression {
  const { label, account, ending, kept } = role;
  const id = hclCode(label);
  const end = hclCode(ending);
  if (!byTokens(input, role))
    return hcl`resource "aws_iam_role" ${label} {
  name_prefix        = "\${substr(var.cluster_name, 0, ${kept})}-${end}-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}`;
  const subject = `system:serviceaccount:${account.namespace}:${account.name}`;
  return hcl`data "aws_iam_policy_document" ${`${label}_trust`} {
${byToken(hcl`${subject}`)}
}

# Manifests name the role, so its name is one that can be known.
resource "aws_iam_role" ${label} {
  name               = "\${var.cluster_name}-${end}"
  assume_role_policy = data.aws_iam_policy_document.${id}_trust.json
}`;
}

const byToken = (subject: HclExpression) => hcl`  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [${PROVIDER}.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "\${local.issuer_host}:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "\${local.issuer_host}:sub"
      values   = [${subject}]
    }
  }`;

export interface ListedRoles {
  /** Names the roles in Terraform. */
  readonly label: string;
  /** The variable that lists `namespace` and `service_account` of each by a name. */
  readonly variable: string;
  /** What their names have between that of the cluster and their own, where names have to be known. */
  readonly between: string;
}

/** A role for each service account that the values of a cluster list. */
export function listedRoles(input: StarterInput, { label, variable, between }: ListedRoles): HclExpression {
  const each = hclCode(`var.${variable}`);
  if (!isOwnControlPlane(input))
    return hcl`resource "aws_iam_role" ${label} {
  for_each = ${each}

  name_prefix        = "\${substr(var.cluster_name, 0, 20)}-\${substr(each.key, 0, 16)}-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}`;
  return hcl`data "aws_iam_policy_document" ${`${label}_trust`} {
  for_each = ${each}

${byToken(hcl`"system:serviceaccount:\${each.value.namespace}:\${each.value.service_account}"`)}
}

# Service accounts name the role in an annotation, so its name is one that can be known.
resource "aws_iam_role" ${label} {
  for_each = ${each}

  name               = "\${var.cluster_name}-${hclCode(between)}-\${each.key}"
  assume_role_policy = data.aws_iam_policy_document.${hclCode(label)}_trust[each.key].json
}`;
}

/** What ties those to their accounts. */
export function listedTies(input: StarterInput, { label, variable }: ListedRoles): HclExpression {
  if (isOwnControlPlane(input)) return NOTHING;
  return hcl`

resource "aws_eks_pod_identity_association" ${label} {
  for_each = var.${hclCode(variable)}

  cluster_name    = aws_eks_cluster.main.name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.${hclCode(label)}[each.key].arn
}`;
}

/** What ties the two together in the infrastructure; nothing where a token of the account is enough. */
export function roleTie(
  input: StarterInput,
  { label, account, ...role }: Pick<PodRole, 'label' | 'account' | 'takes'>,
): HclExpression {
  if (byTokens(input, role)) return NOTHING;
  return hcl`

resource "aws_eks_pod_identity_association" ${label} {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = ${account.namespace}
  service_account = ${account.name}
  role_arn        = aws_iam_role.${hclCode(label)}.arn
}`;
}

/** Annotations by which the webhook of pod identities knows whose role a pod takes. */
export function roleAnnotations(
  input: StarterInput,
  ending: string,
  role: Pick<PodRole, 'takes'> = {},
): Readonly<Record<string, string>> {
  return byTokens(input, role) ? { 'eks.amazonaws.com/role-arn': roleName(ending) } : {};
}

/** EKS signs tokens by itself, and IAM is told so where a role is taken by one; machines have theirs already. */
export function issuerOfEks(input: StarterInput): HclExpression {
  if (isOwnControlPlane(input)) return NOTHING;
  return hcl`
locals {
  issuer_host = trimprefix(aws_eks_cluster.main.identity[0].oidc[0].issuer, "https://")
}

resource "aws_iam_openid_connect_provider" "cluster" {
  url            = aws_eks_cluster.main.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}
`;
}

/** Without an account nobody signs any. */
export const ISSUER_MOCK = hcl`

mock_resource "aws_eks_cluster" {
  defaults = {
    identity = [{ oidc = [{ issuer = "https://oidc.eks.example.com/id/0" }] }]
  }
}`;

export const roleName = (ending: string) => `arn:aws:iam::\${ACCOUNT_ID}:role/\${CLUSTER_NAME}-${ending}`;
