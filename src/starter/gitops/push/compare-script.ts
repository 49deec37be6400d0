/** scripts/compare.sh: what differs between Git and a cluster, asked with rights that change nothing. */
import type { ModuleInput } from '../../module.ts';
import { READ_INSTALLS } from './deliver-script.ts';
import { leftAlone } from './left-alone.ts';

export function compareScript(input: ModuleInput): string {
  const clusters = input.clusters.map(({ name }) => name);
  const { lines, call } = leftAlone(input, 'return 0', '\n    begun "$work/objects.yaml"');
  return String.raw`# What differs between Git and a cluster: what a delivery would change, and what was changed by hand. Changes nothing.
#   scripts/compare.sh <cluster>      exit code 1: something differs
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${'${1:-}'}"
case "$cluster" in ${clusters.join('|')}) ;; *) echo "usage: scripts/compare.sh ${clusters.join('|')}" >&2; exit 2 ;; esac

${READ_INSTALLS}
found=0
differs() { echo "differs: $*"; found=1; }
${lines}
# Secrets are not read. Roles and admission policies cannot be asked for a dry run: they are read and held beside each other below.
plain() { yq 'select(.kind != "Secret" and (.apiVersion | test("^(rbac.authorization|admissionregistration).k8s.io/") | not))' "$1"; }
compared() {
  local what="$1" manager="$2" code=0
  plain "$3" >"$work/plain.yaml"
  grep -q '^kind:' "$work/plain.yaml" || return 0
  kubectl diff --server-side --force-conflicts --field-manager="$manager" -f "$work/plain.yaml" || code=$?
  case "$code" in 0) ;; 1) differs "$what" ;; *) exit "$code" ;; esac
}

said() { yq -P '[.rules // [], .roleRef // {}, .subjects // []] | del(.[1].apiGroup, .[2][].apiGroup) | sort_keys(..)' -; }
read_only() {
  local kind namespace name there
  while read -r kind namespace name; do
    [ -n "$kind" ] || continue
    there="$(kubectl -n "${'${namespace/#-/default}'}" get "$kind" "$name" --ignore-not-found -o yaml)"
    if [ -z "$there" ]; then
      differs "$kind $name is not there"
    elif [[ $kind == *Role* ]] && ! diff <(kind="$kind" namespace="$namespace" name="$name" yq 'select(.kind == strenv(kind) and .metadata.name == strenv(name) and (.metadata.namespace // "-") == strenv(namespace))' "$1" | said) <(said <<<"$there"); then
      differs "$kind $name"
    fi
  done < <(yq -N 'select(.apiVersion // "" | test("^(rbac.authorization|admissionregistration).k8s.io/")) | select(has("aggregationRule") | not) | [.kind, .metadata.namespace // "-", .metadata.name] | join(" ")' "$1")
}

while read -r step; do
  path="$(step_field "$step" path)"
  if [ -n "$path" ]; then
    kustomize build "$path" >"$work/objects.yaml"${call}
    compared "the step $step" delivery "$work/objects.yaml"
    read_only "$work/objects.yaml"
  fi
  while read -r name; do
    if [ -z "$name" ] || [ -z "$(installed Chart "$name")" ]; then continue; fi
    chart "$name"
    there="$(helm list --namespace "$namespace" --filter "^$name\$" --output json | yq -p json '.[0].chart // "nothing"')"
    [ "${'${there%%+*}'}" = "$(yq .chart "$work/chart.yaml")-${'${version%%+*}'}" ] || { differs "$name is $there and not $version"; continue; }
    diff <(yq -P 'sort_keys(..)' "$work/values.yaml") <(helm get values "$name" --namespace "$namespace" --output yaml | yq -P 'sort_keys(..)') ||
      differs "values of $name"
    helm get manifest "$name" --namespace "$namespace" >"$work/release.yaml"
    compared "what the chart $name has installed" helm "$work/release.yaml"
    read_only "$work/release.yaml"
  done < <(step_installs "$step")
done < <(yq '.steps[].name' "$steps")
exit "$found"
`;
}
