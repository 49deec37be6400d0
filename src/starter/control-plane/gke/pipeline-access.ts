/** delivery.tf: accounts that a pipeline takes with a token of its run, and how a job gets at the API with them. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import { workflowText } from '../../../files/workflow.ts';
import { yamlString } from '../../../files/yaml.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import type { PipelineAccess } from '../../pipeline-access.ts';
import { pinnedAction } from '../../release.ts';
import { accessByEnvironment } from '../pipeline-environments.ts';
import { FOLDER } from './settings.ts';
import { clusterTitle } from './title.ts';

export function gkePipelineAccess(input: ClusterInput, decision: Id): PipelineAccess {
  return accessByEnvironment(input, decision, {
    folder: FOLDER,
    says: 'The pipeline has no key: GitHub says which environment a job runs in, and Google lends that environment one account. The accounts find clusters and nothing else; what they may do in one stands in delivery/access.',
    titleOf: clusterTitle,
    taken: 'an account',
    identities: IDENTITIES,
    variable: null,
    signIn: cluster => signIn(input, cluster),
    subject: identity => ({ kind: 'User', name: `\${DELIVERY_${identity.toUpperCase()}}` }),
    variables:
      'Each has the variables `GCP_PROJECT` and `GCP_PROVIDER`, which `tofu -chdir=infra/gcp-project output github_variables` says, and `GCP_DELIVERY_ACCOUNT`: `tofu -chdir=infra/gke output delivery_accounts` says which account goes into which environment.',
  });
}

function signIn(input: ClusterInput, cluster: Cluster): string {
  return `      - uses: ${pinnedAction(input, 'google-auth')}
        with:
          project_id: \${{ vars.GCP_PROJECT }}
          workload_identity_provider: \${{ vars.GCP_PROVIDER }}
          service_account: \${{ vars.GCP_DELIVERY_ACCOUNT }}
      - uses: ${pinnedAction(input, 'gke-credentials')}
        with:
          cluster_name: ${yamlString(workflowText(clusterTitle(input, cluster)))}
          location: ${yamlString(workflowText(cluster.region))}
          use_dns_based_endpoint: "true"`;
}

const IDENTITIES = hcl`
resource "google_service_account" "delivery" {
  for_each = local.delivery

  account_id   = "\${var.short_name}-\${each.key}"
  display_name = "Delivers to \${var.cluster_name} as \${each.key}."
}

# Only jobs on main have the attribute.
resource "google_service_account_iam_member" "delivery" {
  for_each = local.delivery

  service_account_id = google_service_account.delivery[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/projects/\${data.google_project.current.number}/locations/global/workloadIdentityPools/github/attribute.deploys/\${each.value}"
}

# Getting at the cluster at all; what each may do in it is said by its roles alone.
resource "google_project_iam_member" "delivery" {
  for_each = local.delivery

  project = var.project_id
  role    = "roles/container.clusterViewer"
  member  = google_service_account.delivery[each.key].member
}

output "delivery_accounts" {
  description = "Which account goes into the variable GCP_DELIVERY_ACCOUNT of which GitHub environment."
  value       = { for id, account in google_service_account.delivery : local.delivery[id] => account.email }
}
`;
