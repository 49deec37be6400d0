# Follows ADR-0010 (docs/adr/0010-registry-a-cloud-registry-ecr-acr-artifact-registry-or-a-hosted-one.md).
# Images that cannot be overwritten, scanned and encrypted.

locals {
  # One repository per workload, and one for each image of others that is copied in.
  repositories = setunion(local.workloads, ["sample", "collector"])
}

resource "aws_ecr_repository" "main" {
  for_each = local.repositories

  name                 = "${var.name}/${each.key}"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.main.arn
  }
}

# A rollback needs the images of versions that served lately; signatures lie beside them and count too.
resource "aws_ecr_lifecycle_policy" "main" {
  for_each = aws_ecr_repository.main

  repository = each.value.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Untagged images after a month."
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 30 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "The newest images and signatures stay."
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 200 }
        action       = { type = "expire" }
      },
    ]
  })
}
