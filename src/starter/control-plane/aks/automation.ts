/** What scripts and pipelines do with the infrastructure of a cluster in Azure. */
import { AS_LINES } from '../as-lines.ts';
import type { InfrastructurePipeline } from '../control-plane.ts';
import { FOLDER } from './title.ts';

/** Lines of scripts/bootstrap.sh: what stands in Git is what the infrastructure in `folder` says. */
export const sameAsInfrastructure = (
  folder: string,
) => `echo "== The infrastructure says the same as clusters/$cluster/variables/cluster-vars.yaml"
scripts/check-placeholders.sh ${folder}/envs/"$cluster".tfvars ${folder}/envs/"$cluster".tfbackend
tofu -chdir=${folder} init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null
diff <(variables | sort) <(tofu -chdir=${folder} output -json cluster_vars | ${AS_LINES} | sort)
`;

export const AKS_BOOTSTRAP = `${sameAsInfrastructure(FOLDER)}
name="$(tofu -chdir=${FOLDER} output -raw cluster_name)"
context="$(kubectl config view --minify -o jsonpath='{.contexts[0].context.cluster}')"
case "$context" in
  *"$name"*) ;;
  *) echo "kubectl points at $context and not at $name: az aks get-credentials --resource-group $name --name $name, then kubelogin convert-kubeconfig -l azurecli" >&2; exit 2 ;;
esac
`;

function suffix(cluster: string): string {
  return cluster.toUpperCase().replaceAll('-', '_');
}

export const azurePipeline = (folder: string): InfrastructurePipeline => ({
  folder,
  columns: ({ name }) => ({
    client: `AZURE_PLAN_CLIENT_${suffix(name)}`,
    subscription: `AZURE_SUBSCRIPTION_${suffix(name)}`,
  }),
  credentials: {
    id: 'azure-login',
    inputs: {
      'client-id': '${{ vars[matrix.client] }}',
      'tenant-id': '${{ vars.AZURE_TENANT }}',
      'subscription-id': '${{ vars[matrix.subscription] }}',
    },
  },
  // OpenTofu takes a token of its own: the one that the command line holds is not given to it.
  environment: {
    ARM_USE_OIDC: '"true"',
    ARM_CLIENT_ID: '${{ vars[matrix.client] }}',
    ARM_TENANT_ID: '${{ vars.AZURE_TENANT }}',
    ARM_SUBSCRIPTION_ID: '${{ vars[matrix.subscription] }}',
  },
  lock: '-lock=false',
});
