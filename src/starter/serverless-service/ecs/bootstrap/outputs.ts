/** infra/bootstrap: what people and pipelines have to know of it. */
import { type HclExpression, hcl } from '../../../../files/hcl.ts';
import { together } from '../../code.ts';
import { hasOwnEdge, type Settings } from '../settings.ts';

export function bootstrapOutputs(settings: Settings): HclExpression {
  return together(
    hcl`
output "github_variables" {
  description = "Variables of the GitHub repository that the workflows read: gh variable set NAME --body VALUE"
  value = {
    "\${upper(var.environment)}_ACCOUNT_ID" = var.account_id
    "\${upper(var.environment)}_REGION"     = var.region
  }
}

output "registry" {
  description = "Where scripts/bootstrap.sh copies images of others to."
  value       = "\${var.account_id}.dkr.ecr.\${var.region}.amazonaws.com/\${var.name}"
}
`,
    hasOwnEdge(settings)
      ? hcl`
output "certificate_records" {
  description = "Record to create at your DNS provider before the first deployment; it has to stay for renewals."
  value = distinct([for option in aws_acm_certificate.main.domain_validation_options : {
    name = option.resource_record_name
    type = option.resource_record_type
    data = option.resource_record_value
  }])
}
`
      : null,
  );
}
