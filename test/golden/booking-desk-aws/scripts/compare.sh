#!/usr/bin/env bash
# Follows ADR-0019 (docs/adr/0019-delivery-push-from-the-pipeline.md).
# What differs between Git and a cluster: what a delivery would change, and what was changed by hand. Changes nothing.
#   scripts/compare.sh <cluster>      exit code 1: something differs
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in staging|production) ;; *) echo "usage: scripts/compare.sh staging|production" >&2; exit 2 ;; esac

# Releases are kept in ConfigMaps: whoever compares them need not be able to read Secrets.
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
    oci://*) reference=("$repository/${reference[0]}") ;;
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

found=0
differs() { echo "differs: $*"; found=1; }

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
    there="$(kubectl -n "${namespace/#-/default}" get "$kind" "$name" --ignore-not-found -o yaml)"
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
    kustomize build "$path" >"$work/objects.yaml"
    compared "the step $step" delivery "$work/objects.yaml"
    read_only "$work/objects.yaml"
  fi
  while read -r name; do
    if [ -z "$name" ] || [ -z "$(installed Chart "$name")" ]; then continue; fi
    chart "$name"
    there="$(helm list --namespace "$namespace" --filter "^$name\$" --output json | yq -p json '.[0].chart // "nothing"')"
    [ "${there%%+*}" = "$(yq .chart "$work/chart.yaml")-${version%%+*}" ] || { differs "$name is $there and not $version"; continue; }
    diff <(yq -P 'sort_keys(..)' "$work/values.yaml") <(helm get values "$name" --namespace "$namespace" --output yaml | yq -P 'sort_keys(..)') ||
      differs "values of $name"
    helm get manifest "$name" --namespace "$namespace" >"$work/release.yaml"
    compared "what the chart $name has installed" helm "$work/release.yaml"
    read_only "$work/release.yaml"
  done < <(step_installs "$step")
done < <(yq '.steps[].name' "$steps")
exit "$found"
