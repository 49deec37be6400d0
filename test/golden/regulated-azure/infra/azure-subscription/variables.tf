# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# Values of one subscription.

variable "subscription_id" {
  description = "The only Azure subscription that this state may touch."
  type        = string
}

variable "location" {
  description = "Region of the state."
  type        = string
  default     = "westeurope"
}

variable "repository" {
  description = "GitHub repository whose pipelines may plan: OWNER/NAME, or OWNER@NUMBER/NAME@NUMBER where GitHub names it so in its tokens, as it does for repositories made since July 2026."
  type        = string
  default     = "northbank/payments-platform"
}
