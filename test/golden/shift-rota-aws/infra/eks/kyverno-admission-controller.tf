# Follows ADR-0016 (docs/adr/0016-image-signing-sigstore-cosign.md).
# Reads images and their signatures, so that a verifier can judge them.

data "aws_iam_policy_document" "kyverno_admission_controller" {
  statement {
    sid       = "SignIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "ReadOwnImages"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
    ]
    resources = ["arn:${data.aws_partition.current.partition}:ecr:${var.region}:${var.account_id}:repository/apps/*"]
  }
}

resource "aws_iam_role" "kyverno_admission_controller" {
  name_prefix        = "${substr(var.cluster_name, 0, 8)}-kyverno-admission-controller-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "kyverno_admission_controller" {
  name   = "kyverno-admission-controller"
  role   = aws_iam_role.kyverno_admission_controller.id
  policy = data.aws_iam_policy_document.kyverno_admission_controller.json
}

resource "aws_eks_pod_identity_association" "kyverno_admission_controller" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "kyverno"
  service_account = "kyverno-admission-controller"
  role_arn        = aws_iam_role.kyverno_admission_controller.arn
}
