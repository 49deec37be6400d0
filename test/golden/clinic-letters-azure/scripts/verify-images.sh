#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# Looks at the signatures of images.
# Ends with an error unless every image that the values of an environment name was signed by this repository's workflow
# image, on main. Needs az and cosign. Container Apps starts any image that it may pull, so this is looked at before.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/verify-images.sh ENVIRONMENT" >&2; exit 2; }
cd "$(dirname "$0")/.."
values="infra/container-apps/envs/$1.tfvars"
[ -f "$values" ] || { echo "$values is missing" >&2; exit 2; }

mapfile -t images < <(sed -E 's/^ *#.*//' "$values" | grep -oE '\bimage *= *"[^"]+"' | cut -d'"' -f2 | sort -u)
if [ "${#images[@]}" -eq 0 ]; then
  echo "$values names no image: the sample runs, which is not ours to sign"
  exit 0
fi
repository=${GITHUB_REPOSITORY:-$(git remote get-url origin | sed -E 's#^.*[:/]([^/]+/[^/]+)$#\1#; s#\.git$##')}
for image in "${images[@]}"; do
  registry=${image%%/*}
  az acr login --name "${registry%%.*}" --output none
  cosign verify "$image" --output text \
    --certificate-oidc-issuer "https://token.actions.githubusercontent.com" \
    --certificate-identity "https://github.com/$repository/.github/workflows/image.yaml@refs/heads/main" > /dev/null
  echo "signed: $image"
done
