/** scripts/deliver.sh: what stands in Git reaches a cluster, step after step. People and pipelines run the same. */
import type { ModuleInput } from '../../module.ts';
import { leftAlone } from './left-alone.ts';

/** Lines that scripts/compare.sh needs as well. */
export const READ_INSTALLS = `# Releases are kept in ConfigMaps: whoever compares them need not be able to read Secrets.
export HELM_DRIVER=configmap
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
steps="clusters/$cluster/steps.yaml"
kustomize build "clusters/$cluster" >"$work/installs.yaml"

installed() { kind="$1" name="$2" yq 'select(.kind == strenv(kind) and .metadata.name == strenv(name)) | .spec' "$work/installs.yaml"; }
step_field() { name="$1" field="$2" yq '.steps[] | select(.name == strenv(name)) | .[strenv(field)] // ""' "$steps"; }
step_installs() { name="$1" yq '.steps[] | select(.name == strenv(name)) | .installs[]' "$steps"; }

# chart NAME: says where the chart is, in which version, and with which values.
chart() {
  installed Chart "$1" >"$work/chart.yaml"
  local repository file
  repository="$(yq .repository "$work/chart.yaml")"
  reference=("$(yq .chart "$work/chart.yaml")")
  case "$repository" in
    oci://*) reference=("$repository/\${reference[0]}") ;;
    *) reference+=(--repo "$repository") ;;
  esac
  version="$(yq .version "$work/chart.yaml")"
  namespace="$(yq .namespace "$work/chart.yaml")"
  reference+=(--version "$version")
  file="$(yq '.valuesFile // ""' "$work/chart.yaml")"
  yq '.values // {}' "$work/chart.yaml" >"$work/values.yaml"
  # As Helm merges two files of values.
  [ -z "$file" ] || yq eval-all 'select(fileIndex == 0) * select(fileIndex == 1)' "$file" "$work/values.yaml" >"$work/merged.yaml"
  [ -z "$file" ] || mv "$work/merged.yaml" "$work/values.yaml"
}
`;

export function deliverScript(input: ModuleInput): string {
  const clusters = input.clusters.map(({ name }) => name);
  const { lines, call } = leftAlone(input, MADE_ONCE, '\n  patiently begun "$file"');
  return String.raw`# What stands in Git reaches a cluster, step after step; each is ready before the next begins. Safe to run again.
#   scripts/deliver.sh <cluster> platform|apps|all
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${'${1:-}'}" part="${'${2:-}'}"
usage() { echo "usage: scripts/deliver.sh ${clusters.join('|')} platform|apps|all" >&2; exit 2; }
case "$cluster" in ${clusters.join('|')}) ;; *) usage ;; esac
case "$part" in platform | apps | all) ;; *) usage ;; esac

${READ_INSTALLS}
apply() { kubectl apply --server-side --force-conflicts --field-manager=delivery "$@"; }

# A webhook that was installed a moment ago may not answer yet.
patiently() {
  local try
  for try in 1 2 3 4 5; do
    if "$@"; then return 0; fi
    echo "again in twenty seconds, $try of 5: $*" >&2
    sleep 20
  done
  "$@"
}
${lines}
# One line for each object: apiVersion, kind, namespace or -, name.
names() { yq -N 'select(.kind != null) | [.apiVersion, .kind, .metadata.namespace // "-", .metadata.name] | join(" ")' "$1" | sort -u; }
remembered() { kubectl -n delivery get configmap "delivered-$1" --ignore-not-found -o jsonpath='{.data.objects}'; }
remember() {
  kubectl -n delivery create configmap "delivered-$1" --from-file=objects="$2" --dry-run=client -o yaml |
    kubectl label --local -f - "commit=${'${RELEASE:-$(git rev-parse --short=12 HEAD)}'}" -o yaml | apply -f - >/dev/null
}
remove() {
  local version="$1" kind="$2" namespace="$3" name="$4"
  case "$kind" in
    # They would take along what lies in them.
    Namespace | CustomResourceDefinition | PersistentVolumeClaim) echo "out of Git, and left where it is: $kind $name" ;;
    *)
      [ "$namespace" = - ] && namespace='' || namespace="  namespace: $namespace"
      printf 'apiVersion: %s\nkind: %s\nmetadata:\n  name: %s\n%s\n' "$version" "$kind" "$name" "$namespace" |
        kubectl delete --ignore-not-found -f -
      ;;
  esac
}

# The template of a Job cannot be changed: one that differs makes room for the next.
replace_jobs() {
  yq -N 'select(.kind == "Job") | .metadata.namespace + " " + .metadata.name' "$1" | while read -r namespace name; do
    name="$name" yq 'select(.kind == "Job" and .metadata.name == strenv(name))' "$1" >"$work/job.yaml"
    if ! apply --dry-run=server -f "$work/job.yaml" >/dev/null 2>&1; then
      kubectl -n "$namespace" delete job "$name" --ignore-not-found
    fi
  done
}

objects() {
  local step="$1" path="$2" prune="$3" file="$work/$1.yaml"
  kustomize build "$path" >"$file"
  names "$file" >"$work/now"
  # Namespaces come before the one that the list lies in.
  if [ "$prune" = true ]; then
    remembered "$step" | sort -u >"$work/before"
    # What was there and what is coming, until both are done: a delivery that breaks off forgets nothing.
    sort -u "$work/before" "$work/now" >"$work/both"
    remember "$step" "$work/both"
  fi
  replace_jobs "$file"${call}
  patiently apply -f "$file"
  if [ "$prune" = true ]; then
    comm -23 <(grep . "$work/before" || true) "$work/now" | while read -r version kind namespace name; do
      remove "$version" "$kind" "$namespace" "$name" </dev/null
    done
    remember "$step" "$work/now"
  fi
}

manifests() {
  local name="$1" repository tag path file
  installed Manifests "$name" >"$work/manifests.yaml"
  repository="$(yq .repository "$work/manifests.yaml")" tag="$(yq .tag "$work/manifests.yaml")" path="$(yq .path "$work/manifests.yaml")"
  git -c advice.detachedHead=false clone --quiet --depth 1 --branch "$tag" "$repository" "$work/$name"
  for file in "$work/$name/$path"/*.yaml; do
    [ "$(basename "$file")" = kustomization.yaml ] || { echo "---"; cat "$file"; }
  done >"$work/$name.yaml"
  patiently apply -f "$work/$name.yaml"
}
release() {
  local name="$1" step="$2" wait="$3"
  chart "$name" || return 1
  # Helm looks at the kinds of a chart when it installs it, and never again.
  if [ "$(yq .crds "$work/chart.yaml")" = create-replace ]; then
    helm show crds "${'${reference[@]}'}" >"$work/crds.yaml" || return 1
    if grep -q '^kind:' "$work/crds.yaml"; then apply -f "$work/crds.yaml" || return 1; fi
  fi
  helm upgrade --install "$name" "${'${reference[@]}'}" --namespace "$namespace" --values "$work/values.yaml" --skip-crds \
    --server-side=true --force-conflicts --labels "delivery=push,step=$step" --history-max 5 --wait --timeout "$wait"
}

# Kinds that say themselves when they are ready, and how.
ready() {
  local wait="$2" condition
  names "$1" | while read -r _ kind namespace name; do
    case "$kind" in
      Deployment | DaemonSet | StatefulSet)
        kubectl -n "$namespace" rollout status "$kind/$name" --timeout="$wait" </dev/null
        continue
        ;;
      CustomResourceDefinition) condition=Established ;;
      Job) condition=Complete ;;
      Certificate | ClusterIssuer | ClusterSecretStore | ExternalSecret) condition=Ready ;;
      Gateway) condition=Programmed ;;
      *) continue ;;
    esac
    [ "$namespace" = - ] && namespace=default
    kubectl -n "$namespace" wait "$kind/$name" --for="condition=$condition" --timeout="$wait" </dev/null
  done
}

while read -r step; do
  by="$(step_field "$step" by)" path="$(step_field "$step" path)" wait="$(step_field "$step" wait)"
  [ "$part" = all ] || [ "$by" = "$part" ] || continue
  echo "== $step"
  [ -z "$path" ] || objects "$step" "$path" "$(step_field "$step" prune)"
  while read -r name; do
    [ -n "$name" ] || continue
    if [ -n "$(installed Chart "$name")" ]; then patiently release "$name" "$step" "$wait" </dev/null; else manifests "$name" </dev/null; fi
  done < <(step_installs "$step")
  [ -z "$path" ] || ready "$work/$step.yaml" "$wait"
done < <(yq '.steps[].name' "$steps")

# A chart that is no longer in Git goes; what brought kinds stays, since they would take their objects along.
if [ "$part" != apps ]; then
  helm list --all-namespaces --selector 'delivery=push,step!=crds' --max 0 --output json | yq -p json '.[] | .namespace + " " + .name' |
    while read -r namespace name; do
      [ -n "$name" ] || continue
      [ -n "$(installed Chart "$name")" ] || helm uninstall "$name" --namespace "$namespace" --wait </dev/null
    done
fi
echo "$cluster: $part is delivered"
`;
}

/** By another name than it is applied by: what a name no longer applies, it takes away. */
const MADE_ONCE = 'kubectl create --field-manager=begun -f "$work/begun.yaml" || return 1';
