/** scripts/infra.sh: the same plan, apply and comparison for people and for the pipeline. */

/** Where the state of an environment lies. */
export interface Backend {
  /** Shell that reads what it needs from the file `$values`. */
  readonly read: string;
  /** Of `-backend-config`, as they stand within double quotes. */
  readonly config: readonly string[];
}

export function infraScript(folder: string, backend: Backend): string {
  const config = backend.config.map(each => `-backend-config="${each}"`).join(' ');
  return `set -euo pipefail

usage() {
  echo "usage: scripts/infra.sh plan|apply|drift ENVIRONMENT" >&2
  exit 2
}

[ $# -eq 2 ] || usage
action=$1
environment=$2
cd "$(dirname "$0")/../${folder}"

values="envs/$environment.tfvars"
if [ ! -f "$values" ]; then
  echo "${folder}/$values is missing: copy $values.example and replace what is marked in it." >&2
  exit 2
fi
${backend.read}

# In a pipeline nobody looks at changed checksums of providers, so they are refused.
lock=()
if [ "\${CI:-}" = true ]; then lock=(-lockfile=readonly); fi
tofu init -input=false -reconfigure ${config} "\${lock[@]}" >&2

case $action in
  plan)
    # Without a lock: who only reads the state cannot write one.
    tofu plan -input=false -no-color -lock=false -var-file="$values"
    ;;
  apply)
    tofu plan -input=false -no-color -lock-timeout=5m -var-file="$values" -out="$environment.tfplan"
    tofu apply -input=false -no-color -lock-timeout=5m "$environment.tfplan"
    ;;
  drift)
    # Ends with 2 where something differs.
    tofu plan -input=false -no-color -lock=false -var-file="$values" -detailed-exitcode
    ;;
  *) usage ;;
esac
`;
}
