/** The variable by which a project of Google Cloud knows whose workflows it trusts. */
import { hcl } from '../../files/hcl.ts';

export const REPOSITORY_ID = hcl`variable "github_repository_id" {
  description = "Number of the GitHub repository: gh api repos/OWNER/NAME --jq .id"
  type        = string

  # A name can be given up and taken by somebody else; a number cannot.
  validation {
    condition     = can(regex("^[0-9]+$", var.github_repository_id))
    error_message = "Give the number that GitHub has for the repository, not its name."
  }
}`;
