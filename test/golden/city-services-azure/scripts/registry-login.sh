#!/usr/bin/env bash
# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md).
# Lets Docker into a registry.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/registry-login.sh REGISTRY" >&2; exit 2; }
az acr login --name "${1%%.*}" > /dev/null
