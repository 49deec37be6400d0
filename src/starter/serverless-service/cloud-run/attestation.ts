/** Binary Authorization: infra/bootstrap/attestation.tf and what it adds to workloads. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { ATTESTOR } from '../../google/attestor.ts';

export const ATTESTATION = hcl`
${ATTESTOR}

# What has no attestation does not start; the sample is not ours to attest.
resource "google_binary_authorization_policy" "main" {
  global_policy_evaluation_mode = "ENABLE"

  admission_whitelist_patterns {
    name_pattern = "\${var.region}-docker.pkg.dev/\${var.project_id}/upstream/*"
  }

  default_admission_rule {
    evaluation_mode         = "REQUIRE_ATTESTATION"
    enforcement_mode        = "ENFORCED_BLOCK_AND_AUDIT_LOG"
    require_attestations_by = [google_binary_authorization_attestor.main.name]
  }
}
`;

/** A workload that starts attested images only. */
export function attested(workload: HclExpression): HclExpression {
  const code = workload.code.replace(
    /( *)(deletion_protection += var\.deletion_protection.*\n)/,
    (_, indent: string, line: string) => `${indent}${line}
${indent}# Only images that the pipeline attested start (infra/bootstrap/attestation.tf).
${indent}binary_authorization {
${indent}  use_default = true
${indent}}
`,
  );
  if (code === workload.code) throw new Error('the workload has no place for Binary Authorization');
  return { kind: 'expression', code };
}
