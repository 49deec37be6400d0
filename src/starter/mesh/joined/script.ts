/** scripts/join-clusters.sh: what clusters have to know of one another and no file may hold. */
import { commented, headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { script } from '../../repository/common-files.ts';
import { apiPort } from './edges.ts';
import { joinedClusters } from './way.ts';

export const JOIN_SCRIPT = 'scripts/join-clusters.sh';

export interface JoinSteps {
  /** Functions that the steps call, and checks of each cluster as `$here`. */
  readonly functions: string;
  /** What is done in `$here` for each `$there`. */
  readonly join: string;
  readonly account: { readonly namespace: string; readonly token: string };
}

export function joinScript(input: ModuleInput, steps: JoinSteps): ReadonlyMap<string, string> {
  const comment = commented(headline(input, 'mesh'));
  return new Map([[JOIN_SCRIPT, script(comment, bodyOf(input, steps))]]);
}

function bodyOf(input: ModuleInput, { functions, join, account }: JoinSteps): string {
  const environments = [...new Set(joinedClusters(input).map(({ environment }) => environment))];
  const cases = environments.map(environment => {
    const names = joinedClusters(input).filter(each => each.environment === environment);
    return `  ${environment}) clusters=(${names.map(({ name }) => name).join(' ')}) ;;`;
  });
  return `# Joins the clusters of an environment: each gets the way to the others and what it needs to trust them. Safe to run again,
# and run again when a cluster, a balancer or an authority was made anew. Nothing of it is written to a file.
#   ${JOIN_SCRIPT} <environment>
# kubectl has a context of the name of each cluster, whose address of the API is the one that the other clusters reach.
set -euo pipefail
cd "$(dirname "$0")/.."

case "\${1:-}" in
${cases.join('\n')}
  *) echo "usage: ${JOIN_SCRIPT} ${environments.join('|')}" >&2; exit 2 ;;
esac

cluster_of() { kubectl config view --raw --minify --flatten --context "$1" -o jsonpath="{.clusters[0].cluster.$2}"; }
# A tunnel may stand between this machine and an API within its network; pods of other clusters ask by its name.
server_of() {
  local server name
  server="$(cluster_of "$1" server)"
  name="$(cluster_of "$1" tls-server-name)"
  case "$server" in
    *://localhost*|*://127.*)
      [ -n "$name" ] || { echo "the entry of $1 in the kubeconfig names this machine and not the API" >&2; exit 1; }
      server="https://$name:${apiPort(input)}" ;;
  esac
  [ -n "$(cluster_of "$1" certificate-authority-data)" ] ||
    { echo "the entry of $1 in the kubeconfig names no authority: it does not lead to the address of the API itself" >&2; exit 1; }
  printf %s "$server"
}
token_of() {
  kubectl --context "$1" -n ${account.namespace} get secret ${account.token} -o jsonpath='{.data.token}' | base64 -d
}
# Reads services and where they run, and nothing that is secret.
kubeconfig_of() {
  local server
  server="$(server_of "$1")"
  cat <<CONFIG
apiVersion: v1
kind: Config
current-context: $1
clusters:
  - name: $1
    cluster: {server: "$server", certificate-authority-data: "$(cluster_of "$1" certificate-authority-data)"}
contexts:
  - name: $1
    context: {cluster: $1, user: $1}
users:
  - name: $1
    user: {token: "$(token_of "$1")"}
CONFIG
}
apply() { kubectl --context "$1" apply --server-side --field-manager=join-clusters -f -; }
${functions}

echo "== Every context leads to a cluster of its own"
seen=""
for here in "\${clusters[@]}"; do
  uid="$(kubectl --context "$here" get namespace kube-system -o jsonpath='{.metadata.uid}')"
  case "$seen" in *"$uid"*) echo "the context $here leads to a cluster that another one leads to" >&2; exit 1 ;; esac
  seen="$seen $uid"
  server_of "$here" >/dev/null
done

for here in "\${clusters[@]}"; do
  for there in "\${clusters[@]}"; do
    [ "$here" = "$there" ] && continue
    echo "== $here gets to know $there"
${join
  .split('\n')
  .map(line => (line === '' ? '' : `    ${line}`))
  .join('\n')}
  done
done
`;
}
