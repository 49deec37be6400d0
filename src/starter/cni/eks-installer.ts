/** How scripts that install a network plugin get into a cluster of EKS: Terraform runs them between control plane and nodes. */
import type { Provider } from './install-script.ts';

export const EKS: Provider = {
  runBy: 'infra/eks runs it',
  again: 'apply again',
  into: 'a cluster that has no nodes yet',
  says: 'CLUSTER_NAME, REGION, API_SERVER (host of the API) and ADMIN_ROLE come from Terraform.',
  variables: ['CLUSTER_NAME', 'REGION', 'API_SERVER', 'ADMIN_ROLE'],
  tools: ['aws'],
  signIn:
    'aws eks update-kubeconfig --region "$REGION" --name "$CLUSTER_NAME" --role-arn "$ADMIN_ROLE" >/dev/null',
};
