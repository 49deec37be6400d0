#!/usr/bin/env bash
# Follows ADR-0024 (docs/adr/0024-promotion-a-signed-release-artifact.md).
# Whether the release workflow on main has signed this release.
#   scripts/verify-release.sh sha256:...
set -euo pipefail
cd "$(dirname "$0")/.."

[[ "${1:-}" =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "usage: scripts/verify-release.sh sha256:..." >&2; exit 2; }
release=replace-me-harbor.example.com/apps/plant-platform/release
# The log of the world cannot be reached from here: the key is all there is, and Vault never hands it out.
cosign verify "$release@$1" --key releases/cosign.pub --insecure-ignore-tlog --new-bundle-format=false >/dev/null
echo "$release@$1 is signed"
