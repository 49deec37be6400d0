/** Cilium on EKS where nothing leaves: whoever applies the infrastructure reaches no API, so it is installed between two applies. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { EKS } from '../eks-installer.ts';
import type { Provider } from '../install-script.ts';

/** Whether somebody has to install the network plugin within the network before there are nodes. */
export function isInstalledWithin(input: StarterInput): boolean {
  return (
    isClosedInCloud(input) &&
    pickOf(input.stack, 'control-plane') === 'managed' &&
    pickOf(input.stack, 'cni') === 'cilium'
  );
}

/** Signs Helm in to the registry `$REGISTRY` of AWS. */
export const HELM_LOGIN_AT_ECR = `aws ecr get-login-password --region "$(cut -d. -f4 <<<"$REGISTRY")" | helm registry login --username AWS --password-stdin "$REGISTRY"`;

export const EKS_WITHIN: Provider = {
  ...EKS,
  runBy: 'whoever brings the cluster up runs it, on the machine of the house',
  again: 'run this again',
  says: 'CLUSTER_NAME, REGION, API_SERVER (host of the API), ADMIN_ROLE and REGISTRY are given as docs/runbooks/bootstrap.md says.',
  variables: [...EKS.variables, 'REGISTRY'],
  signIn: `${EKS.signIn}\n${HELM_LOGIN_AT_ECR}`,
};

/** In the place of a script that OpenTofu would run where the API does not answer. */
export const INSTALLED_WITHIN: HclExpression = hcl`variable "cilium_installed" {
  description = "Whether Cilium was installed from within the network: nodes are made then. See docs/runbooks/bootstrap.md."
  type        = bool
  default     = false
}

# Nodes wait for a network plugin, and Git delivers nothing without nodes. Whoever applies reaches no API: scripts/install-cilium.sh
# runs on the machine of the house, between an apply that leaves this out and one that does not.
resource "terraform_data" "cilium" {
  input = aws_eks_cluster.main.arn

  lifecycle {
    precondition {
      condition     = var.cilium_installed
      error_message = "No node becomes ready without Cilium. Apply with -exclude=terraform_data.cilium, run scripts/install-cilium.sh, then set cilium_installed: docs/runbooks/bootstrap.md."
    }
  }

  depends_on = [aws_eks_access_policy_association.admin]
}
`;

/** What is left out of the first apply. */
export const FIRST_APPLY = 'tofu apply -exclude=terraform_data.cilium';

/** Of the runbook, after the first apply. */
export const secondApply = (
  cluster: string,
) => `Nodes wait for Cilium, and the first apply leaves out what waits for it. What Cilium is made of has to be in the registry first:
[carrying in](no-way-out.md). Then, on the machine of the house that the page names, with this repository brought along; \`API_SERVER\` is what
\`tofu output -raw api_endpoint\` printed, without \`https://\`:

\`\`\`sh
export CLUSTER_NAME=CLUSTER_NAME REGION=REGION ADMIN_ROLE=ADMIN_ROLE API_SERVER=API_SERVER
export REGISTRY=ACCOUNT.dkr.ecr.REGION.amazonaws.com
scripts/install-cilium.sh
\`\`\`

Where OpenTofu runs, write \`cilium_installed = true\` into the values of the cluster, and apply the rest:

\`\`\`sh
cd infra/eks
tofu apply -var-file=envs/${cluster}.tfvars
tofu output -json cluster_vars >cluster-vars.json
\`\`\``;
