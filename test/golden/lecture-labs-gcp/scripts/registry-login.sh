#!/usr/bin/env bash
# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md).
# Lets Docker into a registry.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/registry-login.sh REGISTRY" >&2; exit 2; }
gcloud auth print-access-token | docker login --username oauth2accesstoken --password-stdin "https://$1" > /dev/null
