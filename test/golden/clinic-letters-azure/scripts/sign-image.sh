#!/usr/bin/env bash
# Follows ADR-0009 (docs/adr/0009-image-signing-sigstore-cosign.md).
# Builds an image from workloads/NAME, signs it without a key, and locks it in the registry.
# Signs an image with the identity of the workflow that runs, and locks its tag: nothing can be put in its place, and
# it is not deleted. Needs az and cosign.
set -euo pipefail

[ $# -eq 4 ] || { echo "usage: scripts/sign-image.sh REGISTRY NAME DIGEST TAG" >&2; exit 2; }
az acr login --name "$1"
cosign sign --yes "$1.azurecr.io/$2@$3"
az acr repository update --name "$1" --image "$2:$4" --write-enabled false --delete-enabled false --output none
echo "signed and locked: $1.azurecr.io/$2@$3"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then echo "- $1.azurecr.io/$2@$3" >> "$GITHUB_STEP_SUMMARY"; fi
