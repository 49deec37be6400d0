#!/usr/bin/env bash
# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# Prepares an account: state, key, roles, registry.
# Run by an administrator of the account, once, and again when infra/bootstrap changes. Needs aws, docker, tofu and jq.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/bootstrap.sh ENVIRONMENT" >&2; exit 2; }
environment=$1
cd "$(dirname "$0")/../infra/bootstrap"

values="envs/$environment.tfvars"
if [ ! -f "$values" ]; then
  echo "infra/bootstrap/$values is missing: copy $values.example and replace what is marked in it." >&2
  exit 2
fi
value() { sed -nE "s/^$1 *= *\"([^\"]*)\".*$/\\1/p" "$values"; }
name=$(value name)
name=${name:-claims-desk}
region=$(value region)
account=$(value account_id)
bucket="$name-$account-state"

if [ "$(aws sts get-caller-identity --query Account --output text)" != "$account" ]; then
  echo "You are signed in to another account than $account, which infra/bootstrap/$values names." >&2
  exit 2
fi
if ! aws s3api head-bucket --bucket "$bucket" --region "$region" > /dev/null 2>&1; then
  # us-east-1 alone is not named as a place.
  place=()
  if [ "$region" != us-east-1 ]; then place=(--create-bucket-configuration "LocationConstraint=$region"); fi
  aws s3api create-bucket --bucket "$bucket" --region "$region" "${place[@]}" > /dev/null
fi

tofu init -input=false -reconfigure -backend-config="bucket=$bucket" -backend-config="region=$region"
tofu apply -var-file="$values"

# Images of others are copied as they are, for every processor, and then come from here alone.
registry=$(tofu output -raw registry)
aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "${registry%%/*}"
copy() {
  if aws ecr describe-images --region "$region" --repository-name "$name/$1" --image-ids "imageTag=$2" > /dev/null 2>&1; then
    return
  fi
  docker buildx imagetools create --tag "$registry/$1:$2" "$3"
}
copy sample 6.14.1 ghcr.io/stefanprodan/podinfo:6.14.1
copy collector v0.49.0 public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0

echo
echo "Variables for the workflows:"
tofu output -json github_variables | jq -r 'to_entries[] | "gh variable set \(.key) --body \(.value)"'
if tofu output -json | jq -e 'has("certificate_records")' > /dev/null; then
  echo
  echo "Record to create at your DNS provider, now and for good; the first deployment waits for its certificate:"
  tofu output -json certificate_records | jq -r '.[] | "\(.name) \(.type) \(.data)"'
fi
