/** Cloud SQL beside machines of one's own: as on GKE, and a pod says by an annotation for which account of the project it acts. */
import { hcl } from '../../../files/hcl.ts';
import type { DatabasePlace } from '../gke/database.ts';
import { ACCOUNT_ANNOTATION, CREDENTIALS_LABEL, MACHINE_GROUND } from './ground.ts';

export const MACHINE_DATABASE: DatabasePlace = {
  ground: MACHINE_GROUND,
  member: MACHINE_GROUND.memberOf({
    namespace: '${each.value.namespace}',
    name: '${each.value.service_account}',
  }),
  after: hcl`
  # Addresses of the inventory are taken first.
  depends_on = [google_compute_address.api, google_compute_instance.machine]
`,
  page: {
    standsFor: `Its pods carry the label \`${CREDENTIALS_LABEL}: "true"\` and the annotation
   \`${ACCOUNT_ANNOTATION}: SHORT_NAME-db-KEY@PROJECT.iam.gserviceaccount.com\`: their credentials then act for that account.`,
    token: 'a library of Google gets it a token before each connection',
    letOut: `a policy to the range of the machines (\`vpc_cidr\`) at 5432, one to Google at 443 for the token, and for the
   connector 3307 in the same range as well.`,
  },
};
