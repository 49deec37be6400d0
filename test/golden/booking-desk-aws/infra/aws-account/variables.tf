# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
# Values of one account.

variable "account_id" {
  description = "The only AWS account that this state may touch."
  type        = string
}

variable "region" {
  description = "Region of the state bucket."
  type        = string
  default     = "eu-west-1"
}

variable "state_bucket" {
  description = "Name of the bucket; unique in all of AWS."
  type        = string
  default     = "replace-me-state-bucket"
}

variable "repository" {
  description = "GitHub repository whose pipelines may plan: owner/name, or OWNER@NUMBER/NAME@NUMBER where GitHub names it so in its tokens, as it does for repositories made since July 2026."
  type        = string
  default     = "harbour/platform"
}
