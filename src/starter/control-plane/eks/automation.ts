/** What scripts and pipelines do with the infrastructure of EKS. */
import { AS_LINES } from '../as-lines.ts';
import type { InfrastructurePipeline } from '../control-plane.ts';

export const EKS_BOOTSTRAP = `echo "== The infrastructure says the same as clusters/$cluster/variables/cluster-vars.yaml"
scripts/check-placeholders.sh infra/eks/envs/"$cluster".tfvars infra/eks/envs/"$cluster".tfbackend
tofu -chdir=infra/eks init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null
diff <(variables | sort) <(tofu -chdir=infra/eks output -json cluster_vars | ${AS_LINES} | sort)

name="$(tofu -chdir=infra/eks output -raw cluster_name)"
context="$(kubectl config view --minify -o jsonpath='{.contexts[0].context.cluster}')"
case "$context" in
  *"$name"*) ;;
  *) echo "kubectl points at $context and not at $name: aws eks update-kubeconfig --name $name" >&2; exit 2 ;;
esac
`;

export const EKS_PIPELINE: InfrastructurePipeline = {
  folder: 'infra/eks',
  columns: ({ name, region }) => ({
    region,
    role: `AWS_PLAN_ROLE_${name.toUpperCase().replaceAll('-', '_')}`,
  }),
  lock: '-lock-timeout=5m',
  credentials: {
    id: 'aws-credentials',
    inputs: {
      'role-to-assume': '${{ vars[matrix.role] }}',
      'aws-region': '${{ matrix.region }}',
    },
  },
};
