/** The ground of GKE: a pool of identities that Google keeps, and a server of metadata on each node that hands them out. */
import type { GoogleGround } from '../../google/ground.ts';
import { FOLDER } from './settings.ts';

const POOL =
  'projects/${data.google_project.current.number}/locations/global/workloadIdentityPools/${var.project_id}.svc.id.goog';

export const GKE_GROUND: GoogleGround = {
  folder: FOLDER,
  memberOf: ({ namespace, name }) => ({
    kind: 'expression',
    code: `"principal://iam.googleapis.com/${POOL}/subject/ns/${namespace}/sa/${name}"`,
  }),
  podLabels: {},
  identities: 'of-the-project',
};
