/** The ground of OpenShift on Google Cloud: its webhook hands out tokens for an account of the project, which each service account names. */
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import type { ServiceAccount } from '../../foundation.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { FOLDER } from '../machines-gcp/settings.ts';

/** Of the one provider in the pool of a cluster. */
export const PROVIDER = 'cluster';
/** What tokens of operators are for, and those of pods that the webhook gives one. */
export const AUDIENCES = ['openshift', 'sts.googleapis.com'] as const;

/** Names of accounts take thirty characters, of which that of the cluster has twenty. */
const LENGTH = 9;

export const OPENSHIFT_GROUND: GoogleGround = {
  folder: FOLDER,
  memberOf: ({ name }) => hcl`google_service_account.${label(name)}.member`,
  podLabels: {},
  standIn: account => ({ code: standIn(account), annotations: annotations(shortened(account.name)) }),
  identities: 'of-each-cluster',
};

/** A service account of the cluster as IAM knows it; `name` and `namespace` may be code. */
export const subject = ({ namespace, name }: ServiceAccount): HclExpression => ({
  kind: 'expression',
  code: `"principal://iam.googleapis.com/\${google_iam_workload_identity_pool.cluster.name}/subject/system:serviceaccount:${namespace}:${name}"`,
});

/** By these the webhook knows whose credentials a pod gets; `ending` is what the account has behind the name of its cluster. */
function annotations(ending: string): Readonly<Record<string, string>> {
  return {
    'cloud.google.com/workload-identity-provider': `projects/\${PROJECT_NUMBER}/locations/global/workloadIdentityPools/\${IDENTITY_POOL}/providers/${PROVIDER}`,
    'cloud.google.com/service-account-email': `\${SHORT_NAME}-${ending}@\${PROJECT_ID}.iam.gserviceaccount.com`,
    // Otherwise it starts a container of Google in each pod that writes the same file.
    'cloud.google.com/injection-mode': 'direct',
    'cloud.google.com/token-expiration': '3600',
  };
}

/** The beginning of each word: `external-secrets` is `ext-sec`. */
function shortened(name: string): string {
  if (name.length <= LENGTH) return name;
  const words = name.split('-').map(word => word.slice(0, 3));
  return words.join('-').slice(0, LENGTH).replace(/-$/, '');
}

function label(name: string): HclExpression {
  return { kind: 'expression', code: hclIdentifier(name) };
}

function standIn(account: ServiceAccount): HclExpression {
  const { namespace, name } = account;
  const own = hclIdentifier(name);
  return hcl`
resource "google_service_account" ${own} {
  account_id   = "\${var.short_name}-${{ kind: 'expression', code: shortened(name) }}"
  display_name = "Stands for ${{ kind: 'expression', code: `${namespace}/${name}` }} of \${var.cluster_name}."
}

resource "google_service_account_iam_member" ${own} {
  service_account_id = google_service_account.${label(name)}.name
  role               = "roles/iam.workloadIdentityUser"
  member             = ${subject(account)}
}
`;
}
