/** The variable of a cluster that names the ranges of those it is joined to. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

export function joinedRanges(description: string): HclExpression {
  return hcl`
variable "joined_cidrs" {
  description = ${description}
  type        = set(string)
  default     = []

  validation {
    condition     = !anytrue([for cidr in var.joined_cidrs : endswith(cidr, "/0")])
    error_message = "Everything is no cluster."
  }
}
`;
}
