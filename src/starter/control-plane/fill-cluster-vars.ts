/** What a cloud makes up is known only when the infrastructure stands; a script writes it into Git then. */
import type { FileTree } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { commented, headline } from '../headline.ts';
import { script } from '../repository/common-files.ts';
import { AS_LINES } from './as-lines.ts';

export const FILL_CLUSTER_VARS = 'scripts/fill-cluster-vars.sh';

/** `folder`: that of the infrastructure; `beside`: lines after what manifests are told, which know `$cluster`. */
export function fillScript(input: ClusterInput, folder: string, beside = ''): FileTree {
  const comment = commented(headline(input, 'platform-defaults'));
  return new Map([[FILL_CLUSTER_VARS, script(comment, fillClusterVars(folder, beside))]]);
}

/** A step of the README. */
export const fillStep = (cluster: string, cloud: string): string =>
  `Run \`${FILL_CLUSTER_VARS} ${cluster}\` and commit what it has written: ids that ${cloud} has made up.`;

const fillClusterVars = (
  folder: string,
  beside: string,
) => String.raw`# Writes what only the infrastructure knows into clusters/<cluster>/variables/cluster-vars.yaml: ids, names and ranges, no secret.
#   scripts/fill-cluster-vars.sh <cluster>
# Commit what it has changed: what is delivered is what stands in Git.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${'${1:?usage: scripts/fill-cluster-vars.sh CLUSTER}'}"
file="clusters/$cluster/variables/cluster-vars.yaml"
[ -f "$file" ] || { echo "there is no $file" >&2; exit 2; }
tofu -chdir=${folder} init -input=false -reconfigure -backend-config="envs/$cluster.tfbackend" >/dev/null

filled="$(mktemp)"
trap 'rm -f "$filled"' EXIT
cp "$file" "$filled"
while IFS='=' read -r name value; do
  sed -E "s|^(  $name: ).*|\1\"$value\"|" "$filled" >"$filled.next"
  mv "$filled.next" "$filled"
done < <(tofu -chdir=${folder} output -json cluster_vars | ${AS_LINES})
cp "$filled" "$file"
${beside}git --no-pager diff --stat -- "$file"
`;
