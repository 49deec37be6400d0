/** What scripts and pipelines do with the infrastructure of GKE. */

import type { Cluster } from '../../cluster-input.ts';
import { AS_LINES } from '../as-lines.ts';
import type { InfrastructurePipeline } from '../control-plane.ts';

/** By which of its two ways kubectl is told of a cluster. */
export const endpointOf = (isPrivate: boolean) => (isPrivate ? '--internal-ip' : '--dns-endpoint');

/** Lines of scripts/bootstrap.sh that hold the root module `folder` against what manifests are filled with. */
export const outputsCompared = (
  folder: string,
) => `echo "== The infrastructure says the same as clusters/$cluster/cluster-vars.yaml"
scripts/check-placeholders.sh ${folder}/envs/"$cluster".tfvars ${folder}/envs/"$cluster".tfbackend
tofu -chdir=${folder} init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null
diff <(variables | sort) <(tofu -chdir=${folder} output -json cluster_vars | ${AS_LINES} | sort)
`;

export const gkeBootstrap = (isPrivate: boolean) => `${outputsCompared('infra/gke')}
name="$(tofu -chdir=infra/gke output -raw cluster_name)"
context="$(kubectl config view --minify -o jsonpath='{.contexts[0].context.cluster}')"
case "$context" in
  *"_$name") ;;
  *) echo "kubectl points at $context and not at $name: gcloud container clusters get-credentials $name --location $(tofu -chdir=infra/gke output -raw region) ${endpointOf(isPrivate)}" >&2; exit 2 ;;
esac
`;

const ending = ({ name }: Cluster) => name.toUpperCase().replaceAll('-', '_');

export const googlePipeline = (folder: string): InfrastructurePipeline => ({
  folder,
  lock: '-lock=false',
  columns: cluster => ({
    project: `GCP_PROJECT_${ending(cluster)}`,
    provider: `GCP_PROVIDER_${ending(cluster)}`,
  }),
  credentials: {
    id: 'google-auth',
    inputs: signIn('plan', '${{ vars[matrix.project] }}', '${{ vars[matrix.provider] }}'),
  },
  apply: cluster => ({
    id: 'google-auth',
    inputs: signIn(
      'apply',
      `\${{ vars.GCP_PROJECT_${ending(cluster)} }}`,
      `\${{ vars.GCP_PROVIDER_${ending(cluster)} }}`,
    ),
  }),
});

export const GKE_PIPELINE = googlePipeline('infra/gke');

function signIn(identity: 'apply' | 'plan', project: string, provider: string) {
  return {
    project_id: project,
    service_account: `github-${identity}@${project}.iam.gserviceaccount.com`,
    workload_identity_provider: provider,
  };
}
