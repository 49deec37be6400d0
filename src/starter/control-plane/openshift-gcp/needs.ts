/** What OpenShift needs of its project: APIs, rights of pipelines, and the account that its installer works as. */
import { hcl } from '../../../files/hcl.ts';
import { needsTunnel } from '../../api-exposure/access.ts';
import type { StarterInput } from '../../part.ts';
import type { ProjectNeeds } from '../gke/project-needs.ts';
import { MACHINE_NEEDS } from '../machines-gcp/needs.ts';

export function openshiftNeeds(input: StarterInput): ProjectNeeds {
  return {
    ...MACHINE_NEEDS,
    // Its installer looks whether these are there.
    apis: [...MACHINE_NEEDS.apis, 'serviceusage'],
    given: [
      'artifactregistry.reader',
      'compute.instanceAdmin',
      'compute.networkAdmin',
      'compute.securityAdmin',
      'compute.viewer',
      'secretmanager.secretAccessor',
      'storage.admin',
      ...(needsTunnel(input) ? ['compute.osLogin', 'iap.tunnelResourceAccessor'] : []),
    ],
  };
}

/** As Red Hat asks for them where machines have accounts already and operators get theirs from ccoctl. */
export const INSTALLER = hcl`
variable "installers" {
  description = "Who may work as the installer of OpenShift, as IAM names them: for the day on which a cluster is made or taken down, and nobody afterwards."
  type        = set(string)
  default     = []
}

# It has no key: whoever installs takes its place for an hour, and the audit log says who.
resource "google_service_account" "installer" {
  account_id   = "openshift-installer"
  display_name = "Makes and takes down clusters of OpenShift."
}

resource "google_project_iam_member" "installer" {
  # checkov:skip=CKV_GCP_49: It hands accounts to machines; which ones, each cluster says.
  for_each = toset([
    "roles/cloudkms.viewer",
    "roles/compute.admin",
    "roles/dns.admin",
    "roles/iam.securityReviewer",
    "roles/iam.serviceAccountViewer",
    "roles/monitoring.viewer",
    "roles/serviceusage.serviceUsageViewer",
    "roles/storage.admin",
  ])

  project = var.project_id
  role    = each.key
  member  = google_service_account.installer.member
}

# The address by which the first machine fetches what it is told is signed by the account itself.
resource "google_service_account_iam_member" "installer_signs" {
  service_account_id = google_service_account.installer.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.installer.member
}

resource "google_service_account_iam_member" "installers" {
  for_each = var.installers

  service_account_id = google_service_account.installer.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = each.value
}
`;
