/** attestation.tf: which images may start, and who says so; first only written down, then enforced. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { ATTESTOR } from '../../google/attestor.ts';
import { pickOf } from '../../picks.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';
import { terraformText } from '../../terraform.ts';
import { PROJECT_FOLDER } from './project.ts';

export function gkeBinaryAuthorization(input: ClusterInput, decision: Id): Contribution {
  return {
    files: new Map([
      [
        `${PROJECT_FOLDER}/attestation.tf`,
        terraformText(
          input,
          decision,
          'Which images may start in the clusters of this project: those of publishers that are named here, and own ones that were attested.',
          hcl`${ATTESTOR}
${policy(input)}`,
        ),
      ],
    ]),
    runbooks: [RUNBOOK],
    checks: [
      {
        decision,
        says: 'Clusters ask the policy of the project before a pod starts.',
        command: `grep -qE '^ +evaluation_mode += "PROJECT_SINGLETON_POLICY_ENFORCE"$' infra/gke/cluster.tf`,
        path: 'infra/gke/cluster.tf',
      },
      {
        decision,
        says: 'Own images need an attestation.',
        command: `grep -qE '^ +evaluation_mode +=  *"REQUIRE_ATTESTATION"$' ${PROJECT_FOLDER}/attestation.tf`,
        path: `${PROJECT_FOLDER}/attestation.tf`,
      },
    ],
    nextSteps: [
      'Set `attestation_enforced` in `infra/gcp-project` once a week has passed in which the log names no image of your own (docs/runbooks/image-refused.md).',
    ],
  };
}

/** As the images of the platform are named: by the mirror, or as their publishers name them. */
function policy({ stack }: ClusterInput): HclExpression {
  const patterns =
    pickOf(stack, 'registry') === 'mirror'
      ? mirrored(BEFORE_MIRROR[pickOf(stack, 'gitops') ?? ''] ?? [])
      : hcl`${UPSTREAMS.map(({ host }) => `${host}/**`)}`;
  return hcl`
variable "attestation_enforced" {
  description = "Refuse own images that nobody attested; until then they are only written down in the audit log."
  type        = bool
  default     = false
}

locals {
  # What others publish: read before it is taken, and named by version.
  published = ${patterns}
}

resource "google_binary_authorization_policy" "main" {
  global_policy_evaluation_mode = "ENABLE"

  dynamic "admission_whitelist_patterns" {
    for_each = local.published

    content {
      name_pattern = admission_whitelist_patterns.value
    }
  }

  default_admission_rule {
    evaluation_mode         = "REQUIRE_ATTESTATION"
    enforcement_mode        = var.attestation_enforced ? "ENFORCED_BLOCK_AND_AUDIT_LOG" : "DRYRUN_AUDIT_LOG_ONLY"
    require_attestations_by = [google_binary_authorization_attestor.main.name]
  }
}
`;
}

/** A pattern takes its star behind the name of the registry alone, so each region has its own. */
const mirrored = (before: readonly string[]) => hcl`concat(
  [for pair in setproduct(var.registry_regions, ${UPSTREAMS.map(({ prefix }) => prefix)}) : "\${pair[0]}-docker.pkg.dev/\${var.project_id}/\${pair[1]}/**"],
  # What delivers is there before anything tells it of the copies.
  ${before},
)`;

/** Publishers of what delivers, by the pick of that: scripts/bootstrap.sh takes their images as they name them. */
const BEFORE_MIRROR: Readonly<Record<Id, readonly string[]>> = {
  'argo-cd': ['quay.io/argoproj/**', 'public.ecr.aws/docker/library/**'],
  flux: ['ghcr.io/controlplaneio-fluxcd/**', 'ghcr.io/fluxcd/**'],
};

const RUNBOOK: Runbook = {
  id: 'image-refused',
  title: 'An image is refused',
  text: `The cluster asks the policy of the project before a pod starts. Images of publishers that \`infra/gcp-project/attestation.tf\` names may start; own ones
need an attestation, which the pipeline makes after it has built and pushed:

\`\`\`sh
gcloud beta container binauthz attestations sign-and-create --project=PROJECT --artifact-url=IMAGE@DIGEST \\
  --attestor=built-by-github --attestor-project=PROJECT \\
  --keyversion-project=PROJECT --keyversion-location=REGION --keyversion-keyring=images --keyversion-key=attestor --keyversion=1
\`\`\`

As long as \`attestation_enforced\` is false nothing is refused: what would have been is in the log, and is mended before the switch.

1. Which image and why: \`gcloud logging read 'resource.type="k8s_cluster" AND protoPayload.methodName="io.k8s.core.v1.pods.create" AND protoPayload.response.reason="VIOLATES_POLICY"' --freshness=1h\`.
   What would have been refused: \`gcloud logging read 'labels."imagepolicywebhook.image-policy.k8s.io/dry-run"="true"' --freshness=7d --format='value(protoPayload.resourceName, labels)'\`.
2. An own image by tag: attestations are for digests; name the digest.
3. A new publisher: a pattern in the file, which somebody reviews.
4. An emergency: the label \`image-policy.k8s.io/break-glass: "true"\` on the pod lets it start, and the audit log says who did it. Tell it in the incident.
`,
};
