/** Cloud SQL beside OpenShift: as on GKE, and a service account says by annotations for which account of the project its pods act. */
import { hcl } from '../../../files/hcl.ts';
import type { DatabasePlace } from '../gke/database.ts';
import { OPENSHIFT_GROUND, PROVIDER, subject } from './ground.ts';

export const OPENSHIFT_DATABASE: DatabasePlace = {
  ground: OPENSHIFT_GROUND,
  member: subject({ namespace: '${each.value.namespace}', name: '${each.value.service_account}' }),
  after: hcl``,
  page: {
    standsFor: `Annotate its service account: \`cloud.google.com/service-account-email: SHORT_NAME-db-KEY@PROJECT.iam.gserviceaccount.com\`,
   \`cloud.google.com/workload-identity-provider: projects/NUMBER/locations/global/workloadIdentityPools/k8s-SHORT_NAME/providers/${PROVIDER}\` and
   \`cloud.google.com/injection-mode: direct\`. Pods that start from then on get credentials of that account.`,
    token: 'a library of Google gets it a token before each connection',
    letOut: `a policy to the range of the machines (\`vpc_cidr\`) at 5432, one to Google at 443 for the token, and for the
   connector 3307 in the same range as well.`,
  },
};
