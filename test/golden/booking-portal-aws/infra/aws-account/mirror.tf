# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-with-a-mirror-of-what-others-publish.md).
# Copies of what others publish, made when a node first asks for them; the rate limits and outages of others stop here.

locals {
  upstreams = {
    "docker-hub" = { url = "registry-1.docker.io", signs_in = true }
    ghcr         = { url = "ghcr.io", signs_in = true }
    "ecr-public" = { url = "public.ecr.aws", signs_in = false }
    quay         = { url = "quay.io", signs_in = false }
    kubernetes   = { url = "registry.k8s.io", signs_in = false }
  }
  mirrors = {
    for pair in setproduct(var.registry_regions, keys(local.upstreams)) : "${pair[0]}/${pair[1]}" => merge(local.upstreams[pair[1]], { region = pair[0], prefix = pair[1] })
  }
}

# Filled by hand, so that no state holds the value; ECR reads secrets with this name in front and no others.
resource "aws_secretsmanager_secret" "upstream" {
  # checkov:skip=CKV_AWS_149: ECR reads it with the key that AWS keeps for secrets.
  # checkov:skip=CKV2_AWS_57: An account at another registry; its token is renewed there and put in by hand.
  for_each = { for name, mirror in local.mirrors : name => mirror if mirror.signs_in }

  region      = each.value.region
  name        = "ecr-pullthroughcache/${each.value.prefix}"
  description = "Account with which ECR pulls from ${each.value.url}: username and accessToken as JSON"
}

resource "aws_ecr_pull_through_cache_rule" "upstream" {
  for_each = local.mirrors

  region                = each.value.region
  ecr_repository_prefix = each.value.prefix
  upstream_registry_url = each.value.url
  credential_arn        = each.value.signs_in ? aws_secretsmanager_secret.upstream[each.key].arn : null
}

# What a repository is like that ECR makes at the first pull. An archived image comes back within minutes when it is asked for by hand.
resource "aws_ecr_repository_creation_template" "upstream" {
  for_each = local.mirrors

  region               = each.value.region
  prefix               = each.value.prefix
  description          = "Copies of ${each.value.url}"
  applied_for          = ["PULL_THROUGH_CACHE"]
  image_tag_mutability = "IMMUTABLE"

  lifecycle_policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Not pulled for 90 days: to the archive"
        selection    = { tagStatus = "any", countType = "sinceImagePulled", countUnit = "days", countNumber = 90 }
        action       = { type = "transition", targetStorageClass = "archive" }
      },
      {
        rulePriority = 2
        description  = "A year in the archive: gone"
        selection    = { tagStatus = "any", storageClass = "archive", countType = "sinceImageTransitioned", countUnit = "days", countNumber = 365 }
        action       = { type = "expire" }
      },
    ]
  })
}
