/** The ground of machines of one's own: a pool of identities whose members are the service accounts of one cluster. */
import type { GoogleGround } from '../../google/ground.ts';
import { FOLDER } from './settings.ts';

/** Pods that carry it are handed credentials ({@link credentials}). */
export const CREDENTIALS_LABEL = 'platform/google-credentials';

/** The account of the project that such pods act for, where something knows no other identity. */
export const ACCOUNT_ANNOTATION = 'platform/google-account';

export const MACHINE_GROUND: GoogleGround = {
  folder: FOLDER,
  memberOf: ({ namespace, name }) => ({
    kind: 'expression',
    code: `"principal://iam.googleapis.com/\${google_iam_workload_identity_pool.cluster.name}/subject/system:serviceaccount:${namespace}:${name}"`,
  }),
  podLabels: { [CREDENTIALS_LABEL]: 'true' },
  identities: 'of-each-cluster',
};
