#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# Prepares a project: state, identities, federation.
# Run by an administrator of the project, once, and again when infra/bootstrap changes. Needs gcloud, tofu and jq.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/bootstrap.sh ENVIRONMENT" >&2; exit 2; }
environment=$1
cd "$(dirname "$0")/../infra/bootstrap"

values="envs/$environment.tfvars"
if [ ! -f "$values" ]; then
  echo "infra/bootstrap/$values is missing: copy $values.example and replace what is marked in it." >&2
  exit 2
fi
value() { sed -n "s/^$1 *= *\"\(.*\)\"$/\1/p" "$values"; }
project=$(value project_id)
region=$(value region)
bucket="$project-state"

gcloud services enable cloudresourcemanager.googleapis.com serviceusage.googleapis.com storage.googleapis.com \
  --project="$project"
if ! gcloud storage buckets describe "gs://$bucket" --project="$project" > /dev/null 2>&1; then
  gcloud storage buckets create "gs://$bucket" --project="$project" --location="$region" \
    --uniform-bucket-level-access --public-access-prevention
  gcloud storage buckets update "gs://$bucket" --versioning
fi

tofu init -input=false -reconfigure -backend-config="bucket=$bucket"
tofu apply -var-file="$values"

echo
echo "Variables for the workflows:"
tofu output -json github_variables | jq -r 'to_entries[] | "gh variable set \(.key) --body \(.value)"'
