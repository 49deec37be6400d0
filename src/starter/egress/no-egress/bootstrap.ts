/** What scripts/bootstrap.sh does where OpenTofu cannot run: its providers come from the internet. */
import { AS_LINES } from '../../control-plane/as-lines.ts';

/** Instead of asking the state; `settings` is the folder of the values, `how` sets kubectl up. */
export function comparedWithWhatWasBrought(settings: string, how: string): string {
  return String.raw`echo "== The infrastructure says the same as clusters/$cluster/variables/cluster-vars.yaml"
: "${'${CLUSTER_VARS:?'}a file with what tofu -chdir=${settings} output -json cluster_vars printed where OpenTofu runs}"
scripts/check-placeholders.sh ${settings}/envs/"$cluster".tfvars
diff <(variables | sort) <(<"$CLUSTER_VARS" ${AS_LINES} | sort)

name="$(sed -nE 's/^cluster_name += "([^"]+)"$/\1/p' "${settings}/envs/$cluster.tfvars")"
context="$(kubectl config view --minify -o jsonpath='{.contexts[0].context.cluster}')"
case "$context" in
  *"$name"*) ;;
  *) echo "kubectl points at $context and not at $name: ${how}" >&2; exit 2 ;;
esac
`;
}
